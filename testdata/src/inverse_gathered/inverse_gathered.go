// Package inverse_gathered holds cases of elements that are gathered in a local variable or slice before they are used.
package inverse_gathered

import "sync"

// A Broker has subscribers that point back to it.
type Broker struct {
	mu    sync.Mutex
	subs  []*sub
	names map[string]*sub
	old   []*guest
}

type sub struct {
	b    *Broker
	dead bool
}

// A guest may be moved to another broker.
type guest struct{ b *Broker }

// Register adds a subscriber.
func (b *Broker) Register(name string) {
	s := &sub{b: b}
	b.subs = append(b.subs, s)
	b.names[name] = s
	b.old = append(b.old, &guest{b: b})
}

func (g *guest) move(b *Broker) { g.b = b }

func (g *guest) drop() {
	g.b.mu.Lock()
	g.b.mu.Unlock()
}

func (s *sub) drop() {
	s.b.mu.Lock()
	s.b.mu.Unlock()
}

// Deadlocks: the dead are subscribers of b.
func (b *Broker) Publish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	var dead []*sub
	for _, s := range b.subs {
		if s.dead {
			dead = append(dead, s)
		}
	}
	for _, s := range dead {
		s.drop() // want `\[relock\]`
	}
}

// Deadlocks: the last subscriber is one of b.
func (b *Broker) Last() {
	b.mu.Lock()
	defer b.mu.Unlock()
	var last *sub
	for _, s := range b.subs {
		last = s
	}
	if last != nil {
		last.drop() // want `\[relock\]`
	}
}

// Deadlocks: gathered from a map, into a slice that has room.
func (b *Broker) ByName() {
	b.mu.Lock()
	defer b.mu.Unlock()
	list := make([]*sub, 0, len(b.names))
	for _, s := range b.names {
		list = append(list, s)
	}
	for i := range list {
		list[i].drop() // want `\[relock\]`
	}
}

// Fine: the lock is released before the dead are dropped.
func (b *Broker) Prune() {
	b.mu.Lock()
	var dead []*sub
	for _, s := range b.subs {
		dead = append(dead, s)
	}
	b.mu.Unlock()
	for _, s := range dead {
		s.drop()
	}
}

// Fine: the subscribers of another broker.
func (b *Broker) Others(o *Broker) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []*sub
	for _, s := range o.subs {
		list = append(list, s)
	}
	for _, s := range list {
		s.drop()
	}
}

// Fine, as far as one can know: some are subscribers of another broker.
func (b *Broker) Both(o *Broker) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var last *sub
	for _, s := range b.subs {
		last = s
	}
	for _, s := range o.subs {
		last = s
	}
	last.drop()
}

// Fine: another function puts other subscribers into the slice.
func (b *Broker) Filled(o *Broker) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []*sub
	for _, s := range b.subs {
		list = append(list, s)
	}
	o.fill(list)
	for _, s := range list {
		s.drop()
	}
}

func (b *Broker) fill(list []*sub) { copy(list, b.subs) }

// Fine: the element is replaced.
func (b *Broker) Replaced(o *Broker) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []*sub
	for _, s := range b.subs {
		list = append(list, s)
	}
	list[0] = o.subs[0]
	for _, s := range list {
		s.drop()
	}
}

// Fine: the same by a part of the slice.
func (b *Broker) ReplacedPart(o *Broker) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []*sub
	for _, s := range b.subs {
		list = append(list, s)
	}
	tail := list[1:]
	tail[0] = o.subs[0]
	for _, s := range list {
		s.drop()
	}
}

// Fine: a guest may have been moved.
func (b *Broker) Guests() {
	b.mu.Lock()
	defer b.mu.Unlock()
	var last *guest
	for _, g := range b.old {
		last = g
	}
	if last != nil {
		last.drop()
	}
}

// Fine: each turn is of another broker, the last subscriber of that of the turn before.
func Turns(list []*Broker) {
	var last *sub
	for _, b := range list {
		b.mu.Lock()
		if last != nil {
			last.drop()
		}
		for _, s := range b.subs {
			last = s
		}
		b.mu.Unlock()
	}
}

// Fine: a subscriber of another broker is appended.
func (b *Broker) Appended(o *Broker) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []*sub
	for _, s := range b.subs {
		list = append(list, s)
	}
	list = append(list, o.subs[0])
	list[len(b.subs)].drop()
}
