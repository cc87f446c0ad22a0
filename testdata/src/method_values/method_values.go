// Package method_values holds cases of method values and method expressions.
package method_values

import "sync"

// A Timeline is a list of events.
type Timeline struct {
	mu     sync.RWMutex
	events []string
}

// Len returns the number of events.
func (t *Timeline) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.events)
}

// Add appends an event.
func (t *Timeline) Add(e string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.events = append(t.events, e)
}

// Deadlocks: size is t.Len.
func (t *Timeline) Last() string {
	size := t.Len
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.events[size()-1] // want `\[downgrade\]`
}

// Fine: size is called before the lock.
func (t *Timeline) First() string {
	size := t.Len
	if size() == 0 {
		return ""
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.events[0]
}

// Deadlocks: lock and unlock are the methods of t.mu.
func (t *Timeline) Clear() {
	lock, unlock := t.mu.Lock, t.mu.Unlock
	lock()
	defer unlock()
	t.Add("cleared") // want `\[relock\]`
}

// Fine: unlock has been called.
func (t *Timeline) Reset() {
	lock, unlock := t.mu.Lock, t.mu.Unlock
	lock()
	t.events = nil
	unlock()
	t.Add("reset")
}

// Deadlocks: the method expression gets t as its argument.
func (t *Timeline) Trim() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for (*Timeline).Len(t) > 10 { // want `\[downgrade\]`
		t.events = t.events[1:]
	}
}

// Deadlocks when a writer waits in between: the lock is taken by a method expression.
func (t *Timeline) Empty() bool {
	(*sync.RWMutex).RLock(&t.mu)
	defer (*sync.RWMutex).RUnlock(&t.mu)
	return t.Len() == 0 // want `\[recursive-rlock\]`
}

// Fine: the method value is bound to u.
func (t *Timeline) Join(u *Timeline) {
	size := u.Len
	t.mu.Lock()
	defer t.mu.Unlock()
	if size() > 0 {
		t.events = append(t.events, "joined")
	}
}

func repeat(n int, f func(string)) {
	for range n {
		f("again")
	}
}

// Deadlocks: repeat calls t.Add, and the lock is held.
func (t *Timeline) Fill() {
	t.mu.Lock()
	defer t.mu.Unlock()
	repeat(3, t.Add) // want `\[relock\]`
}

// Fine: the lock is not held.
func (t *Timeline) Pad() {
	repeat(3, t.Add)
	t.mu.Lock()
	t.events = t.events[:len(t.events)-1]
	t.mu.Unlock()
}

// Fine: the method value is bound, not called.
func (t *Timeline) Adder() func(string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.events = nil
	return t.Add
}

type lener interface{ Len() int }

// Deadlocks: the method value of an interface that holds t.
func (t *Timeline) Half() int {
	var l lener = t
	size := l.Len
	t.mu.Lock()
	defer t.mu.Unlock()
	return size() / 2 // want `\[downgrade\]`
}

func apply(op func(*Timeline, string), t *Timeline, e string) { op(t, e) }

// Deadlocks: a method expression as a function value.
func (t *Timeline) Push(e string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	apply((*Timeline).Add, t, e) // want `\[upgrade\]`
}

// Fine: applied to another timeline.
func (t *Timeline) Forward(u *Timeline, e string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	apply((*Timeline).Add, u, e)
}
