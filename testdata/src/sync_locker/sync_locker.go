// Package sync_locker holds cases of locks used as sync.Locker values.
package sync_locker

import "sync"

// A Feed is a list of items.
type Feed struct {
	mu    sync.Mutex
	rw    sync.RWMutex
	lock  sync.Locker
	items []string
}

func (f *Feed) size() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.items)
}

// Deadlocks: l is &f.mu in an interface.
func (f *Feed) Push(s string) int {
	var l sync.Locker = &f.mu
	l.Lock()
	defer l.Unlock()
	f.items = append(f.items, s)
	return f.size() // want `\[relock\]`
}

// Fine: released through the interface.
func (f *Feed) Pop() int {
	var l sync.Locker = &f.mu
	l.Lock()
	f.items = f.items[1:]
	l.Unlock()
	return f.size()
}

func guard(l sync.Locker, f func()) {
	l.Lock()
	defer l.Unlock()
	f()
}

// Deadlocks: guard holds f.mu while it calls the function, which calls size.
func (f *Feed) Cut(n int) {
	guard(&f.mu, func() { f.items = f.items[:f.size()-n] }) // want `\[relock\]`
}

// Deadlocks: guard takes the lock that is held.
func (f *Feed) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	guard(&f.mu, func() { f.items = nil }) // want `\[relock\]`
}

// Fine: guard holds the other lock.
func (f *Feed) Fill(n int) {
	guard(&f.rw, func() {
		for f.size() < n {
			f.add("")
		}
	})
}

func (f *Feed) add(s string) {
	f.mu.Lock()
	f.items = append(f.items, s)
	f.mu.Unlock()
}

func (f *Feed) head() string {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.items[0]
}

// Deadlocks: the field f.lock is one Locker, not stored to in between.
func (f *Feed) Rotate() {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.items = append(f.items[1:], f.head()) // want `\[relock\]`
}

// Fine: the Locker is released before.
func (f *Feed) Peek() string {
	f.lock.Lock()
	n := len(f.items)
	f.lock.Unlock()
	if n == 0 {
		return ""
	}
	return f.head()
}

// NewFeed makes a feed.
func NewFeed() *Feed {
	return &Feed{lock: new(sync.Mutex)}
}

// Fine: l is the lock of one of the two, and head locks f.lock.
func (f *Feed) Mix(write bool) string {
	var l sync.Locker = &f.mu
	if write {
		l = &f.rw
	}
	l.Lock()
	defer l.Unlock()
	return f.head()
}

// Deadlocks: the assertion gives back the same mutex.
func (f *Feed) Drop() {
	var l sync.Locker = &f.mu
	m := l.(*sync.Mutex)
	m.Lock()
	defer m.Unlock()
	if f.size() > 0 { // want `\[relock\]`
		f.items = nil
	}
}
