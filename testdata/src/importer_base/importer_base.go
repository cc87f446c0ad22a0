// Package importer_base has services with a base of another package, of which they have
// a copy.
package importer_base

import "importer_base/base"

// Reactor has its base by value.
type Reactor struct{ base.Service }

// Deadlocks: the reactor asks its base, which has called it.
func NewReactor() *Reactor {
	r := &Reactor{}
	r.Service = *base.New(r) // want `\[relock\]`
	return r
}

// OnStart asks the base.
func (r *Reactor) OnStart() { r.Running() }

// Pool asks another service.
type Pool struct {
	base.Service
	of *Reactor
}

// Fine: the reactor is another one.
func NewPool(r *Reactor) *Pool {
	p := &Pool{of: r}
	p.Service = *base.New(p)
	return p
}

// OnStart asks the reactor.
func (p *Pool) OnStart() { p.of.Running() }

// Log asks nobody.
type Log struct {
	base.Service
	n int
}

// Fine: nothing is locked.
func NewLog() *Log {
	l := &Log{}
	l.Service = *base.New(l)
	return l
}

// OnStart counts.
func (l *Log) OnStart() { l.n++ }
