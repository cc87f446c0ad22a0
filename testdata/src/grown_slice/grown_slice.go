// Package grown_slice holds cases of slices that a callee appends to.
package grown_slice

import "sync"

type list struct{ xs []int }

func (l *list) add(x int)       { l.xs = append(l.xs, x) }
func (l *list) addAll(x ...int) { l.xs = append(l.xs, x...) }

type queue struct {
	mu sync.Mutex
	in list
	xs []int
	n  int
}

func (q *queue) push(x int) { q.xs = append(q.xs, x) }

func (q *queue) reset() { q.xs = nil }

func (q *queue) start() {
	if q.xs == nil {
		q.mu.Lock()
		q.n++
		q.mu.Unlock()
	}
}

func (q *queue) wait() {
	if len(q.xs) < 2 {
		q.mu.Lock()
		q.n++
		q.mu.Unlock()
	}
}

func (q *queue) open() {
	if q.in.xs == nil {
		q.mu.Lock()
		q.n++
		q.mu.Unlock()
	}
}

// Fine: a slice with elements is not nil.
func (q *queue) Append() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.xs = append(q.xs, 1)
	q.start()
}

// Fine: so it is when a callee appends.
func (q *queue) Push() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.xs == nil {
		q.push(1)
	}
	q.start()
}

// Fine: there are two elements, at least.
func (q *queue) PushTwo() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.push(1)
	q.push(2)
	q.wait()
}

// Fine: the list is a part of the queue.
func (q *queue) Add() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.in.add(1)
	q.open()
}

// Deadlocks: there may be one.
func (q *queue) PushOne() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.push(1)
	q.wait() // want `\[relock\]`
}

// Deadlocks: the slice is nil again.
func (q *queue) Reset() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.push(1)
	q.reset()
	q.start() // want `\[relock\]`
}

// Deadlocks: maybe nothing has been appended.
func (q *queue) AddAll(xs ...int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.in.addAll(xs...)
	q.open() // want `\[relock\]`
}

// Deadlocks: it was the slice of another queue.
func (q *queue) PushElsewhere(o *queue) {
	q.mu.Lock()
	defer q.mu.Unlock()
	o.push(1)
	if o != q {
		q.start() // want `\[relock\]`
	}
}

// Deadlocks: and here in a loop.
func (q *queue) Loop(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for range n {
		q.push(1)
	}
	q.start() // want `\[relock\]`
}
