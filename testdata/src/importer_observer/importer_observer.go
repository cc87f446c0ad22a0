// Package importer_observer holds cases of functions that another package keeps in an object that it is given again,
// and calls under a lock.
package importer_observer

import "importer_observer/events"

// A Relay has a bus that it observes.
type Relay struct {
	bus  *events.Bus
	seen int
}

func (r *Relay) forward(v string) { r.bus.Set(v) }

func (r *Relay) count(string) { r.seen++ }

// Deadlocks: the bus calls forward under its lock.
func NewRelay(bus *events.Bus) *Relay {
	r := &Relay{bus: bus}
	bus.Register(events.NewObserver("all", r.forward)) // want `\[upgrade\]`
	return r
}

// Fine: count takes no lock.
func NewCounter(bus *events.Bus) *Relay {
	r := &Relay{bus: bus}
	bus.Register(events.NewObserver("all", r.count))
	return r
}

// Fine: the relay sets another bus.
func NewBridge(from, to *events.Bus) *Relay {
	r := &Relay{bus: to}
	from.Register(events.NewObserver("all", r.forward))
	return r
}

// Fine: nobody has got the observer.
func NewObserved(bus *events.Bus) *events.Observer {
	r := &Relay{bus: bus}
	return events.NewObserver("all", r.forward)
}

// A Keeper keeps its observer.
type Keeper struct {
	bus      *events.Bus
	observer *events.Observer
}

func (k *Keeper) forward(v string) { k.bus.Set(v) }

// Deadlocks: the bus gets the observer that the object has.
func NewKeeper() *Keeper {
	k := &Keeper{bus: new(events.Bus)}
	k.observer = events.NewObserver("all", k.forward)
	k.bus.Register(k.observer) // want `\[upgrade\]`
	return k
}
