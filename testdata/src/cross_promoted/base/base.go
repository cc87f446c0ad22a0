// Package base exports types to embed.
package base

import "sync"

// A Locked value can be locked.
type Locked struct {
	sync.RWMutex
	Version int
}

// Current returns the version.
func (l *Locked) Current() int {
	l.RLock()
	defer l.RUnlock()
	return l.Version
}

// A Named value has a name behind a lock of its own.
type Named struct {
	mu   sync.Mutex
	name string
}

// Name returns the name.
func (n *Named) Name() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.name
}

// Rename runs f with the old name, under the lock.
func (n *Named) Rename(f func(string) string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.name = f(n.name)
}
