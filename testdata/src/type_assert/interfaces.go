package type_assert

import "sync"

// A Poker can be poked.
type Poker interface{ Poke() }

// A Namer has a name.
type Namer interface{ Name() string }

// A Sizer has a size.
type Sizer interface{ Size() int }

// A Named can be poked, and has a name.
type Named struct{ mu sync.Mutex }

// Poke implements Poker.
func (n *Named) Poke() {
	n.mu.Lock()
	n.mu.Unlock()
}

// Name implements Namer.
func (n *Named) Name() string { return "" }

func pokeNameless(p Poker) {
	if _, ok := p.(Namer); ok {
		return
	}
	p.Poke()
}

func pokeUnsized(p Poker) {
	if _, ok := p.(Sizer); ok {
		return
	}
	p.Poke()
}

func pokeAll(p Poker) {
	if _, ok := p.(interface{ Name() string }); ok {
		return
	}
	p.Poke()
}

// Fine: it has a name.
func (n *Named) Nameless() {
	n.mu.Lock()
	defer n.mu.Unlock()
	pokeNameless(n)
}

// Fine: by that name or without one, it is the same interface.
func (n *Named) All() {
	n.mu.Lock()
	defer n.mu.Unlock()
	pokeAll(n)
}

// Deadlocks: it has no size.
func (n *Named) Unsized() {
	n.mu.Lock()
	defer n.mu.Unlock()
	pokeUnsized(n) // want `\[relock\]`
}

// Fine: it has a name, which is seen here.
func (n *Named) Here() {
	n.mu.Lock()
	defer n.mu.Unlock()
	var p Poker = n
	switch p.(type) {
	case Namer:
	default:
		p.Poke()
	}
}

// Deadlocks: it has no size, which is seen here.
func (n *Named) HereUnsized() {
	n.mu.Lock()
	defer n.mu.Unlock()
	var p Poker = n
	switch p.(type) {
	case Sizer:
	default:
		p.Poke() // want `\[relock\]`
	}
}
