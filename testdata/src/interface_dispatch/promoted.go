package interface_dispatch

import "sync"

// A Stage has actors, whose methods are declared for a value, or for what is embedded in them.
type Stage struct {
	mu     sync.Mutex
	value  actor
	outer  actor
	held   actor
	wraps  actor
	silent actor
	n      int
}

type actor interface{ act() }

type mime struct{ s *Stage }

func (m mime) act() {
	m.s.mu.Lock()
	m.s.n++
	m.s.mu.Unlock()
}

type role struct{ s *Stage }

func (r *role) act() {
	r.s.mu.Lock()
	r.s.n++
	r.s.mu.Unlock()
}

type star struct {
	*role
	fee int
}

type extra struct {
	role
	fee int
}

type understudy struct{ actor }

type mute struct{ *role }

func (m *mute) act() {}

// NewStage returns a stage.
func NewStage() *Stage {
	s := &Stage{}
	s.value = &mime{s}
	s.outer = &star{role: &role{s}}
	s.held = &extra{role: role{s}}
	s.wraps = &understudy{&role{s}}
	s.silent = &mute{&role{s}}
	return s
}

// Deadlocks: a method of the value, called by the pointer.
func (s *Stage) Value() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value.act() // want `\[relock\]`
}

// Deadlocks: methods that are promoted from what is embedded.
func (s *Stage) Promoted() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.outer.act() // want `\[relock\]`
	s.held.act()  // want `\[relock\]`
	s.wraps.act() // want `\[relock\]`
}

// Fine: the method that locks is overridden.
func (s *Stage) Overridden() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.silent.act()
}

// Fine: called after the unlock.
func (s *Stage) After() {
	s.mu.Lock()
	s.n = 0
	s.mu.Unlock()
	s.value.act()
	s.outer.act()
}

// Fine: the actor of another stage.
func (s *Stage) Other(o *Stage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o.value.act()
	o.held.act()
}

// A Play calls what overrides its methods.
type Play struct {
	mu    sync.Mutex
	hooks hooks
	n     int
}

type hooks interface {
	opens()
	closes()
	pauses()
}

func (p *Play) opens()  {}
func (p *Play) closes() { p.count() }
func (p *Play) pauses() {}

func (p *Play) count() {
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
}

type comedy struct{ *Play }

func (c *comedy) opens() { c.count() }

// NewComedy returns a play.
func NewComedy() *Play {
	c := &comedy{&Play{}}
	c.hooks = c
	return c.Play
}

// Deadlocks: the method that overrides locks.
func (p *Play) Open() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hooks.opens() // want `\[relock\]`
}

// Deadlocks: the method that is not overridden locks.
func (p *Play) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hooks.closes() // want `\[relock\]`
}

// Fine: this one does not.
func (p *Play) Pause() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hooks.pauses()
}
