// Package mtlist is a list that locks itself, for queues that many goroutines
// fill and drain.
//
// The lock of a list is a leaf: no method calls out while it is held and every
// method has released it when it returns. So a list may be used under any lock.
package mtlist

import (
	"sync"
	"sync/atomic"
)

// List is a first-in first-out queue of values. The zero List is empty.
type List[T any] struct {
	mu         sync.Mutex
	head, tail *Elem[T]
}

// Elem is the place of one value in at most one list at a time. It is meant to
// be a field of the thing that queues, so queueing allocates nothing. The zero
// Elem is in no list. An Elem must not be copied once it was used.
type Elem[T any] struct {
	// owner is the list that the elem is in. It only changes under the lock of
	// that list, and is atomic because Delete must read it to know which lock.
	owner      atomic.Pointer[List[T]]
	prev, next *Elem[T]
	value      T
}

// Queued reports whether e is in a list. Without further synchronisation the
// answer may be old when it arrives.
func (e *Elem[T]) Queued() bool {
	return e.owner.Load() != nil
}

// TryAppend puts v at the end of q, in the place e. It does nothing and reports
// false when e is in a list already, be it this one or another.
func (q *List[T]) TryAppend(e *Elem[T], v T) bool {
	q.mu.Lock()
	defer q.mu.Unlock()

	if !e.owner.CompareAndSwap(nil, q) {
		return false
	}
	e.value = v
	e.prev = q.tail
	if q.tail == nil {
		q.head = e
	} else {
		q.tail.next = e
	}
	q.tail = e
	return true
}

// Pop takes the first value from q, and reports whether there was one. The
// list is unlocked again when Pop returns, so the caller may do with the value
// what it likes, queueing it again included.
func (q *List[T]) Pop() (T, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()

	e := q.head
	if e == nil {
		var none T
		return none, false
	}
	return q.unlink(e), true
}

// Empty reports whether q has no value. Without further synchronisation the
// answer may be old when it arrives.
func (q *List[T]) Empty() bool {
	q.mu.Lock()
	defer q.mu.Unlock()

	return q.head == nil
}

// Delete takes e out of the list it is in, whichever that is, and reports
// whether it was in one.
func Delete[T any](e *Elem[T]) bool {
	for {
		q := e.owner.Load()
		if q == nil {
			return false
		}
		q.mu.Lock()
		// Between the load and the lock another goroutine may have taken e out,
		// and may even have queued it elsewhere.
		if e.owner.Load() != q {
			q.mu.Unlock()
			continue
		}
		q.unlink(e)
		q.mu.Unlock()
		return true
	}
}

// unlink takes e out of q, whose lock is held, and returns its value. The owner
// is cleared last: from then on other lists may claim e.
func (q *List[T]) unlink(e *Elem[T]) T {
	if e.prev == nil {
		q.head = e.next
	} else {
		e.prev.next = e.next
	}
	if e.next == nil {
		q.tail = e.prev
	} else {
		e.next.prev = e.prev
	}
	v := e.value
	var none T
	e.value = none
	e.prev, e.next = nil, nil
	e.owner.Store(nil)
	return v
}
