// Package mtlist is a list with a lock of its own.
package mtlist

import "sync"

// An Elem is a place in a list.
type Elem[T any] struct {
	next *Elem[T]
	val  T
}

// A List is a linked list of values.
type List[T any] struct {
	mu         sync.Mutex
	head, tail *Elem[T]
}

// Append appends v.
func (q *List[T]) Append(v T) {
	q.mu.Lock()
	defer q.mu.Unlock()
	e := &Elem[T]{val: v}
	if q.tail == nil {
		q.head, q.tail = e, e
		return
	}
	q.tail.next = e
	q.tail = e
}

// Pop removes the first value and returns it; the lock is a leaf.
func (q *List[T]) Pop() (v T, ok bool) {
	q.mu.Lock()
	e := q.head
	if e == nil {
		q.mu.Unlock()
		return v, false
	}
	q.head = e.next
	if q.head == nil {
		q.tail = nil
	}
	q.mu.Unlock()
	return e.val, true
}
