// Package syncx wraps a mutex.
package syncx

import "sync"

// A Mutex can run a function under itself.
type Mutex struct {
	impl sync.Mutex
	held bool
}

// Lock locks m.
func (m *Mutex) Lock() {
	m.impl.Lock()
	m.held = true
}

// Unlock unlocks m.
func (m *Mutex) Unlock() {
	m.held = false
	m.impl.Unlock()
}

// With runs f under m.
func (m *Mutex) With(f func()) {
	m.Lock()
	defer m.Unlock()
	f()
}
