package reentrant_lock

import "sync"

// A sheet is locked by the outermost of its batches.
type sheet struct {
	mu       sync.Mutex
	depth, n int
}

func (s *sheet) begin() {
	if s.depth == 0 {
		s.mu.Lock()
	}
	s.depth++
}

func (s *sheet) end() {
	s.depth--
	if s.depth == 0 {
		s.mu.Unlock()
	}
}

func (s *sheet) inc() {
	s.begin()
	defer s.end()
	s.n++
}

// Fine: inc is in a batch, and leaves its depth as it was.
func (s *sheet) batch() {
	s.begin()
	defer s.end()
	s.inc()
	s.inc()
}

// Deadlocks: the lock is taken past the batch.
func (s *sheet) mixed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inc() // want `\[relock\]`
}

// Deadlocks: the depth is lowered too early.
func (s *sheet) early() {
	s.begin()
	s.depth--
	s.inc() // want `\[relock\]`
}
