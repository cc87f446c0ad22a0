// Package corpus_type_assert holds cases of locks that are taken and released
// under the same test of a dynamic type.
package corpus_type_assert

import "sync"

type Store interface{ Count() int }

type file struct {
	mu sync.Mutex
	n  int
}

func (f *file) Count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.n
}

type memory struct {
	mu sync.Mutex
	n  int
}

func (m *memory) Count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.n
}

type Stream struct{ store Store }

// Fine: the store that was locked is unlocked, for it is of the same type still.
func (s *Stream) Drain() int {
	if f, ok := s.store.(*file); ok {
		f.mu.Lock()
	} else if m, ok := s.store.(*memory); ok {
		m.mu.Lock()
	}
	if f, ok := s.store.(*file); ok {
		f.n = 0
		f.mu.Unlock()
	} else if m, ok := s.store.(*memory); ok {
		m.n = 0
		m.mu.Unlock()
	}
	if f, ok := s.store.(*file); ok {
		return f.Count()
	} else if m, ok := s.store.(*memory); ok {
		return m.Count()
	}
	return 0
}

// A store of type memory stays locked.
func (s *Stream) Forget() int {
	if f, ok := s.store.(*file); ok {
		f.mu.Lock()
	} else if m, ok := s.store.(*memory); ok {
		m.mu.Lock()
	}
	if f, ok := s.store.(*file); ok {
		f.mu.Unlock()
	}
	if f, ok := s.store.(*file); ok {
		return f.Count()
	} else if m, ok := s.store.(*memory); ok {
		return m.Count() // want `mu is locked again while held: .*\[relock\]`
	}
	return 0
}
