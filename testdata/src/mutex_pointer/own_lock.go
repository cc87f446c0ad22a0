package mutex_pointer

import "sync"

// A meter has its lock by a pointer, too.
type meter struct {
	mu   sync.Mutex
	lock *sync.Mutex
	n    int
}

func (m *meter) init() { m.lock = &m.mu }

// A gauge shows a meter.
type gauge struct {
	mu sync.Mutex
	m  *meter
}

func (m *meter) read(g *gauge) int {
	m.lock.Lock()
	defer m.lock.Unlock()
	return m.n
}

// Fine: that of the gauge is another one.
func (g *gauge) Twice() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.m.read(g) + g.m.read(&gauge{m: g.m})
}

// Deadlocks: the lock is that of the meter.
func (m *meter) set() {
	m.mu.Lock()
	m.lock.Lock() // want `\(m\.lock == m\.mu\) \[relock\]`
	m.lock.Unlock()
	m.mu.Unlock()
}

// Deadlocks, and says so in its own words.
func (other *meter) reset() {
	other.mu.Lock()
	other.lock.Lock() // want `\(other\.lock == other\.mu\) \[relock\]`
	other.lock.Unlock()
	other.mu.Unlock()
}
