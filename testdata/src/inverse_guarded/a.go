// Package inverse_guarded holds cases of code that asks whether an object belongs to the owner at hand before it locks that object's owner.
package inverse_guarded

import "sync"

// A Yard has boats on the water, and one in the dock.
type Yard struct {
	mu    sync.Mutex
	boats []*boat
	dock  *boat
	crew  int
}

type boat struct {
	yard *Yard
	mast *mast
}

type mast struct{ boat *boat }

func (y *Yard) launch() {
	b := &boat{yard: y}
	b.mast = &mast{boat: b}
	y.boats = append(y.boats, b)
}

func (y *Yard) lift() { y.dock = &boat{yard: y} }

// Fine: the yard of each boat is y.
func (y *Yard) Crew() {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, b := range y.boats {
		if b.yard != y {
			b.yard.mu.Lock()
			b.yard.crew++
			b.yard.mu.Unlock()
		}
	}
}

// Deadlocks: the test is the wrong way around.
func (y *Yard) Muster() {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, b := range y.boats {
		if b.yard == y {
			b.yard.mu.Lock() // want `\[relock\]`
			b.yard.crew++
			b.yard.mu.Unlock()
		}
	}
}

// Fine: it returns where the boat in the dock is of y, which it always is.
func (y *Yard) Repair() {
	y.mu.Lock()
	defer y.mu.Unlock()
	b := y.dock
	if b == nil {
		return
	}
	other := b.yard
	if other == y {
		return
	}
	other.mu.Lock()
	defer other.mu.Unlock()
	other.crew--
}

// Fine: the same, from the mast of a boat to its yard, by two fields.
func (y *Yard) Rig() {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, b := range y.boats {
		m := b.mast
		if m.boat.yard != y {
			m.boat.yard.mu.Lock()
			m.boat.yard.mu.Unlock()
		}
	}
}

// board locks the yard of b unless it is held.
func (b *boat) board(held *Yard) {
	if b.yard != held {
		b.yard.mu.Lock()
		defer b.yard.mu.Unlock()
	}
	b.yard.crew++
}

// Fine: board knows of y.
func (y *Yard) BoardAll() {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, b := range y.boats {
		b.board(y)
	}
}

// Deadlocks: board is told of another yard.
func (y *Yard) BoardFrom(other *Yard) {
	if y == other {
		return
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, b := range y.boats {
		b.board(other) // want `\[relock\]`
	}
}

// Deadlocks: no yard is told of.
func (y *Yard) BoardNone() {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, b := range y.boats {
		b.board(nil) // want `\[relock\]`
	}
}

// Fine: of two boats of y, neither is of another yard.
func (y *Yard) Swap() {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, a := range y.boats {
		for _, b := range y.boats {
			if a.yard != b.yard {
				b.yard.mu.Lock()
				b.yard.mu.Unlock()
			}
		}
	}
}
