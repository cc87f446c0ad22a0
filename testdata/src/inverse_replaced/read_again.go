package inverse_replaced

import "sync"

// A desk has one clerk on top, who works for it. A clerk looks up to a desk, which may change.
type desk struct {
	mu  sync.Mutex
	top *clerk
}

type clerk struct {
	at *desk
	up *desk
}

func (d *desk) hire() { d.top = &clerk{at: d, up: d} }

// Promote puts the clerk of one desk on top of another one: up has changed in between.
func (c *clerk) Promote(to *clerk) {
	first := c.up.top
	c.up = to.at
	first.at.top = c.up.top
}

func (c *clerk) sign() {
	c.at.mu.Lock()
	c.at.mu.Unlock()
}

func (d *desk) sign() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.top.sign() // Fine: the clerk may work for another desk.
}

// A bench has one worker on top, who works for it, too.
type bench struct {
	mu  sync.Mutex
	top *worker
}

type worker struct {
	at *bench
	up *bench
}

func (b *bench) hire() { b.top = &worker{at: b, up: b} }

// Promote puts the worker back on the bench that he is at.
func (w *worker) Promote(to *worker) {
	first := w.up.top
	first.at.top = w.up.top
	w.up = nil
}

func (w *worker) sign() {
	w.at.mu.Lock()
	w.at.mu.Unlock()
}

func (b *bench) sign() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.top.sign() // want `\[relock\]`
}
