// Package registry holds its lock while it calls what importers have put into its variables.
package registry

import "sync"

// A Driver opens connections.
type Driver interface{ Open(name string) }

var (
	mu      sync.RWMutex
	drivers = map[string]Driver{}
	hooks   []func()
	idle    []func()
)

// OnChange is called under the lock.
var OnChange func()

// OnDone is called without it.
var OnDone func()

// Register registers a driver.
func Register(name string, d Driver) {
	mu.Lock()
	defer mu.Unlock()
	drivers[name] = d
}

// Hook adds a function that is called under the lock.
func Hook(f func()) {
	mu.Lock()
	defer mu.Unlock()
	hooks = append(hooks, f)
}

// Idle adds a function that is called without it.
func Idle(f func()) {
	mu.Lock()
	defer mu.Unlock()
	idle = append(idle, f)
}

// Len returns the number of drivers.
func Len() int {
	mu.RLock()
	defer mu.RUnlock()
	return len(drivers)
}

// Open opens by the driver of that name.
func Open(name string) {
	mu.RLock()
	defer mu.RUnlock()
	drivers[name].Open(name)
}

// Change tells all.
func Change() {
	mu.Lock()
	for _, f := range hooks {
		f()
	}
	if OnChange != nil {
		OnChange()
	}
	list := idle
	mu.Unlock()
	for _, f := range list {
		f()
	}
	OnDone()
}

// A Session has hooks of its own, which are called under the lock of the package.
type Session struct {
	started func()
	ended   func()
}

// Started sets what Start calls.
func (s *Session) Started(f func()) { s.started = f }

// Ended sets what Start calls at last.
func (s *Session) Ended(f func()) { s.ended = f }

// Start starts it.
func (s *Session) Start() {
	mu.Lock()
	s.started()
	mu.Unlock()
	s.ended()
}
