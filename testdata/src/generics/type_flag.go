package generics

import "sync"

// The type argument says whether the lock is held.
type shelfMode interface{ locked() bool }

type shelfHeld struct{}

func (shelfHeld) locked() bool { return true }

type shelfFree struct{}

func (shelfFree) locked() bool { return false }

type shelf struct {
	mu  sync.Mutex
	log sync.Mutex
	n   int
}

func put[M shelfMode](s *shelf) {
	var m M
	s.note()
	if !m.locked() {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.n++
}

func putAll[M shelfMode](s *shelf, n int) {
	for range n {
		put[M](s)
	}
}

func (s *shelf) note() {
	s.log.Lock()
	defer s.log.Unlock()
	s.n++
}

// Fine: it is.
func (s *shelf) Fill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	put[shelfHeld](s)
	putAll[shelfHeld](s, 2)
}

// Deadlocks: the other lock is taken in any case.
func (s *shelf) Note() {
	s.log.Lock()
	defer s.log.Unlock()
	put[shelfHeld](s) // want `\[relock\]`
}
