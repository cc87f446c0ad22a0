package same_condition

import (
	"errors"
	"io/fs"
	"os"
)

var errLocked, errEmpty = errors.New("locked"), errors.New("empty")

func (s *store) try(key string) error {
	if s.n == 0 {
		return errEmpty
	}
	if len(key) > s.n {
		return &fs.PathError{Err: errLocked}
	}
	return nil
}

// unlessLocked counts where the error is errLocked.
func (s *store) unlessLocked(err error) int {
	if !errors.Is(err, errLocked) {
		return 0
	}
	return s.get()
}

// Fine: the function asks of the error what was asked before.
func Passed(s *store, key string) int {
	s.mu.Lock()
	err := s.try(key)
	if errors.Is(err, errLocked) {
		s.mu.Unlock()
		return s.get()
	}
	defer s.mu.Unlock()
	if err != nil {
		return s.unlessLocked(err)
	}
	return s.n
}

// Deadlocks: what was asked before is whether it is another error.
func PassedOther(s *store, key string) int {
	s.mu.Lock()
	err := s.try(key)
	if errors.Is(err, errEmpty) {
		s.mu.Unlock()
		return s.get()
	}
	defer s.mu.Unlock()
	if err != nil {
		return s.unlessLocked(err) // want `\[relock\]`
	}
	return s.n
}

// Fine: the file is asked for once, and the error twice.
func Missing(s *store, name string) int {
	_, err := os.Stat(name)
	if os.IsNotExist(err) {
		s.mu.Lock()
	}
	s.n++
	if os.IsNotExist(err) {
		s.mu.Unlock()
	}
	return s.get()
}

// Deadlocks: two files are asked for.
func MissingOther(s *store, name, other string) int {
	_, err := os.Stat(name)
	if os.IsNotExist(err) {
		s.mu.Lock()
	}
	_, err = os.Stat(other)
	if os.IsNotExist(err) {
		s.mu.Unlock()
	}
	return s.get() // want `\[relock\]`
}
