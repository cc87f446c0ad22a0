// Package continue_break holds cases of continue and break out of locked parts of loops.
package continue_break

import "sync"

// A Sweeper removes what has expired.
type Sweeper struct {
	mu    sync.Mutex
	items map[string]int
	swept int
}

func (s *Sweeper) age(k string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.items[k]
}

// Fine: continue and break come after the unlock.
func (s *Sweeper) Sweep(keys []string, max int) int {
	for _, k := range keys {
		s.mu.Lock()
		a, ok := s.items[k]
		if !ok {
			s.mu.Unlock()
			continue
		}
		if s.swept > max {
			s.mu.Unlock()
			break
		}
		if a > 10 {
			delete(s.items, k)
			s.swept++
		}
		s.mu.Unlock()
	}
	return s.age("last")
}

// Deadlocks: continue leaves the lock held, and the next turn takes it.
func (s *Sweeper) Visit(keys []string, f func(int)) {
	for _, k := range keys {
		s.mu.Lock() // want `\[relock\]`
		a, ok := s.items[k]
		if !ok {
			continue
		}
		s.mu.Unlock()
		f(a)
	}
}

// Deadlocks: break leaves the lock held, and age takes it.
func (s *Sweeper) Find(keys []string) int {
	for _, k := range keys {
		s.mu.Lock()
		if s.items[k] > 10 {
			break
		}
		s.mu.Unlock()
	}
	return s.age("first") // want `\[relock\]`
}

// Fine: every way out of the loop ends with the lock held, and there is one unlock after it.
func (s *Sweeper) Wait(keys []string) int {
	s.mu.Lock()
	for _, k := range keys {
		if s.items[k] > 10 {
			break
		}
		if s.items[k] == 0 {
			continue
		}
		s.swept++
	}
	s.mu.Unlock()
	return s.age("x")
}

// Deadlocks: the call is in the loop that runs under the lock.
func (s *Sweeper) Oldest(keys []string) (k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k = range keys {
		if s.swept == 0 {
			continue
		}
		if s.age(k) > 10 { // want `\[relock\]`
			break
		}
	}
	return k
}

// Fine: the endless loop is left only where the lock is released.
func (s *Sweeper) Poll(next func() string) int {
	for {
		s.mu.Lock()
		k := next()
		if s.items[k] == 0 {
			s.mu.Unlock()
			continue
		}
		delete(s.items, k)
		s.mu.Unlock()
		return s.age(k)
	}
}

// Deadlocks: the second turn calls age with the lock of the first.
func (s *Sweeper) Turns(n int) {
	for i := range n {
		if i > 0 {
			s.swept += s.age("turn") // want `\[relock\]`
			s.mu.Unlock()
		}
		s.mu.Lock()
	}
}

// Fine: the lock of one turn is released at the head of the next.
func (s *Sweeper) Rounds(n int) {
	for i := range n {
		if i > 0 {
			s.mu.Unlock()
			s.swept += s.age("round")
		}
		s.mu.Lock()
	}
	if n > 0 {
		s.mu.Unlock()
	}
}
