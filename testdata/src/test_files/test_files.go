// Package test_files holds cases of locks that tests of a package take.
package test_files

import "sync"

// A Queue is a queue of ints.
type Queue struct {
	mu    sync.RWMutex
	items []int
}

// Len returns the number of items.
func (q *Queue) Len() int {
	q.mu.RLock()
	defer q.mu.RUnlock()
	return len(q.items)
}

// Lock locks q.
func (q *Queue) Lock() { q.mu.Lock() }

// Unlock unlocks q.
func (q *Queue) Unlock() { q.mu.Unlock() }

// Deadlocks: in the package and in its variant with tests.
func (q *Queue) Push(i int) int {
	q.Lock()
	defer q.Unlock()
	q.items = append(q.items, i)
	return q.Len() // want `\[downgrade\]`
}

// Fine: released before Len.
func (q *Queue) Pop() int {
	q.Lock()
	q.items = q.items[1:]
	q.Unlock()
	return q.Len()
}
