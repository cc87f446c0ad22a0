// Package queue has generic containers, with and without locks of their own.
package queue

import "sync"

// A Queue is a queue with a lock.
type Queue[T any] struct {
	mu    sync.Mutex
	items []T
}

// Push appends v.
func (q *Queue[T]) Push(v T) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, v)
}

// Pop removes the first value and returns it.
func (q *Queue[T]) Pop() (v T, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		return v, false
	}
	v, q.items = q.items[0], q.items[1:]
	return v, true
}

// Do calls f for each value, without the lock.
func (q *Queue[T]) Do(f func(T)) {
	q.mu.Lock()
	items := append([]T(nil), q.items...)
	q.mu.Unlock()
	for _, v := range items {
		f(v)
	}
}

// A Tree is a sorted tree.
type Tree[V any] struct{ root *node[V] }

type node[V any] struct {
	key         int
	val         V
	left, right *node[V]
}

// Put stores v under key.
func (t *Tree[V]) Put(key int, v V) {
	at := &t.root
	for *at != nil && (*at).key != key {
		if key < (*at).key {
			at = &(*at).left
		} else {
			at = &(*at).right
		}
	}
	if *at == nil {
		*at = &node[V]{key: key}
	}
	(*at).val = v
}

// Get returns the value under key.
func (t *Tree[V]) Get(key int) (v V, ok bool) {
	n := t.root
	for n != nil {
		switch {
		case key < n.key:
			n = n.left
		case key > n.key:
			n = n.right
		default:
			return n.val, true
		}
	}
	return v, false
}

// Walk calls f for each value in order.
func (t *Tree[V]) Walk(f func(V)) { t.root.walk(f) }

func (n *node[V]) walk(f func(V)) {
	if n != nil {
		n.left.walk(f)
		f(n.val)
		n.right.walk(f)
	}
}
