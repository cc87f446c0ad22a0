// Package middleware_maker holds cases of functions that return functions that wrap functions.
package middleware_maker

import "sync"

type handler func(req string) string

type wrapper func(handler) handler

func echo(req string) string { return req }

// logging makes a wrapper.
func logging(log func(string)) wrapper {
	return func(next handler) handler {
		return func(req string) string {
			log(req)
			return next(req)
		}
	}
}

// A Gate has handlers that a wrapper has made.
type Gate struct {
	mu       sync.Mutex
	in, back handler
	log      []string
}

func (g *Gate) note(req string) {
	g.mu.Lock()
	g.log = append(g.log, req)
	g.mu.Unlock()
}

func newGate(o *Gate) *Gate {
	g := &Gate{}
	g.in = logging(g.note)(echo)
	g.back = logging(o.note)(echo)
	return g
}

// Deadlocks: the handler notes.
func (g *Gate) In(req string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.in(req) // want `\[relock\]`
}

// Fine: the handler notes at another gate.
func (g *Gate) Back(req string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.back(req)
}
