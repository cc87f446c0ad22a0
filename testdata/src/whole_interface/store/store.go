// Package store asks a policy under its lock; it knows no policy.
package store

import "sync"

// A Policy decides.
type Policy interface {
	Allow(s *Store, key string) bool
}

// Factories make policies by name.
var Factories = map[string]func() Policy{}

// A Store asks its policy.
type Store struct {
	mu     sync.RWMutex
	policy Policy
	keys   map[string]bool
}

// Open makes a store with the policy of that name.
func Open(policy string) *Store {
	s := &Store{keys: map[string]bool{}}
	if f := Factories[policy]; f != nil {
		s.policy = f()
	}
	return s
}

// Len returns the number of keys.
func (s *Store) Len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.keys)
}

// Put asks the policy under the lock: deadlocks with the policy of package quota.
func (s *Store) Put(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.policy == nil || s.policy.Allow(s, key) { // whole: [downgrade]
		s.keys[key] = true
	}
}
