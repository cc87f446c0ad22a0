// Package store asks a policy under its lock; it knows no policy.
package store

import "sync"

// A Policy decides.
type Policy interface {
	Allow(s *Store, key string) bool
}

// A Store asks its policy.
type Store struct {
	mu     sync.RWMutex
	policy Policy
	keys   map[string]bool
}

// Open makes a store.
func Open(p Policy) *Store { return &Store{policy: p, keys: map[string]bool{}} }

// Len returns the number of keys.
func (s *Store) Len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.keys)
}

// Put asks the policy under the lock: fine, the program opens stores with package prefix only.
func (s *Store) Put(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.policy.Allow(s, key) {
		s.keys[key] = true
	}
}
