package keyword_table

import "sync"

// A Machine calls functions by the names of events, before and after them.
type Machine struct {
	mu  sync.Mutex
	fns map[string]func(*Machine)
	n   int
}

// On adds a function.
func (m *Machine) On(name string, f func(*Machine)) { m.fns[name] = f }

func (m *Machine) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.n
}

// NewMachine adds functions that lock, and one that does not.
func NewMachine() *Machine {
	m := &Machine{fns: map[string]func(*Machine){}}
	m.On("after_stop", func(m *Machine) { m.count() })
	m.On("before_stop", func(m *Machine) { m.n-- })
	m.On("on_start", func(m *Machine) { m.count() })
	return m
}

// Fine: those that are called before an event do not lock.
func (m *Machine) Before(event string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f := m.fns["before_"+event]; f != nil {
		f(m)
	}
}

// Deadlocks: one that is called after an event does.
func (m *Machine) After(event string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f, ok := m.fns["after_"+event]; ok {
		f(m) // want `\[relock\]`
	}
}

// Fine: this one does not lock.
func (m *Machine) Stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f := m.fns["before_stop"]; f != nil {
		f(m)
	}
}

// Deadlocks: the name may be that of one that locks.
func (m *Machine) Any(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f := m.fns[name]; f != nil {
		f(m) // want `\[relock\]`
	}
}
