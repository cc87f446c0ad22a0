// Package base_object has objects with a base that calls them back by an interface.
package base_object

import "sync"

type service interface{ onStart() }

// A Base starts a service.
type Base struct {
	mu      sync.Mutex
	started bool
	impl    service
}

func newBase(s service) *Base { return &Base{impl: s} }

// Start calls the service under the lock.
func (b *Base) Start() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.started = true
	b.impl.onStart() // want `\[relock\]`
}

// Running locks.
func (b *Base) Running() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.started
}

type reactor struct{ base *Base }

func newReactor() *reactor {
	r := &reactor{}
	r.base = newBase(r)
	return r
}

func (r *reactor) onStart() { _ = r.base.Running() }

type pool struct {
	base *Base
	n    int
}

func newPool() *pool {
	p := &pool{}
	p.base = newBase(p)
	return p
}

func (p *pool) onStart() { p.n++ }

// App has the bases of all services.
type App struct{ all []*Base }

func (a *App) add(b *Base) { a.all = append(a.all, b) }

// Deadlocks: one of the services asks its base, which has called it.
func (a *App) Run() {
	a.add(newReactor().base)
	a.add(newPool().base)
	for _, b := range a.all {
		b.Start()
	}
}

// A Core starts a task.
type Core struct {
	mu   sync.Mutex
	done bool
	task task
}

type task interface{ run() }

func newCore(t task) *Core { return &Core{task: t} }

// Start calls the task under the lock. Fine: the task asks another core.
func (c *Core) Start() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.task.run()
}

// Done locks.
func (c *Core) Done() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.done
}

type crossed struct{ core *Core }

func newCrossed() (*crossed, *crossed) {
	a, b := &crossed{}, &crossed{}
	a.core, b.core = newCore(b), newCore(a)
	return a, b
}

func (c *crossed) run() { _ = c.core.Done() }

// Fine: each is the task of the other's core.
func RunCrossed() {
	a, b := newCrossed()
	a.core.Start()
	b.core.Start()
}
