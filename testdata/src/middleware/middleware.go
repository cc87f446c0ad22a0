// Package middleware holds cases of functions that wrap functions.
package middleware

import (
	"fmt"
	"sync"
)

type handler func(req string) string

type wrapper func(handler) handler

// A Server counts its requests.
type Server struct {
	mu    sync.Mutex
	chain handler
	count int
	name  string
}

func (s *Server) requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

func (s *Server) counting(next handler) handler {
	return func(req string) string {
		return fmt.Sprint(next(req), " #", s.requests())
	}
}

func (s *Server) naming(next handler) handler {
	return func(req string) string { return s.name + ": " + next(req) }
}

func (s *Server) locking(next handler) handler {
	return func(req string) string {
		s.mu.Lock()
		defer s.mu.Unlock()
		return next(req)
	}
}

func echo(req string) string { return req }

func wrap(h handler, ws ...wrapper) handler {
	for _, w := range ws {
		h = w(h)
	}
	return h
}

// Deadlocks: the chain asks for the count under the lock.
func (s *Server) Serve(req string) string {
	h := s.naming(s.counting(echo))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	return h(req) // want `\[relock\]`
}

// Fine: the chain does not ask.
func (s *Server) Echo(req string) string {
	h := s.naming(echo)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	return h(req)
}

// Deadlocks: one wrapper locks around another that asks.
func (s *Server) Guarded(req string) string {
	h := s.locking(s.counting(echo))
	return h(req) // want `\[relock\]`
}

// Fine: the wrapper that asks is around the one that locks: it asks when the other has unlocked.
func (s *Server) Counted(req string) string {
	h := s.counting(s.locking(echo))
	return h(req)
}

// Deadlocks: the wrappers are passed to a function that applies them.
func (s *Server) Wrapped(req string) string {
	h := wrap(echo, s.counting, s.naming)
	s.mu.Lock()
	defer s.mu.Unlock()
	return h(req) // want `\[relock\]`
}

// Fine: the wrappers of another server.
func (s *Server) Proxy(o *Server, req string) string {
	h := o.counting(echo)
	s.mu.Lock()
	defer s.mu.Unlock()
	return h(req)
}

// build stores the chain.
func (s *Server) build() { s.chain = s.counting(echo) }

// Deadlocks: the chain that build has stored has captured s.
func (s *Server) Run(req string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.chain(req) // want `\[relock\]`
}

// Fine: unlocked before the chain runs.
func (s *Server) RunLater(req string) string {
	s.mu.Lock()
	s.count++
	s.mu.Unlock()
	return s.chain(req)
}

// counted says how many requests there were.
func (s *Server) counted(string) string { return fmt.Sprint(s.requests()) }

// Deadlocks whenever the handler is run: it locks around a method that locks.
func (s *Server) Handler() handler {
	return s.locking(s.counted) // want `\[relock\]`
}

// Deadlocks whenever the handler is run, wrapped as it is once more.
func (s *Server) Named() handler {
	return s.naming(s.locking(s.counting(echo))) // want `\[relock\]`
}

// Fine: what is wrapped takes no lock.
func (s *Server) Plain() handler { return s.locking(s.naming(echo)) }

// Fine: the lock is that of another server.
func (s *Server) Foreign(o *Server) handler { return s.locking(o.counted) }

// Fine: the one that asks is around the one that locks.
func (s *Server) Outer() handler { return s.counting(s.locking(echo)) }

// Fine: what next does is known to the caller only.
func (s *Server) Guard(next handler) handler { return s.locking(next) }

// routes are the handlers of a server.
type routes struct {
	byName map[string]handler
	list   []handler
}

func (r *routes) add(name string, h handler) {
	r.byName[name] = h
	r.list = append(r.list, h)
}

// Deadlocks whenever a handler is run: they are registered, and one locks around a method that locks.
func (s *Server) Register(r *routes) {
	r.add("count", s.counted)
	r.add("echo", s.locking(echo))
	r.add("guarded", s.locking(s.counted))                   // want `\[relock\]`
	r.byName["counting"] = s.locking(s.counting(echo))       // want `\[relock\]`
	r.byName["named"] = s.locking(s.naming(s.locking(echo))) // want `\[relock\]`
}

// late wraps a function that it lets others replace.
func (s *Server) late(next handler) (h handler, replace func(handler)) {
	h = func(req string) string {
		s.mu.Lock()
		defer s.mu.Unlock()
		return next(req)
	}
	return h, func(n handler) { next = n }
}

// Fine: the function is replaced before the handler runs.
func (s *Server) Late() handler {
	h, replace := s.late(s.counted)
	replace(echo)
	return h
}

// Deadlocks: the function that is passed runs under the lock, be it in another goroutine.
func (s *Server) Async(req string) {
	go s.locking(s.counted)(req) // want `\[relock\]`
	go s.under(s.counted)        // want `\[relock\]`
}

// Fine: nothing is held around what these goroutines run, or nothing that it takes.
func (s *Server) AsyncPlain(req string, o *Server) {
	s.mu.Lock()
	defer s.mu.Unlock()
	go s.locking(echo)(req)
	go s.under(o.counted)
	go s.counted(req)
}

func (s *Server) under(h handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h(s.name)
}

// apply applies one wrapper.
func apply(w wrapper, h handler) handler { return w(h) }

// chained applies the wrappers so that the first one is outermost.
func chained(h handler, ws ...wrapper) handler {
	for i := len(ws) - 1; i >= 0; i-- {
		h = ws[i](h)
	}
	return h
}

// Deadlocks: the function that apply returns is the one that counting has returned.
func (s *Server) Applied(req string) string {
	h := apply(s.counting, echo)
	s.mu.Lock()
	defer s.mu.Unlock()
	return h(req) // want `\[relock\]`
}

// Fine: the wrapper is one of another server.
func (s *Server) AppliedOther(o *Server, req string) string {
	h := apply(o.counting, echo)
	s.mu.Lock()
	defer s.mu.Unlock()
	return h(req)
}

// Fine: naming does not ask.
func (s *Server) AppliedNaming(req string) string {
	h := apply(s.naming, echo)
	s.mu.Lock()
	defer s.mu.Unlock()
	return h(req)
}

// Deadlocks: the only wrapper locks around counted.
func (s *Server) Chained(req string) string {
	h := chained(s.counted, s.locking)
	return h(req) // want `\[relock\]`
}

// Fine: the only wrapper locks around echo.
func (s *Server) ChainedEcho(req string) string {
	h := chained(echo, s.locking)
	return h(req)
}

// Fine: the wrapper that asks is around the one that locks.
func (s *Server) ChainedCounting(req string) string {
	h := chained(echo, s.counting, s.locking)
	return h(req)
}

// Fine: the chain is not called under the lock.
func (s *Server) ChainedLater(req string) string {
	h := chained(echo, s.counting, s.naming)
	s.mu.Lock()
	s.count++
	s.mu.Unlock()
	return h(req)
}

// Fine: a wrapper that is applied to a handler twice gives two, and the first one is called.
func (s *Server) AppliedTwice(o *Server, req string) string {
	h := apply(o.counting, echo)
	_ = apply(s.counting, h)
	s.mu.Lock()
	defer s.mu.Unlock()
	return h(req)
}
