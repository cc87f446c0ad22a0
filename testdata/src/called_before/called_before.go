// Package called_before holds cases of a function that calls what is stored in an
// object, which its caller can't name, before it takes a lock.
package called_before

import (
	"context"
	"iter"
	"sync"
)

type manager struct {
	mu   sync.Mutex
	jobs []*job
	last *job
}

type job struct {
	m      *manager
	cancel context.CancelFunc
	done   bool
}

func (m *manager) start(ctx context.Context) *job {
	j := &job{m: m}
	_, j.cancel = context.WithCancel(ctx)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.jobs = append(m.jobs, j)
	m.last = j
	return j
}

func (j *job) stop() {
	j.cancel()
	j.m.mu.Lock()
	defer j.m.mu.Unlock()
	j.done = true
}

// Deadlocks: the jobs are those of the manager, whatever their contexts are.
func (m *manager) StopAll() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, j := range m.jobs {
		j.stop() // want `\[relock\]`
	}
}

// Deadlocks: the last job is one of them.
func (m *manager) StopLast() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last.stop() // want `\[relock\]`
}

// Fine: the lock is released while the jobs are stopped.
func (m *manager) Stop() {
	m.mu.Lock()
	jobs := m.jobs
	m.jobs = nil
	m.mu.Unlock()
	for _, j := range jobs {
		j.stop()
	}
}

type pool struct {
	mu     sync.Mutex
	leases []*lease
	last   *lease
	n      int
}

type lease struct {
	p       *pool
	release func()
}

func (p *pool) unlock() { p.mu.Unlock() }

func (p *pool) lease() *lease {
	l := &lease{p: p, release: p.unlock}
	p.leases = append(p.leases, l)
	p.last = l
	return l
}

func (l *lease) end() {
	l.release()
	l.p.mu.Lock()
	l.p.n--
}

// Fine: each lease releases the lock before it is taken again.
func (p *pool) EndAll() {
	p.mu.Lock()
	for _, l := range p.leases {
		l.end()
	}
	p.mu.Unlock()
}

// Fine: so does the last one.
func (p *pool) EndLast() {
	p.mu.Lock()
	p.last.end()
	p.mu.Unlock()
}

type node struct {
	state int
	run   func() error
}

type graph struct {
	mu    sync.RWMutex
	order []*node
}

func (g *graph) mark(n *node) {
	g.mu.Lock()
	n.state = 3
	g.mu.Unlock()
}

func (g *graph) each(f func(*node)) {
	for _, n := range g.order {
		f(n)
	}
}

// Deadlocks: running a node does not unlock the graph.
func (g *graph) Run() {
	g.mu.RLock()
	defer g.mu.RUnlock()
	g.each(func(n *node) { // want `\[upgrade\]`
		_ = n.run()
		g.mark(n)
	})
}

// Fine: the callback unlocks.
func (g *graph) RunUnlocked() {
	g.mu.RLock()
	defer g.mu.RUnlock()
	g.each(func(n *node) {
		_ = n.run()
		g.mu.RUnlock()
		g.mark(n)
		g.mu.RLock()
	})
}

func (g *graph) ready() iter.Seq[*node] {
	return func(yield func(*node) bool) {
		for _, n := range g.order {
			if n.state == 0 && !yield(n) {
				return
			}
		}
	}
}

// Deadlocks: the same in the body of a loop.
func (g *graph) RunReady() {
	g.mu.RLock()
	defer g.mu.RUnlock()
	for n := range g.ready() {
		_ = n.run()
		g.mark(n) // want `\[upgrade\]`
	}
}

// finish calls all functions that it is passed.
func finish(g *graph, fns []func()) {
	for _, f := range fns {
		f()
	}
	g.mark(&node{})
}

// Fine: one of the functions unlocks.
func (g *graph) Finish() {
	g.mu.RLock()
	finish(g, []func(){func() {}, g.mu.RUnlock})
}

// A Crew has members, and a function for what must not happen.
type Crew struct {
	mu      sync.Mutex
	members []*member
	fatal   func(string)
	warn    func(string)
}

type member struct {
	crew *Crew
	bad  bool
}

// NewCrew makes a crew that panics.
func NewCrew() *Crew {
	return &Crew{fatal: func(s string) { panic(s) }, warn: func(s string) { println(s) }}
}

// Hire adds a member.
func (c *Crew) Hire() { c.members = append(c.members, &member{crew: c}) }

func (c *Crew) check() {
	c.mu.Lock()
	c.mu.Unlock()
}

func (m *member) work() {
	if m.bad {
		m.crew.fatal("bad")
		m.crew.check()
	}
}

func (m *member) rest() {
	if m.bad {
		m.crew.warn("bad")
		m.crew.check()
	}
}

// Fine: what is stored in the crew panics before.
func (c *Crew) Work() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range c.members {
		m.work()
	}
}

// Deadlocks: this one returns.
func (c *Crew) Rest() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range c.members {
		m.rest() // want `\[relock\]`
	}
}
