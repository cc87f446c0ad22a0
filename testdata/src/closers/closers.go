// Package closers has lists of functions, some of which nobody knows, and some that
// captured the owner of the list.
package closers

import (
	"context"
	"sync"
)

// A Server has functions to run when it stops.
type Server struct {
	mu    sync.Mutex
	stops []func()
}

func (s *Server) onStop(f func()) { s.stops = append(s.stops, f) }

func (s *Server) unregister() {
	s.mu.Lock()
	s.mu.Unlock()
}

// Listen unregisters when the server stops.
func (s *Server) Listen() { s.onStop(func() { s.unregister() }) }

// Start cancels when the server stops.
func (s *Server) Start(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	s.onStop(cancel)
	<-ctx.Done()
}

// OnStop adds whatever it gets.
func (s *Server) OnStop(f func()) { s.onStop(f) }

// Deadlocks: one of the functions has captured s, whatever the others are.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.stops {
		f() // want `\[relock\]`
	}
}

// Fine: they are run without the lock.
func (s *Server) StopLater() {
	s.mu.Lock()
	stops := append([]func(){}, s.stops...)
	s.mu.Unlock()
	for _, f := range stops {
		f()
	}
}

// A Mux has functions by name.
type Mux struct {
	mu    sync.RWMutex
	funcs map[string]func()
}

// NewMux makes a mux with a function of its own and one that it gets.
func NewMux(f func()) *Mux {
	m := &Mux{funcs: map[string]func(){}}
	m.funcs["stats"] = m.stats
	m.funcs["f"] = f
	return m
}

func (m *Mux) stats() {
	m.mu.RLock()
	m.mu.RUnlock()
}

// Deadlocks when a writer waits: one of the functions is bound to m.
func (m *Mux) Call(name string) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	m.funcs[name]() // want `\[recursive-rlock\]`
}

// A Pair is two servers that stop each other.
type Pair struct {
	mu    sync.Mutex
	stops []func()
}

func (p *Pair) add(f func()) { p.stops = append(p.stops, f) }

// Link adds to the other what captured p.
func (p *Pair) Link(other *Pair, f func()) {
	other.add(func() {
		p.mu.Lock()
		p.mu.Unlock()
	})
	p.add(f)
}

// Fine: the functions have captured others.
func (p *Pair) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.stops {
		f()
	}
}

// A Giver gives its functions away.
type Giver struct {
	mu    sync.Mutex
	stops []func()
}

func (g *Giver) add(f func()) { g.stops = append(g.stops, f) }

// Own adds what captured g.
func (g *Giver) Own(f func()) {
	g.add(func() {
		g.mu.Lock()
		g.mu.Unlock()
	})
	g.add(f)
}

// Give adds to another what it has.
func (g *Giver) Give(other *Giver) { other.add(g.stops[0]) }

// Fine, as far as one can know: they may be those of another.
func (g *Giver) Stop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, f := range g.stops {
		f()
	}
}

// A Lender lets others have its functions.
type Lender struct {
	mu    sync.Mutex
	stops []func()
}

// Func returns what captured l, and adds it.
func (l *Lender) Func() func() {
	f := func() {
		l.mu.Lock()
		l.mu.Unlock()
	}
	l.stops = append(l.stops, f)
	return f
}

// Add adds whatever it gets, be it what another has returned.
func (l *Lender) Add(f func()) { l.stops = append(l.stops, f) }

// Fine, as far as one can know.
func (l *Lender) Stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range l.stops {
		f()
	}
}
