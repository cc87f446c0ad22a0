// Package feed tells those who read.
package feed

import "sync"

// A Feed calls functions under its lock.
type Feed struct {
	mu  sync.Mutex
	fns []func()
}

// New makes a feed.
func New() *Feed { return &Feed{} }

// Add adds a function.
func (f *Feed) Add(fn func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fns = append(f.fns, fn)
}

// Clear drops all.
func (f *Feed) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fns = nil
}

// Tell calls them.
func (f *Feed) Tell() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, fn := range f.fns {
		fn()
	}
}
