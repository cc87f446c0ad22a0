// Package mutex_pointer holds cases of locks reached through pointers to mutexes.
package mutex_pointer

import (
	"fmt"
	"sync"
)

// A Meter counts bytes; its lock is shared with the group it was made for.
type Meter struct {
	mu    *sync.Mutex
	rw    *sync.RWMutex
	bytes int64
	peers []string
}

func (m *Meter) load() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.bytes
}

// Deadlocks: the pointer field names the same mutex both times.
func (m *Meter) Add(n int64) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.bytes += n
	return m.load() // want `\[relock\]`
}

// Fine: released before load.
func (m *Meter) Sub(n int64) int64 {
	m.mu.Lock()
	m.bytes -= n
	m.mu.Unlock()
	return m.load()
}

func (m *Meter) peer(i int) string {
	m.rw.RLock()
	defer m.rw.RUnlock()
	return m.peers[i]
}

// Deadlocks when a writer waits in between: the local variable points at the same mutex.
func (m *Meter) First() string {
	l := m.rw
	l.RLock()
	defer l.RUnlock()
	return m.peer(0) // want `\[recursive-rlock\]`
}

// Deadlocks: the address of the field is the field.
func (c *Cell) Update(v int) {
	l := &c.mu
	l.Lock()
	defer l.Unlock()
	if c.Value() != v { // want `\[relock\]`
		c.v = v
	}
}

// A Cell is one value with its lock.
type Cell struct {
	mu sync.Mutex
	v  int
}

// Value returns the value.
func (c *Cell) Value() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.v
}

// store writes v under the lock it is given.
func store(mu *sync.Mutex, at *int, v int) {
	mu.Lock()
	*at = v
	mu.Unlock()
}

// Deadlocks: store locks the mutex that is passed to it.
func (c *Cell) Clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	store(&c.mu, &c.v, 0) // want `\[relock\]`
}

// Fine: the mutex passed is not held yet.
func (c *Cell) Put(v int) {
	store(&c.mu, &c.v, v)
}

// Fine: the mutex passed belongs to the other cell.
func (c *Cell) Push(to *Cell) {
	c.mu.Lock()
	defer c.mu.Unlock()
	store(&to.mu, &to.v, c.v)
}

// Deadlocks: p is &c.mu on both branches.
func (c *Cell) Twice(fast bool) {
	p := &c.mu
	if fast {
		fmt.Println("fast")
	}
	p.Lock()
	store(p, &c.v, 2) // want `\[relock\]`
	p.Unlock()
}

// Fine: p is one of two mutexes, and the other one is locked below.
func pick(a, b *Cell, first bool) {
	p, q := &a.mu, &b.mu
	if !first {
		p, q = q, p
	}
	p.Lock()
	q.Lock()
	a.v, b.v = b.v, a.v
	q.Unlock()
	p.Unlock()
}

// A pointer to a pointer is looked through as well.
type slot struct{ cell **Cell }

// Deadlocks: both acquisitions go through s.cell.
func (s slot) bump() {
	(*s.cell).mu.Lock()
	defer (*s.cell).mu.Unlock()
	(*s.cell).v += (*s.cell).Value() // want `\[relock\]`
}

// Fine: new mutexes are distinct.
func fresh() {
	a, b := new(sync.Mutex), new(sync.Mutex)
	a.Lock()
	b.Lock()
	b.Unlock()
	a.Unlock()
}
