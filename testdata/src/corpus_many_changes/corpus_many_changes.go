// Package corpus_many_changes holds cases of a flag that is tested twice, with a call between the tests that changes more
// fields than the analyzer keeps apart: whether the flag is among them is then not known (crypto/tls, handleKeyUpdate).
package corpus_many_changes

import "sync"

// A Table has many fields.
type Table struct {
	a0, a1, a2, a3, a4, a5, a6, a7, a8, a9 int
	b0, b1, b2, b3, b4, b5, b6, b7, b8, b9 int
	c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 int
	d0, d1, d2, d3, d4, d5, d6, d7, d8, d9 int
	e0, e1, e2, e3, e4, e5, e6, e7, e8, e9 int
	f0, f1, f2, f3, f4, f5, f6, f7, f8, f9 int
	g0, g1, g2, g3, g4, g5, g6, g7, g8, g9 int
	h0, h1, h2, h3, h4, h5, h6, h7, h8, h9 int
	i0, i1, i2, i3, i4, i5, i6, i7, i8, i9 int
	j0, j1, j2, j3, j4, j5, j6, j7, j8, j9 int
	k0, k1, k2, k3, k4, k5, k6, k7, k8, k9 int
}

// The parts of reset set a share of them each.
func (t *Table) reset1() {
	t.a0, t.a1, t.a2, t.a3, t.a4, t.a5, t.a6, t.a7, t.a8, t.a9 = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
	t.b0, t.b1, t.b2, t.b3, t.b4, t.b5, t.b6, t.b7, t.b8, t.b9 = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
}

func (t *Table) reset2() {
	t.c0, t.c1, t.c2, t.c3, t.c4, t.c5, t.c6, t.c7, t.c8, t.c9 = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
	t.d0, t.d1, t.d2, t.d3, t.d4, t.d5, t.d6, t.d7, t.d8, t.d9 = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
}

func (t *Table) reset3() {
	t.e0, t.e1, t.e2, t.e3, t.e4, t.e5, t.e6, t.e7, t.e8, t.e9 = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
	t.f0, t.f1, t.f2, t.f3, t.f4, t.f5, t.f6, t.f7, t.f8, t.f9 = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
}

func (t *Table) reset4() {
	t.g0, t.g1, t.g2, t.g3, t.g4, t.g5, t.g6, t.g7, t.g8, t.g9 = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
	t.h0, t.h1, t.h2, t.h3, t.h4, t.h5, t.h6, t.h7, t.h8, t.h9 = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
}

func (t *Table) reset5() {
	t.i0, t.i1, t.i2, t.i3, t.i4, t.i5, t.i6, t.i7, t.i8, t.i9 = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
	t.j0, t.j1, t.j2, t.j3, t.j4, t.j5, t.j6, t.j7, t.j8, t.j9 = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
}

func (t *Table) reset6() {
	t.k0, t.k1, t.k2, t.k3, t.k4, t.k5, t.k6, t.k7, t.k8, t.k9 = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
}

// A Request says whether an answer is wanted.
type Request struct {
	answer bool
	n      int
}

// A Conn answers under its lock.
type Conn struct {
	mu  sync.Mutex
	tab Table
	n   int
}

func (c *Conn) alert() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func (c *Conn) finish(locked bool) {
	if locked {
		c.n++
	} else {
		c.alert()
	}
}

// Fine: finish is told what the function has tested before.
func (c *Conn) Update(r *Request) {
	if r.answer {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.tab.reset1()
		c.tab.reset2()
		c.tab.reset3()
		c.tab.reset4()
		c.tab.reset5()
		c.tab.reset6()
	}
	c.finish(r.answer)
}

// Deadlocks: finish is told the opposite.
func (c *Conn) Invert(r *Request) {
	if r.answer {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.tab.reset1()
		c.tab.reset2()
		c.tab.reset3()
		c.tab.reset4()
		c.tab.reset5()
		c.tab.reset6()
	}
	c.finish(!r.answer) // want `\[relock\]`
}

// Deadlocks: finish is told nothing, and alerts.
func (c *Conn) Refuse(r *Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tab.reset1()
	c.tab.reset2()
	c.tab.reset3()
	c.tab.reset4()
	c.tab.reset5()
	c.tab.reset6()
	c.finish(false) // want `\[relock\]`
}

// Deadlocks: the flag is taken back under the lock.
func (c *Conn) Withdraw(r *Request) {
	if r.answer {
		c.mu.Lock()
		defer c.mu.Unlock()
		r.answer = false
	}
	c.finish(r.answer) // want `\[relock\]`
}
