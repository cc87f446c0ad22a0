// Package ignore_directives holds cases of findings that the source suppresses, and of directives that are wrong.
package ignore_directives

import "sync"

// A Meter counts.
type Meter struct {
	mu sync.RWMutex
	n  int
}

func (m *Meter) get() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.n
}

// Deadlocks, and is suppressed where the call is.
func (m *Meter) Add(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n = m.get() + n //lockreentry:ignore downgrade kept as an example
}

// Deadlocks, and is suppressed where the lock is taken.
func (m *Meter) Sub(n int) {
	m.mu.Lock() //lockreentry:ignore downgrade kept as an example
	defer m.mu.Unlock()
	m.n = m.get() - n
}

// Deadlocks: no directive.
func (m *Meter) Double() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n = m.get() * 2 // want `\[downgrade\]`
}

// Deadlocks: the directive is about another code, so the finding stays and the directive is unused.
func (m *Meter) Halve() {
	m.mu.Lock()
	defer m.mu.Unlock()
	// want +1 `\[downgrade\]` `unused`
	m.n = m.get() / 2 //lockreentry:ignore relock not this one
}

// Deadlocks: the directive has no reason, which is reported.
func (m *Meter) Zero() {
	m.mu.Lock()
	defer m.mu.Unlock()
	// want +1 `reason`
	m.n = m.get() - m.n //lockreentry:ignore downgrade
}

// Fine: nothing to suppress, so the directive is reported.
func (m *Meter) Get() int {
	// want +1 `unused`
	return m.get() //lockreentry:ignore downgrade nothing is locked here
}

// Fine: a comment that only talks about lockreentry:ignore is no directive.
func (m *Meter) Peek() int {
	return m.get() // see lockreentry:ignore
}
