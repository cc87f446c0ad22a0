package type_assert

import "sync"

// A Machine handles events.
type Machine struct {
	mu sync.Mutex
	n  int
}

type start struct{}

type stop struct{ code int }

type reset struct{ hard bool }

func (m *Machine) handle(e any) {
	switch e := e.(type) {
	case start:
		m.mu.Lock()
		m.n = 1
		m.mu.Unlock()
	case *stop:
		m.mu.Lock()
		m.n = e.code
		m.mu.Unlock()
	case reset:
		m.n = 0
	case int:
		m.n = e
	}
}

func (m *Machine) optional(opt any) {
	if _, held := opt.(start); !held {
		m.mu.Lock()
		defer m.mu.Unlock()
	}
	m.n++
}

// Fine: reset takes no lock.
func (m *Machine) Reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.handle(reset{})
}

// Fine: nor does one with a field that was set.
func (m *Machine) ResetHard() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.handle(reset{hard: true})
}

// Fine: nor does a parameter of that type.
func (m *Machine) ResetAs(r reset, s *reset) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.handle(r)
	m.handle(s)
}

// Fine: nor do numbers.
func (m *Machine) Number(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.handle(3)
	m.handle(n)
	m.handle("3")
}

// Deadlocks: start takes the lock.
func (m *Machine) Start() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.handle(start{}) // want `\[relock\]`
}

// Deadlocks: a parameter of type *stop takes the lock.
func (m *Machine) Stop(s *stop) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.handle(s) // want `\[relock\]`
}

// Deadlocks: e may be anything.
func (m *Machine) Any(e any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.handle(e) // want `\[relock\]`
}

// Fine: the assertion succeeds.
func (m *Machine) Held() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.optional(start{})
}

// Deadlocks: the assertion fails.
func (m *Machine) NotHeld() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.optional(reset{}) // want `\[relock\]`
}

// Deadlocks: there is nothing to assert.
func (m *Machine) Nothing() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.optional(nil) // want `\[relock\]`
}

func (m *Machine) flag(opt any) {
	held, _ := opt.(bool)
	if !held {
		m.mu.Lock()
		defer m.mu.Unlock()
	}
	m.n++
}

// Fine: it is true.
func (m *Machine) True() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.flag(true)
}

// Deadlocks: it is no boolean.
func (m *Machine) NoFlag() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.flag("true") // want `\[relock\]`
}
