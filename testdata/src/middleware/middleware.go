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
