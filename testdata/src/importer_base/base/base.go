// Package base has a base for services.
package base

import "sync"

// Impl is what a service does.
type Impl interface{ OnStart() }

// Service calls its implementation under its lock.
type Service struct {
	mu      sync.Mutex
	running bool
	impl    Impl
}

// New makes a base.
func New(impl Impl) *Service { return &Service{impl: impl} }

// Start starts the implementation.
func (s *Service) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = true
	s.impl.OnStart()
}

// Running locks.
func (s *Service) Running() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.running
}
