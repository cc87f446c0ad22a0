// Package ignore_places holds cases of where ignore directives stand.
package ignore_places

import "sync"

// A Meter counts.
type Meter struct {
	mu sync.RWMutex
	n  int
}

// Deadlocks, and is suppressed on the line above.
func (m *Meter) Above() {
	m.mu.Lock()
	defer m.mu.Unlock()
	//lockreentry:ignore downgrade kept as an example
	m.n = m.get()
}

// Deadlocks, and is suppressed by the last of the lines above.
func (m *Meter) AboveWithText() {
	m.mu.Lock()
	defer m.mu.Unlock()
	// The getter locks again.
	//lockreentry:ignore downgrade kept as an example
	m.n = m.get()
}

// Deadlocks: a directive at the end of a line is not about the next one.
func (m *Meter) NotBelow() {
	m.mu.Lock()
	defer m.mu.Unlock()
	// want +1 `unused`
	m.n = 1       //lockreentry:ignore downgrade for another line
	m.n = m.get() // want `\[downgrade\]`
}

// Deadlocks: a directive with a line in between is not about it.
func (m *Meter) TooFar() {
	m.mu.Lock()
	defer m.mu.Unlock()
	// want +1 `unused`
	//lockreentry:ignore downgrade for another line

	m.n = m.get() // want `\[downgrade\]`
}

// Deadlocks, and is suppressed at the second acquisition.
func (m *Meter) AtSecond() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n = m.quiet()
}

// Deadlocks, and is suppressed at the second acquisition, two calls deep.
func (m *Meter) AtSecondDeep() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n = m.viaQuiet()
}

// Deadlocks twice; one directive is about both codes.
func (m *Meter) TwoCodes() {
	m.mu.RLock()
	defer m.mu.RUnlock()
	m.n = m.get() + m.set(1) //lockreentry:ignore recursive-rlock,upgrade kept as an example
}

// Deadlocks: only one of the codes is needed.
func (m *Meter) OneOfTwoCodes() {
	m.mu.RLock()
	defer m.mu.RUnlock()
	// want +1 `directive for upgrade is unused`
	m.n = m.get() //lockreentry:ignore recursive-rlock,upgrade kept as an example
}

// Fine: and the directive has a code that there is not.
func (m *Meter) NoSuchCode() {
	// want +1 `directive for re-lock is unused`
	m.n = m.get() //lockreentry:ignore re-lock for a typing error
}

// Deadlocks: a directive without a code is about nothing.
func (m *Meter) NoCode() {
	m.mu.Lock()
	defer m.mu.Unlock()
	// want +1 `\[downgrade\]` `no code and no reason`
	m.n = m.get() //lockreentry:ignore
}

// Deadlocks: a comment on the directive is no reason.
func (m *Meter) CommentOnly() {
	m.mu.Lock()
	defer m.mu.Unlock()
	// want +1 `no reason`
	m.n = m.get() //lockreentry:ignore downgrade // TODO
}

// A Hook is called for every change.
type Hook interface{ Changed(*Meter) }

var hooks []Hook

// Deadlocks with the hook of the test only: where there is a test, it says whether the directive is used.
func (m *Meter) Change() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, h := range hooks {
		h.Changed(m) //lockreentry:ignore downgrade the hook of the test is never registered together with a Meter
	}
}
