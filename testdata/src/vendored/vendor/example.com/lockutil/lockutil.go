// Package lockutil is a vendored module.
package lockutil

import "sync"

// A Set is a set of strings.
type Set struct {
	mu sync.Mutex
	m  map[string]bool
}

// Has reports whether s is in the set.
func (s *Set) Has(k string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.m[k]
}

// Filter removes what f rejects, under the lock.
func (s *Set) Filter(f func(string) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := range s.m {
		if !f(k) {
			delete(s.m, k)
		}
	}
}

// Guard runs f under the lock.
func Guard(l sync.Locker, f func()) {
	l.Lock()
	defer l.Unlock()
	f()
}
