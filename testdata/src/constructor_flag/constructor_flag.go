// Package constructor_flag holds cases of a constructor that sets a flag of an object and
// chooses a part of it by the same condition.
package constructor_flag

import "sync"

type backend interface{ get(string) string }

// memory leaves locking to its store.
type memory struct{ s *store }

func (m memory) get(k string) string { return m.s.data[k] }

// remote locks the store itself.
type remote struct{ s *store }

func (r remote) get(k string) string {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	return r.s.data[k]
}

type store struct {
	mu      sync.Mutex
	data    map[string]string
	local   bool
	verbose bool
	cached  bool
	b       backend
}

func newStore(local, verbose bool) *store {
	s := &store{data: map[string]string{}, local: local, verbose: verbose}
	if local {
		s.b = memory{s}
	} else {
		s.b = remote{s}
	}
	return s
}

func (s *store) setCached(on bool) { s.cached = on }

// Fine: the backend of a local store does not lock.
func (s *store) Look(k string) string {
	if s.local {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.b.get(k)
}

// Deadlocks: the backend of a store that is not local locks.
func (s *store) LookRemote(k string) string {
	if !s.local {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.b.get(k) // want `\[relock\]`
}

// Deadlocks: whether the store is verbose has nothing to do with its backend.
func (s *store) LookVerbose(k string) string {
	if s.verbose {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.b.get(k) // want `\[relock\]`
}

// Deadlocks: a store gets a cache when it has its backend.
func (s *store) LookCached(k string) string {
	if s.cached {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.b.get(k) // want `\[relock\]`
}

type mode int

// box has its hook from a constructor that chooses by a number.
type box struct {
	mu   sync.Mutex
	mode mode
	hook func(*box)
	n    int
}

func quiet(b *box) { b.n++ }

func loud(b *box) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n++
}

func newBox(m mode) *box {
	hook := quiet
	if m == 2 {
		hook = loud
	}
	return &box{mode: m, hook: hook}
}

// Fine: the hook of such a box does not lock.
func (b *box) Run() {
	if b.mode != 2 {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
	b.hook(b)
}

// Deadlocks: that of the other boxes does.
func (b *box) RunLoud() {
	if b.mode == 2 {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
	b.hook(b) // want `\[relock\]`
}

type nop struct{}

func (nop) Lock()   {}
func (nop) Unlock() {}

// counter is safe for several goroutines if it is made so.
type counter struct {
	l    sync.Locker
	mu   sync.Mutex
	n    int
	safe bool
}

func newCounter(safe bool) *counter {
	c := &counter{safe: safe, l: nop{}}
	if safe {
		c.l = &c.mu
	}
	return c
}

func (c *counter) get() int {
	if !c.safe {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	return c.n
}

func (c *counter) getSafe() int {
	if c.safe {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	return c.n
}

// Fine: what is locked here is the mutex if the counter is safe.
func (c *counter) Add() {
	c.l.Lock()
	defer c.l.Unlock()
	c.n = c.get() + 1
}

// Deadlocks: a safe counter locks its mutex twice.
func (c *counter) AddSafe() {
	c.l.Lock()
	defer c.l.Unlock()
	c.n = c.getSafe() + 1 // want `\[relock\]`
}

// Fine: the mutex first, and then the locker.
func (c *counter) Sub() {
	if !c.safe {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	c.l.Lock()
	c.n--
	c.l.Unlock()
}

// two is made by two constructors.
type two struct {
	mu    sync.Mutex
	plain bool
	n     int
	step  func(*two)
}

func easy(t *two) { t.n++ }

func hard(t *two) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n++
}

func newPlain() *two { return &two{plain: true, step: easy} }

func newHard() *two { return &two{step: hard} }

// Fine: a plain one has an easy step.
func (t *two) Step() {
	if t.plain {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	t.step(t)
}

// Deadlocks: the others have a hard one.
func (t *two) StepHard() {
	if !t.plain {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	t.step(t) // want `\[relock\]`
}
