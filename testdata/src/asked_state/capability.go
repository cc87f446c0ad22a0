package asked_state

import "sync"

type backend interface {
	get(key string) string
	locks() bool
}

type near struct{ s *shelf }

func (near) locks() bool           { return false }
func (n near) get(k string) string { return n.s.data[k] }

type far struct{ s *shelf }

func (*far) locks() bool { return true }

func (f *far) get(k string) string {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	return f.s.data[k]
}

// A liar locks, but says that it does not.
type liar struct{ s *shelf }

func (liar) locks() bool { return false }

func (l liar) get(k string) string {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	return l.s.data[k]
}

type shelf struct {
	mu    sync.Mutex
	data  map[string]string
	b     backend
	other backend
}

func newShelf(remote bool) *shelf {
	s := &shelf{}
	if remote {
		s.b, s.other = &far{s}, liar{s}
	} else {
		s.b, s.other = near{s}, near{s}
	}
	return s
}

// Fine: the backend that locks has said so.
func (s *shelf) look(k string) string {
	if !s.b.locks() {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.b.get(k)
}

// Deadlocks: the one that locks says that it does.
func (s *shelf) lookWrong(k string) string {
	if s.b.locks() {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.b.get(k) // want `\[relock\]`
}

// Deadlocks: the liar does.
func (s *shelf) lookOther(k string) string {
	if !s.other.locks() {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.other.get(k) // want `\[relock\]`
}
