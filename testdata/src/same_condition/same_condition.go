// Package same_condition holds cases of conditions that are asked twice: by the same
// function of the same arguments, or in two ways.
package same_condition

import (
	"strings"
	"sync"
	"time"
)

type store struct {
	mu sync.Mutex
	n  int
}

func (s *store) get() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

func isDir(name string) bool { return name == "." || name == ".." }

type mode int

func (m mode) valid() bool { return m >= 0 && m < 4 }

func Function(s *store, name string) int {
	if isDir(name) {
		s.mu.Lock()
	}
	s.n++
	if isDir(name) {
		s.mu.Unlock()
		return 0
	}
	return s.get() // Fine
}

func OtherArgument(s *store, name, other string) int {
	if isDir(name) {
		s.mu.Lock()
	}
	s.n++
	if isDir(other) {
		s.mu.Unlock()
		return 0
	}
	return s.get() // want `\[relock\]`
}

func ChangedArgument(s *store, name string) int {
	if isDir(name) {
		s.mu.Lock()
	}
	name = name[1:]
	if isDir(name) {
		s.mu.Unlock()
		return 0
	}
	return s.get() // want `\[relock\]`
}

func Method(s *store, m mode) int {
	if m.valid() {
		s.mu.Lock()
	}
	s.n++
	if m.valid() {
		s.mu.Unlock()
	}
	return s.get() // Fine
}

func (s *store) many() bool { return s.n > 3 && s.n < 8 }

func Memory(s *store) int {
	if s.many() {
		s.mu.Lock()
	}
	s.n++
	if s.many() {
		s.mu.Unlock()
	}
	return s.get() // want `\[relock\]`
}

func Library(s *store, name string, at time.Time) int {
	if strings.TrimSpace(name) == "" {
		s.mu.Lock()
	}
	s.n++
	if strings.TrimSpace(name) == "" {
		s.mu.Unlock()
	}
	if at.IsZero() {
		s.mu.Lock()
	}
	s.n++
	if at.IsZero() {
		s.mu.Unlock()
	}
	return s.get() // Fine
}

func Empty(s *store, name string) int {
	if name == "" {
		s.mu.Lock()
	}
	if len(name) == 0 {
		s.mu.Unlock()
	}
	if len(name) > 0 {
		s.mu.Lock()
	}
	if name != "" {
		s.mu.Unlock()
	}
	return s.get() // Fine
}

func Flag(s *store, flags int) int {
	if flags&4 != 0 {
		s.mu.Lock()
	}
	if flags&4 == 4 {
		s.mu.Unlock()
	}
	return s.get() // Fine
}

func TwoFlags(s *store, flags int) int {
	if flags&6 != 0 {
		s.mu.Lock()
	}
	if flags&6 == 6 {
		s.mu.Unlock()
	}
	return s.get() // want `\[relock\]`
}

type failure struct{}

func (*failure) Error() string { return "" }

func TypedNil(s *store) int {
	var f *failure
	var err error = f
	if err == nil {
		s.mu.Lock()
	}
	return s.get() // Fine: it is an error that holds nil.
}

func Put(s *store, key string) int {
	m := map[string]int{}
	m[key] = 1
	s.mu.Lock()
	if _, ok := m[key]; ok {
		s.mu.Unlock()
	}
	return s.get() // Fine
}

func PutAndTaken(s *store, key string) int {
	m := map[string]int{}
	m[key] = 1
	s.mu.Lock()
	delete(m, key)
	if _, ok := m[key]; ok {
		s.mu.Unlock()
	}
	return s.get() // want `\[relock\]`
}
