// Package type_assert locks by the dynamic type of a stored value.
package type_assert

import "sync"

type file struct {
	mu sync.Mutex
	n  int
}

type memory struct {
	mu sync.Mutex
	n  int
}

type store interface{ expire() }

func (f *file) expire() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n = 0
}

func (m *memory) expire() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n = 0
}

type stream struct{ st store }

// Fine: both assertions ask the same of the same value, so what was locked is unlocked.
func (s *stream) Sweep() {
	if f, ok := s.st.(*file); ok {
		f.mu.Lock()
		f.n++
	} else if m, ok := s.st.(*memory); ok {
		m.mu.Lock()
		m.n++
	}
	if f, ok := s.st.(*file); ok {
		f.mu.Unlock()
	} else if m, ok := s.st.(*memory); ok {
		m.mu.Unlock()
	}
	if f, ok := s.st.(*file); ok {
		f.expire()
	} else if m, ok := s.st.(*memory); ok {
		m.expire()
	}
}

// Deadlocks: nothing unlocks the file before it expires.
func (s *stream) Drop() {
	if f, ok := s.st.(*file); ok {
		f.mu.Lock()
		f.n++
	}
	if f, ok := s.st.(*file); ok {
		f.expire() // want `\[relock\]`
		f.mu.Unlock()
	}
}

// A journal is told what happened.
type journal struct {
	mu   sync.Mutex
	n    int
	last any
}

// note locks the journal for its own entries.
func (j *journal) note(v any) {
	if _, own := v.(*journal); own {
		j.mu.Lock()
		defer j.mu.Unlock()
	}
	j.last = v
}

// Fine: none of these is a journal.
func (j *journal) Others(f *file) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.note(3)
	j.note("x")
	j.note(nil)
	j.note(&memory{})
	j.note(j.n)
}

// Deadlocks: this is one.
func (j *journal) Own() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.note(&journal{}) // want `\[relock\]`
}

// Deadlocks: this may be one.
func (j *journal) Again() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.note(j.last) // want `\[relock\]`
}

// A Gate can be closed.
type Gate struct {
	mu   sync.Mutex
	open bool
}

// Close closes the gate.
func (g *Gate) Close() {
	g.mu.Lock()
	g.open = false
	g.mu.Unlock()
}

// Deadlocks: what is closed is the gate that the assertion has found.
func shut(c interface{ Close() }) {
	if g, ok := c.(*Gate); ok {
		g.mu.Lock()
		c.Close() // want `\[relock\]`
		g.mu.Unlock()
	}
}

// Fine: what is closed is no gate.
func shutOther(g *Gate, c interface{ Close() }) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, ok := c.(*Gate); ok {
		return
	}
	c.Close()
}

// Deadlocks: a type switch has found the gate.
func shutAny(c interface{ Close() }) {
	switch g := c.(type) {
	case *Gate:
		g.mu.Lock()
		defer g.mu.Unlock()
		c.Close() // want `\[relock\]`
	default:
		c.Close()
	}
}

// Fine: what is closed may be another gate.
func shutTwo(c, d interface{ Close() }) {
	if g, ok := c.(*Gate); ok {
		g.mu.Lock()
		defer g.mu.Unlock()
		if _, ok := d.(*Gate); ok {
			d.Close()
		}
	}
}
