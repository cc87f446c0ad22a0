package comparisons

import "sync"

type queue struct {
	mu      sync.Mutex
	in, out int
}

func (q *queue) size() int { return q.in - q.out }

// drain unlocks in its first turn.
func (q *queue) drain() {
	q.mu.Lock()
	n := q.size()
	if n == 0 {
		q.mu.Unlock()
		return
	}
	for i := 0; i < n; i++ {
		if i > 0 {
			q.mu.Lock()
		}
		q.out++
		q.mu.Unlock()
	}
}

// Fine: the loop has a turn.
func (q *queue) Drain() {
	q.drain()
	q.mu.Lock()
	q.mu.Unlock()
}

// drainAll may have no turn.
func (q *queue) drainAll() {
	q.mu.Lock()
	n := q.size()
	for i := 0; i < n; i++ {
		if i > 0 {
			q.mu.Lock()
		}
		q.out++
		q.mu.Unlock()
	}
}

// Deadlocks: nothing was in the queue.
func (q *queue) DrainAll() {
	q.drainAll()
	q.mu.Lock() // want `\[relock\]`
	q.mu.Unlock()
}

// drainRest may have no turn, either.
func (q *queue) drainRest() {
	q.mu.Lock()
	n := q.size()
	if n == 0 {
		q.mu.Unlock()
		return
	}
	for i := 1; i < n; i++ {
		if i > 1 {
			q.mu.Lock()
		}
		q.out++
		q.mu.Unlock()
	}
}

// Deadlocks: one was in the queue.
func (q *queue) DrainRest() {
	q.drainRest()
	q.mu.Lock() // want `\[relock\]`
	q.mu.Unlock()
}

// Deadlocks: this is no loop.
func (q *queue) Negative() {
	q.mu.Lock()
	n := q.size()
	if n != 0 && n > 0 {
		q.mu.Unlock()
	}
	if n != 0 {
		q.mu.Lock() // want `\[relock\]`
	}
	q.mu.Unlock()
}

// Fine: the second turn, which is the last one, locks nothing.
func (q *queue) Twice() {
	for i := 0; i < 2; i++ {
		if i != 1 {
			q.mu.Lock()
			defer q.mu.Unlock()
		}
		q.out++
	}
}

// Deadlocks: the third turn locks.
func (q *queue) ThreeTimes() {
	for i := 0; i < 3; i++ {
		if i != 1 {
			q.mu.Lock() // want `\[relock\]`
			defer q.mu.Unlock()
		}
		q.out++
	}
}

// Fine: of two turns only the second one locks.
func (q *queue) Second() {
	for i := 0; i < 2; i++ {
		if i != 0 {
			q.mu.Lock()
			defer q.mu.Unlock()
		}
	}
}

// Deadlocks: so does the third turn.
func (q *queue) SecondAndThird() {
	for i := 0; i < 3; i++ {
		if i != 0 {
			q.mu.Lock() // want `\[relock\]`
			defer q.mu.Unlock()
		}
	}
}

// Fine: the last turn locks.
func (q *queue) Last() {
	for i := range 3 {
		if i >= 2 {
			q.mu.Lock()
			defer q.mu.Unlock()
		}
	}
}

// Deadlocks: the last two turns lock.
func (q *queue) LastTwo() {
	for i := range 3 {
		if i >= 1 {
			q.mu.Lock() // want `\[relock\]`
			defer q.mu.Unlock()
		}
	}
}
