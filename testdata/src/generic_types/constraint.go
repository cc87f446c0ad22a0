package generic_types

import "sync"

type component interface {
	comparable
	attach(r counter)
}

type counter interface{ count() int }

// A registry calls a method that its elements have by the constraint.
type registry[C component] struct {
	mu    sync.RWMutex
	items []C
	names map[string]C
}

func (r *registry[C]) add(c C) { r.items = append(r.items, c) }

func (r *registry[C]) count() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.items)
}

func (r *registry[C]) attachAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.items {
		c.attach(r)
	}
}

func (r *registry[C]) attachNamed() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.names {
		c.attach(r)
	}
}

func (r *registry[C]) attachCopy() {
	r.mu.Lock()
	items := r.items
	r.mu.Unlock()
	for _, c := range items {
		c.attach(r)
	}
}

// A counting component asks what it is attached to.
type counting struct{ of int }

func (c *counting) attach(r counter) { c.of = r.count() }

// A quiet component does not.
type quiet struct{ r counter }

func (q *quiet) attach(r counter) { q.r = r }

type modules struct {
	counting registry[*counting]
	quiet    registry[*quiet]
}

// Deadlocks: a counting component counts the registry.
func (m *modules) Attach() {
	m.counting.attachAll() // want `\[downgrade\]`
}

// Fine: a quiet component does not count it.
func (m *modules) AttachQuiet() {
	m.quiet.attachAll()
}

// Deadlocks: the components are in a map.
func AttachNamed(r *registry[*counting]) {
	r.attachNamed() // want `\[downgrade\]`
}

// Fine: the registry is not locked any more.
func AttachCopy(r *registry[*counting]) {
	r.attachCopy()
}

// both does what its registry does, whatever is in it.
func both[C component](r *registry[C]) {
	r.attachAll()
}

// Deadlocks: what is in it is known here.
func AttachBoth(r *registry[*counting]) {
	both(r) // want `\[downgrade\]`
}

// Fine: these are quiet.
func AttachBothQuiet(r *registry[*quiet]) {
	both(r)
}

// A pool closes what is idle.
type pool[T interface{ close() }] struct {
	mu   sync.Mutex
	idle []T
}

func (p *pool[T]) drain() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, x := range p.idle {
		x.close()
	}
	p.idle = nil
}

func (p *pool[T]) put(x T) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, x)
}

// A conn goes back to its pool when it is closed.
type conn struct{ c *client }

func (c *conn) close() { c.c.p.put(c) }

type client struct {
	p     pool[*conn]
	files pool[*file]
}

func (c *client) get() *conn {
	x := &conn{c: c}
	c.p.put(x)
	return x
}

// A file is gone when it is closed.
type file struct{ c *client }

func (f *file) close() { f.c = nil }

// Deadlocks: the pool is locked while a connection goes back to it.
func (c *client) Shutdown() {
	c.p.drain() // want `\[relock\]`
}

// Fine: no file goes back.
func (c *client) CloseFiles() {
	c.files.drain()
}
