package module_interface

import (
	"module_interface/iface"
	"module_interface/swarm"
)

// Counter asks the network that it is told of.
type Counter struct{ n int }

// Deadlocks: the swarm tells of itself while it is locked.
func NewCounter() *Counter {
	c := &Counter{}
	swarm.New().Notify(c) // want `\[downgrade\]`
	return c
}

// Connected asks.
func (c *Counter) Connected(n iface.Network) { c.n = n.Peers() }

// Closed does not.
func (c *Counter) Closed(iface.Network) { c.n = 0 }

// Keeper asks the network that it keeps.
type Keeper struct {
	net interface{ Peers() int }
	n   int
}

// Deadlocks: the keeper has the network by an interface.
func NewKeeper() *Keeper {
	s := swarm.New()
	k := &Keeper{net: s}
	s.Notify(k) // want `\[downgrade\]`
	return k
}

// Connected asks.
func (k *Keeper) Connected(iface.Network) { k.n = k.net.Peers() }

// Closed does not.
func (k *Keeper) Closed(iface.Network) {}

// Bridge asks another network.
type Bridge struct {
	net interface{ Peers() int }
	n   int
}

// Fine: the other one is not locked.
func NewBridge() *Bridge {
	b := &Bridge{net: swarm.New()}
	swarm.New().Notify(b)
	return b
}

// Connected asks.
func (b *Bridge) Connected(iface.Network) { b.n = b.net.Peers() }

// Closed does not.
func (b *Bridge) Closed(iface.Network) {}

// Closer asks when the network is closed.
type Closer struct{ n int }

// Fine: the swarm is not locked then.
func NewCloser() *Closer {
	c := &Closer{}
	swarm.New().Notify(c)
	return c
}

// Connected does not ask.
func (c *Closer) Connected(iface.Network) { c.n++ }

// Closed asks.
func (c *Closer) Closed(n iface.Network) { c.n = n.Peers() }
