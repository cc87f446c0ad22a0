// Package assertions holds cases of checks that end a test where a callee has
// failed, and left its lock held.
package assertions

import (
	"errors"
	"sync"
	"testing"
)

type store struct {
	mu sync.Mutex
	n  int
}

type session struct{ store *store }

// open leaves the store locked if it fails.
func (s *store) open() (*session, error) {
	s.mu.Lock()
	if s.n > 3 {
		return nil, errors.New("too many")
	}
	return &session{s}, nil
}

func (s *session) close() { s.store.mu.Unlock() }

func must(t testing.TB, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

func note(t testing.TB, err error) {
	if err != nil {
		t.Error(err)
	}
}

func Must(t testing.TB, s *store) {
	for range 3 {
		session, err := s.open() // Fine: must ends the test.
		must(t, err)
		session.close()
	}
}

func Note(t testing.TB, s *store) {
	for range 3 {
		session, err := s.open() // want `\[relock\]`
		note(t, err)
		if err == nil {
			session.close()
		}
	}
}

func Skip(t testing.TB, s *store) {
	for range 3 {
		session, err := s.open() // Fine
		if err != nil {
			t.Skipf("no session: %v", err)
		}
		session.close()
	}
}
