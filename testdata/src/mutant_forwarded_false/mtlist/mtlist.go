// Package mtlist is a list with a lock of its own.
package mtlist

import "sync"

// A List is a queue of values.
type List[T any] struct {
	mu    sync.Mutex
	items []T
}

// TryAppend appends v.
func (q *List[T]) TryAppend(v T) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, v)
	return true
}

// Pop removes the first value and returns it.
func (q *List[T]) Pop() (v T, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		return v, false
	}
	v = q.items[0]
	q.items = q.items[1:]
	return v, true
}

// Empty reports whether there is no value.
func (q *List[T]) Empty() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.items) == 0
}
