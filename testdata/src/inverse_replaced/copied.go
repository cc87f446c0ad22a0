package inverse_replaced

import "sync"

// A view is copied, with the cursor that belongs to the original.
type view struct {
	mu  *sync.Mutex
	cur *cursor
	pos int
}

type cursor struct {
	of *view
	n  int
}

func newView() *view {
	v := &view{mu: new(sync.Mutex)}
	v.cur = &cursor{of: v}
	return v
}

// Clone has a lock of its own, and the cursor of v.
func (v *view) Clone() *view {
	c := *v
	c.mu = new(sync.Mutex)
	return &c
}

// Assign is a copy in place.
func (v *view) Assign(o *view) {
	mu := v.mu
	*v = *o
	v.mu = mu
}

func (v *view) seek(n int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.cur.move(n) // Fine: it is not known which one this is.
}

func (c *cursor) move(n int) {
	c.of.mu.Lock()
	c.of.pos, c.n = n, n
	c.of.mu.Unlock()
}

// A page is copied, too, but the copy gets a cursor of its own.
type page struct {
	mu  *sync.Mutex
	cur *mark
}

type mark struct{ of *page }

func newPage() *page {
	p := &page{mu: new(sync.Mutex)}
	p.cur = &mark{of: p}
	return p
}

func (p *page) clone() *page {
	c := *p
	c.mu = new(sync.Mutex)
	c.cur = &mark{of: &c}
	return &c
}

func (p *page) seek() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cur.move() // want `\[relock\]`
}

func (m *mark) move() {
	m.of.mu.Lock()
	m.of.mu.Unlock()
}
