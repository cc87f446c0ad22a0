// Package cond_wait holds cases of sync.Cond: Wait releases L and takes it again.
package cond_wait

import (
	"fmt"
	"sync"
)

// A Queue blocks its readers while it is empty.
type Queue struct {
	cond  *sync.Cond
	items []string
	done  bool
}

// NewQueue makes a queue.
func NewQueue() *Queue {
	return &Queue{cond: sync.NewCond(new(sync.Mutex))}
}

// Len returns the number of items.
func (q *Queue) Len() int {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	return len(q.items)
}

// Fine: Wait may take the lock again, because it has released it.
func (q *Queue) Get() string {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	for len(q.items) == 0 {
		q.cond.Wait()
	}
	s := q.items[0]
	q.items = q.items[1:]
	return s
}

// Deadlocks: after Wait the lock is held again.
func (q *Queue) Take() string {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	for len(q.items) == 0 && !q.done {
		q.cond.Wait()
	}
	return fmt.Sprint(q.items, q.Len()) // want `\[relock\]`
}

// Deadlocks: Len in the condition runs under the lock.
func (q *Queue) Drain() {
	q.cond.L.Lock()
	for q.Len() > 0 { // want `\[relock\]`
		q.cond.Wait()
	}
	q.cond.L.Unlock()
}

// Fine: Signal and Broadcast take no lock.
func (q *Queue) Put(s string) {
	q.cond.L.Lock()
	q.items = append(q.items, s)
	q.cond.Signal()
	q.cond.L.Unlock()
	if q.Len() > 10 {
		q.cond.Broadcast()
	}
}

// await is called with the lock held; it waits and returns with the lock held.
func (q *Queue) await(n int) {
	for len(q.items) < n && !q.done {
		q.cond.Wait()
	}
}

// Fine: await gives the caller's lock back before it takes it.
func (q *Queue) Batch(n int) []string {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	q.await(n)
	out := q.items
	q.items = nil
	return out
}

// Deadlocks: the lock is still held after await.
func (q *Queue) Half(n int) int {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	q.await(n)
	return q.Len() / 2 // want `\[relock\]`
}

// Fine: released after await, before Len.
func (q *Queue) Count(n int) int {
	q.cond.L.Lock()
	q.await(n)
	q.cond.L.Unlock()
	return q.Len()
}

// A Valve has its Cond by value and its own mutex.
type Valve struct {
	mu   sync.Mutex
	cond sync.Cond
	open bool
}

// NewValve makes a valve.
func NewValve() *Valve {
	v := &Valve{}
	v.cond.L = &v.mu
	return v
}

func (v *Valve) state() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.open
}

// Fine: the lock is held before and after Wait, and nothing is asked for in between.
func (v *Valve) Pass() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	for !v.open {
		v.cond.Wait()
	}
	return v.open
}

// Deadlocks: v.mu is held again after Wait.
func (v *Valve) PassAndAsk() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	for !v.open {
		v.cond.Wait()
	}
	return v.state() // want `\[relock\]`
}

// Fine: another valve.
func (v *Valve) Follow(w *Valve) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for !w.state() {
		v.cond.Wait()
	}
}
