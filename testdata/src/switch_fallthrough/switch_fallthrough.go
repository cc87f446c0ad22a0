// Package switch_fallthrough holds cases of switches: fallthrough, default, no match.
package switch_fallthrough

import "sync"

// A Machine has a mode.
type Machine struct {
	mu   sync.RWMutex
	mode int
	log  []int
}

func (m *Machine) last() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.log[len(m.log)-1]
}

// Fine: each case releases what it takes.
func (m *Machine) Step(op int) int {
	switch op {
	case 0:
		m.mu.Lock()
		m.mode++
		m.mu.Unlock()
	case 1, 2:
		m.mu.RLock()
		op = m.mode
		m.mu.RUnlock()
	default:
		return m.last()
	}
	return m.last() + op
}

// Deadlocks: case 0 falls through to case 1 with the lock held.
func (m *Machine) Reset(op int) {
	switch op {
	case 0:
		m.mu.Lock()
		m.mode = 0
		fallthrough
	case 1:
		m.log = append(m.log, m.last()) // want `\[downgrade\]`
	}
}

// Fine: case 0 releases before it falls through.
func (m *Machine) Clear(op int) {
	switch op {
	case 0:
		m.mu.Lock()
		m.mode = 0
		m.mu.Unlock()
		fallthrough
	case 1:
		m.log = append(m.log, m.last())
	}
}

// Fine: case 1 unlocks what case 0 has locked before it falls through.
func (m *Machine) Fold(op int) int {
	if op == 1 {
		m.mu.Lock()
	}
	switch op {
	case 0:
		m.mu.Lock()
		fallthrough
	case 1:
		m.mode--
		m.mu.Unlock()
	}
	return m.last()
}

// Deadlocks for the mode that no case names: the lock is still held.
func (m *Machine) Leave(op int) int {
	m.mu.Lock()
	switch op {
	case 0:
		m.mode = 0
		m.mu.Unlock()
	case 1:
		m.mu.Unlock()
	}
	return m.last() // want `\[downgrade\]`
}

// Fine: default covers what no case names.
func (m *Machine) Enter(op int) int {
	m.mu.Lock()
	switch op {
	case 0:
		m.mode = 0
		m.mu.Unlock()
	default:
		m.mu.Unlock()
	}
	return m.last()
}

// Deadlocks: the third case keeps the read lock (when a writer waits in between).
func (m *Machine) Show(op int) int {
	m.mu.RLock()
	switch {
	case op < m.mode:
		m.mu.RUnlock()
	case op == m.mode:
		m.mu.RUnlock()
		return 0
	default:
		return m.last() // want `\[recursive-rlock\]`
	}
	return m.last()
}

// Fine: the tag is a constant, one case is taken.
func (m *Machine) Fixed() int {
	const op = 2
	m.mu.Lock()
	switch op {
	case 1:
		m.mode = m.last()
	case 2:
		m.mode = 2
	}
	m.mu.Unlock()
	return m.mode
}
