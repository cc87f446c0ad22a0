// Package cond_rlocker holds cases of a Cond whose L was made from another lock of the same object.
package cond_rlocker

import "sync"

// A Mailbox waits on the read side of its lock.
type Mailbox struct {
	mu   sync.RWMutex
	some *sync.Cond
	msgs []string
}

// NewMailbox makes a mailbox.
func NewMailbox() *Mailbox {
	m := &Mailbox{}
	m.some = sync.NewCond(m.mu.RLocker())
	return m
}

func (m *Mailbox) len() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return len(m.msgs)
}

// Deadlocks when a writer waits in between: m.some.L is the read side of m.mu.
func (m *Mailbox) Wait() int {
	m.some.L.Lock()
	defer m.some.L.Unlock()
	for len(m.msgs) == 0 {
		m.some.Wait()
	}
	return m.len() // want `\[recursive-rlock\]`
}

// Fine: the read side is released first.
func (m *Mailbox) WaitAndAsk() int {
	m.some.L.Lock()
	for len(m.msgs) == 0 {
		m.some.Wait()
	}
	m.some.L.Unlock()
	return m.len()
}

// Deadlocks: the read side under the write lock.
func (m *Mailbox) Put(s string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.msgs = append(m.msgs, s)
	m.some.L.Lock() // want `\[downgrade\]`
	m.some.Signal()
	m.some.L.Unlock()
}

// Deadlocks: the write lock under the read side.
func (m *Mailbox) Clear() {
	m.some.L.Lock()
	defer m.some.L.Unlock()
	if len(m.msgs) > 0 {
		m.mu.Lock() // want `\[upgrade\]`
		m.msgs = nil
		m.mu.Unlock()
	}
}

// Fine: Broadcast takes no lock.
func (m *Mailbox) Wake() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.some.Broadcast()
}

// A Door waits on its mutex.
type Door struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

// NewDoor makes a door.
func NewDoor() *Door {
	d := new(Door)
	d.cond = sync.NewCond(&d.mu)
	return d
}

// Deadlocks: d.cond.L is d.mu.
func (d *Door) Pass() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cond.L.Lock() // want `\[relock\]`
	defer d.cond.L.Unlock()
	return d.open
}

// Fine: Wait releases d.mu, which is d.cond.L.
func (d *Door) Await() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for !d.open {
		d.cond.Wait()
	}
	return d.open
}

// Fine: locked by one name, unlocked by the other.
func (d *Door) Open() {
	d.mu.Lock()
	d.open = true
	d.cond.L.Unlock()
	d.mu.Lock()
	d.cond.Broadcast()
	d.mu.Unlock()
}
