// Package corpus_retaken_unheld holds cases of functions that release their
// caller's lock for a callback and take it again, called without the lock.
package corpus_retaken_unheld

import "sync"

type store struct {
	mu      sync.Mutex
	removed func(int)
	n       int
}

// remove is called with the lock held.
func (s *store) remove(i int) {
	s.n--
	if f := s.removed; f != nil {
		s.mu.Unlock()
		f(i)
		s.mu.Lock()
	}
}

// removeAll is called with the lock held.
func (s *store) removeAll() {
	for i := range s.n {
		s.remove(i)
	}
}

func (s *store) stop() {
	s.mu.Lock()
	s.n = 0
	s.mu.Unlock()
}

func open(n int) (*store, error) {
	return &store{n: n}, nil
}

// Fine: nobody holds the lock, so there is no callback, or its release would
// have crashed.
func Unlocked() {
	s, err := open(3)
	if err != nil {
		return
	}
	defer s.stop()
	s.removeAll()
}

// The lock is held through the callback and after it.
func Locked() {
	s, err := open(3)
	if err != nil {
		return
	}
	s.mu.Lock()
	s.removeAll()
	s.stop() // want `s\.mu is locked again while held: .*\[relock\]`
	s.mu.Unlock()
}

// drain is called with the lock held, and stop takes it.
func (s *store) drain() {
	s.removeAll()
	s.stop()
}

// The caller holds what the callee takes after it has been taken again.
func Drain(s *store) {
	s.mu.Lock()
	s.drain() // want `s\.mu is locked again while held: .*\[relock\]`
	s.mu.Unlock()
}
