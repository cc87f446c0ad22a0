package defer_order

import "sync"

// A scope logs to the first one around it that is not done.
type scope struct {
	mu     sync.Mutex
	rw     sync.RWMutex
	parent *scope
	done   bool
	lines  []string
}

func (s *scope) target() *scope {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.done {
		return s
	}
	for p := s.parent; p != nil; p = p.parent {
		p.mu.Lock()
		defer p.mu.Unlock()
		if !p.done {
			return p
		}
	}
	return nil
}

// Fine: target has released all that it has locked, however many these are.
func (s *scope) log(line string) {
	if t := s.target(); t != nil {
		t.mu.Lock()
		t.lines = append(t.lines, line)
		t.mu.Unlock()
	}
	s.mu.Lock()
	s.lines = nil
	s.mu.Unlock()
}

// Deadlocks: the parent is locked when target comes to it.
func (s *scope) nested(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.target() // want `\[relock\]`
}

// Deadlocks in its second turn, and comes no further: under the lock TryLock fails.
func (s *scope) again() {
	for range 3 {
		s.mu.Lock() // want `\[relock\]`
		defer s.mu.Unlock()
		if s.mu.TryLock() {
			s.rw.Lock()
			defer s.rw.Unlock()
			s.mu.Unlock()
		}
	}
}

// Deadlocks: TryLock succeeds in each turn, and the second one finds the other lock held.
func (s *scope) tries() {
	for range 3 {
		if s.mu.TryLock() {
			s.rw.Lock() // want `\[relock\]`
			defer s.rw.Unlock()
			s.mu.Unlock()
		}
	}
}

// A nest is a slice of nests, which the type of its elements does not end.
type nest []nest

func (s *scope) keep(n nest) {
	s.mu.Lock()
	nests[0] = n
	s.mu.Unlock()
	hook(n)
}

var (
	nests = make([]nest, 1)
	hook  = func(nest) {}
)
