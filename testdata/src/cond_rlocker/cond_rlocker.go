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

// A Valve has a condition on its own lock or on one that it is given.
type Valve struct {
	mu   sync.Mutex
	cond *sync.Cond
	flow int
}

// NewValve makes a valve.
func NewValve() *Valve {
	v := &Valve{}
	v.cond = sync.NewCond(&v.mu)
	return v
}

// Shared makes a valve that waits on another lock.
func Shared(l sync.Locker) *Valve { return &Valve{cond: sync.NewCond(l)} }

// Fine, as far as one can know: v.cond.L may be another lock.
func (v *Valve) Turn() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.cond.L.Lock()
	v.flow++
	v.cond.L.Unlock()
}

// A Gate has a condition in place, and its lock by two names.
type Gate struct {
	mu   sync.RWMutex
	lock sync.Locker
	cond sync.Cond
	n    int
}

// NewGate makes a gate.
func NewGate() *Gate {
	g := new(Gate)
	g.setup()
	return g
}

func (g *Gate) setup() {
	g.lock = &g.mu
	g.cond.L = &g.mu
}

// Deadlocks: g.lock is g.mu.
func (g *Gate) Close() {
	g.lock.Lock()
	defer g.lock.Unlock()
	g.mu.Lock() // want `\[relock\]`
	g.n++
	g.mu.Unlock()
}

// Deadlocks: so is g.cond.L.
func (g *Gate) Count() int {
	g.cond.L.Lock()
	defer g.cond.L.Unlock()
	g.mu.RLock() // want `\[downgrade\]`
	defer g.mu.RUnlock()
	return g.n
}

// Fine: the lock of another gate.
func (g *Gate) Beside(o *Gate) {
	g.mu.Lock()
	defer g.mu.Unlock()
	o.cond.L.Lock()
	o.lock.Unlock()
}

// A Fence has the lock of a field that can be set to another.
type Fence struct {
	mu   sync.Mutex
	cond *sync.Cond
	n    int
}

// NewFence makes a fence.
func NewFence() *Fence {
	f := &Fence{}
	f.cond = sync.NewCond(&f.mu)
	return f
}

// move makes c wait on another lock: it may be the condition of any fence.
func move(c *sync.Cond, l *sync.Mutex) { c.L = l }

// Join makes f wait on the lock of o.
func (f *Fence) Join(o *Fence) { move(f.cond, &o.mu) }

// Fine, as far as one can know: f.cond.L may be the lock of another fence.
func (f *Fence) Mend() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cond.L.Lock()
	f.n++
	f.cond.L.Unlock()
}

// A Hatch shares its condition with a lid, which sets its lock.
type Hatch struct {
	mu   sync.RWMutex
	cond *Signal
	n    int
}

// A Signal has a lock.
type Signal struct{ L sync.Locker }

// A Lid has the signal of a hatch.
type Lid struct {
	mu     sync.Mutex
	signal *Signal
}

// NewHatch makes a hatch.
func NewHatch() *Hatch {
	h := &Hatch{}
	h.cond = &Signal{L: &h.mu}
	return h
}

// Cover makes l share the signal of h, with its own lock.
func (l *Lid) Cover(h *Hatch) {
	l.signal = h.cond
	l.signal.L = &l.mu
}

// Fine, as far as one can know: h.cond.L may be the lock of a lid.
func (h *Hatch) Lift() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.cond.L.Lock()
	h.n++
	h.cond.L.Unlock()
}
