// Package bool_captured holds cases of lock-state flags that closures capture.
package bool_captured

import "sync"

// A Stream has consumers.
type Stream struct {
	mu   sync.Mutex
	subs []string
	last int
}

func (s *Stream) tail() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// Fine: the literals lock and unlock under the same flag.
func (s *Stream) store(need bool, n int) int {
	lock := func() {
		if need {
			s.mu.Lock()
		}
	}
	unlock := func() {
		if need {
			s.mu.Unlock()
		}
	}
	lock()
	s.last = n
	unlock()
	lock()
	s.last++
	unlock()
	return s.last
}

// Deadlocks: with need, lock is called twice.
func (s *Stream) twice(need bool) {
	lock := func() {
		if need {
			s.mu.Lock()
		}
	}
	lock()
	s.last++
	lock() // want `\[relock\]`
}

// Deadlocks: with need, tail is called under the lock.
func (s *Stream) skip(need bool) int {
	lock := func() {
		if need {
			s.mu.Lock()
		}
	}
	unlock := func() {
		if need {
			s.mu.Unlock()
		}
	}
	lock()
	defer unlock()
	return s.tail() // want `\[relock\]`
}

// Fine: tail is called only when the literal has not locked.
func (s *Stream) seek(need bool) int {
	lock := func() {
		if need {
			s.mu.Lock()
		}
	}
	lock()
	if !need {
		return s.tail()
	}
	defer s.mu.Unlock()
	return s.last
}

// Fine: the caller holds the lock and says so.
func (s *Stream) Set(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.store(false, n)
}

// Deadlocks: the caller holds the lock and asks for it.
func (s *Stream) Put(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.store(true, n) // want `\[relock\]`
}

// Fine: the flag that the literal captured is set when the lock is taken, and reset when it is released.
func (s *Stream) Walk(n int) {
	held := false
	ensure := func() {
		if !held {
			s.mu.Lock()
			held = true
		}
	}
	ensure()
	s.last = n
	ensure()
	s.subs = nil
	if held {
		s.mu.Unlock()
	}
}

// Deadlocks: the captured flag is true, and the literal locks when it is.
func (s *Stream) Jump() {
	need := true
	add := func(sub string) {
		if need {
			s.mu.Lock()
			defer s.mu.Unlock()
		}
		s.subs = append(s.subs, sub)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	add("jump") // want `\[relock\]`
}

// Fine: the captured flag is false.
func (s *Stream) Hop() {
	need := false
	add := func(sub string) {
		if need {
			s.mu.Lock()
			defer s.mu.Unlock()
		}
		s.subs = append(s.subs, sub)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	add("hop")
}

// Fine: a deferred literal unlocks only what was locked.
func (s *Stream) Close(need bool) (n int) {
	defer func() {
		if need {
			s.mu.Unlock()
		}
		n = s.tail()
	}()
	if need {
		s.mu.Lock()
	}
	s.subs = nil
	return 0
}
