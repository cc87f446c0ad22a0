package zero_fields

import (
	"sync"
	"sync/atomic"
)

// A queue counts who waits, so that it need not be locked to see that nobody does.
type queue struct {
	mu      sync.Mutex
	waiting atomic.Int32
	closed  atomic.Bool
	first   atomic.Pointer[int]
	any     atomic.Value
	waiters []chan int
}

func newQueue() *queue { return &queue{} }

func (q *queue) wake() {
	if q.waiting.Load() == 0 {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting.Add(-1)
}

func (q *queue) unlessOpen() {
	if q.closed.Load() {
		q.mu.Lock()
		q.mu.Unlock()
	}
}

func (q *queue) unlessEmpty() {
	if q.first.Load() != nil {
		q.mu.Lock()
		q.mu.Unlock()
	}
}

func (q *queue) unlessUnset() {
	if q.any.Load() != nil {
		q.mu.Lock()
		q.mu.Unlock()
	}
}

// Nobody waits in a new queue.
func newAndNobodyWaits() {
	q := &queue{}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.wake()
	q.unlessOpen()
	q.unlessEmpty()
	q.unlessUnset()
}

// The same where another function made it.
func madeAndNobodyWaits() {
	q := newQueue()
	q.mu.Lock()
	defer q.mu.Unlock()
	q.wake()
	q.unlessOpen()
}

// A wake that does nothing leaves it so.
func wokenBefore() {
	q := &queue{}
	q.wake()
	q.mu.Lock()
	defer q.mu.Unlock()
	q.wake()
}

func oneWaits() {
	q := &queue{}
	q.waiting.Store(1)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.wake() // want `q\.mu is locked again .*queue\.wake → q\.mu\.Lock`
}

func oneMoreWaits() {
	q := newQueue()
	q.waiting.Add(1)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.wake() // want `q\.mu is locked again .*queue\.wake → q\.mu\.Lock`
}

func closedBefore() {
	q := newQueue()
	q.closed.Store(true)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.unlessOpen() // want `q\.mu is locked again .*queue\.unlessOpen → q\.mu\.Lock`
}

func filledBefore() {
	q := &queue{}
	q.first.Store(new(int))
	q.any.Store(1)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.unlessEmpty() // want `q\.mu is locked again .*queue\.unlessEmpty → q\.mu\.Lock`
	q.unlessUnset() // want `q\.mu is locked again .*queue\.unlessUnset → q\.mu\.Lock`
}

// Of a queue that it was passed, a function does not know who waits.
func passed(q *queue) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.wake()       // want `q\.mu is locked again .*queue\.wake → q\.mu\.Lock`
	q.unlessOpen() // want `q\.mu is locked again .*queue\.unlessOpen → q\.mu\.Lock`
}
