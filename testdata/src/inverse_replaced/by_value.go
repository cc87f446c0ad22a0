package inverse_replaced

import (
	"slices"
	"sync"
)

// A board is copied by a method with a value receiver.
type board struct {
	mu   *sync.Mutex
	pins []*pin
}

type pin struct{ of *board }

func (b *board) stick() { b.pins = append(b.pins, &pin{of: b}) }

func (b board) fork() *board {
	b.mu = new(sync.Mutex)
	return &b
}

func (p *pin) drop() {
	p.of.mu.Lock()
	p.of.mu.Unlock()
}

func (b *board) clear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.pins {
		p.drop() // Fine: it may be a pin of the board that this is a copy of.
	}
}

// A shelf is copied with the slice that it is in.
type shelf struct {
	mu    *sync.Mutex
	books []*book
}

type book struct{ of *shelf }

func (s *shelf) add() { s.books = append(s.books, &book{of: s}) }

func forkAll(all []shelf) []shelf {
	forks := slices.Clone(all)
	for i := range forks {
		forks[i].mu = new(sync.Mutex)
	}
	return forks
}

func (b *book) drop() {
	b.of.mu.Lock()
	b.of.mu.Unlock()
}

func (s *shelf) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.books {
		b.drop() // Fine: as above.
	}
}

// A rack is copied by a generic function.
type rack struct {
	mu    *sync.Mutex
	hooks []*hook
}

type hook struct{ of *rack }

func (r *rack) add() { r.hooks = append(r.hooks, &hook{of: r}) }

func cloneOf[T any](p *T) *T {
	c := *p
	return &c
}

func (r *rack) fork() *rack {
	c := cloneOf(r)
	c.mu = new(sync.Mutex)
	return c
}

func (h *hook) drop() {
	h.of.mu.Lock()
	h.of.mu.Unlock()
}

func (r *rack) clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, h := range r.hooks {
		h.drop() // Fine: as above.
	}
}

// A crate is put into an object that embeds it, as a copy.
type crate struct {
	mu    *sync.Mutex
	boxes []*box
}

type box struct{ of *crate }

type truck struct{ crate }

func (c *crate) add() { c.boxes = append(c.boxes, &box{of: c}) }

func (c *crate) load() *truck {
	t := &truck{crate: *c}
	t.mu = new(sync.Mutex)
	return t
}

func (b *box) drop() {
	b.of.mu.Lock()
	b.of.mu.Unlock()
}

func (c *crate) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range c.boxes {
		b.drop() // Fine: as above.
	}
}
