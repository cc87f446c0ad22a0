// Package reg locks the objects that it passes to the functions of importers.
package reg

import "sync"

type Session struct {
	mu sync.Mutex
	n  int
}

func (s *Session) Bump() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

func (s *Session) Count() int { return s.n }

type Registry struct {
	mu sync.Mutex
	m  map[string]*Session
}

func (r *Registry) get(id string) *Session {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.m[id]
	if !ok {
		s = &Session{}
		r.m[id] = s
	}
	return s
}

// Update calls f with a session that is locked.
func (r *Registry) Update(id string, f func(*Session)) {
	s := r.get(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s)
}
