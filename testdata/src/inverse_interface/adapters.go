package inverse_interface

import "sync"

type listener interface{ told() }

type listenerFunc func()

func (f listenerFunc) told() { f() }

// A Bus has listeners: objects that point back to it, and functions.
type Bus struct {
	mu        sync.Mutex
	own, lent []listener
	n         int
}

type counter struct{ bus *Bus }

func (c *counter) told() {
	c.bus.mu.Lock()
	defer c.bus.mu.Unlock()
	c.bus.n++
}

// NewBus makes a bus that counts, and may count for another one.
func NewBus(other *Bus) *Bus {
	b := &Bus{}
	b.own = append(b.own, &counter{bus: b}, listenerFunc(func() { other.told() }))
	b.lent = append(b.lent, &counter{bus: other}, listenerFunc(func() { b.n++ }))
	return b
}

// Deadlocks: a function among the listeners is none that points back.
func (b *Bus) Emit() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.own {
		l.told() // want `\[relock\]`
	}
}

// Fine: the counter is that of another bus.
func (b *Bus) EmitLent() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.lent {
		l.told()
	}
}

// Fine: unlocked before.
func (b *Bus) told() {
	b.mu.Lock()
	list := b.own
	b.mu.Unlock()
	for _, l := range list {
		l.told()
	}
}
