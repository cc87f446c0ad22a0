// Package string_state holds cases of lock states told by strings and other
// small values in variables and fields.
package string_state

import "sync"

// A Session remembers in its mode who has its lock.
type Session struct {
	mu    sync.Mutex
	mode  string
	phase uint8
	rate  float64
	n     int
}

func (s *Session) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

// Fine: the mode is empty after it was made so.
func (s *Session) Reset() int {
	if s.mode != "" {
		s.mu.Lock()
	}
	s.mode = ""
	if s.mode == "" {
		return 0
	}
	return s.count()
}

// Deadlocks: the mode is set together with the lock.
func (s *Session) Begin() int {
	if s.mode == "" {
		s.mu.Lock()
		s.mode = "held"
	}
	if s.mode == "held" {
		return s.count() // want `\[relock\]`
	}
	return 0
}

// Fine: the lock is held in phase 1 only.
func (s *Session) Step() int {
	if s.phase == 0 {
		s.mu.Lock()
		s.phase = 1
	}
	s.n++
	if s.phase == 1 {
		s.phase = 0
		s.mu.Unlock()
	}
	return s.count()
}

// Deadlocks: phase 2 keeps the lock.
func (s *Session) Skip() int {
	s.mu.Lock()
	s.phase = 2
	if s.phase == 1 {
		s.mu.Unlock()
	}
	return s.count() // want `\[relock\]`
}

// Fine: the variable says whether the lock is held, also in the deferred call.
func (s *Session) Run(name string) {
	mode := ""
	defer func() {
		if mode != "held" {
			s.count()
		}
	}()
	s.mu.Lock()
	mode = "held"
	if name == "" {
		s.mu.Unlock()
		mode = ""
	}
}

// Deadlocks: the variable says that the lock is held.
func (s *Session) Walk(name string) {
	mode := ""
	defer func() { // want `\[relock\]`
		if mode == "held" {
			s.count()
		}
	}()
	s.mu.Lock()
	mode = "held"
	if name == "" {
		s.mu.Unlock()
		mode = ""
	}
}

func fill(name *string) { *name = "x" }

// Fine: what fill sets is not known, but it is the same for both tests.
func (s *Session) Load() {
	var name string
	fill(&name)
	s.mu.Lock()
	if name != "" {
		s.mu.Unlock()
	}
	if name != "" {
		s.count()
		return
	}
	s.mu.Unlock()
}

// Fine: the rate is not zero after it was set.
func (s *Session) Slow() {
	if s.rate == 0 {
		s.mu.Lock()
		s.rate = 1
		s.mu.Unlock()
	}
	if s.rate == 1 {
		s.count()
	}
}

// as locks when it is asked to by name.
func (s *Session) as(name string) {
	if len(name) > 0 {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.n++
}

// Fine: the name is empty.
func (s *Session) Anon() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.as("")
}

// Deadlocks: the name is not empty.
func (s *Session) Root() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.as("root") // want `\[relock\]`
}
