// Package missing_unlock holds cases of a return with the lock held, followed by another acquisition.
package missing_unlock

import (
	"errors"
	"fmt"
	"sync"
)

// A Store is a store of blobs.
type Store struct {
	mu    sync.RWMutex
	blobs map[string]string
	ro    bool
	puts  int
}

// put forgets to unlock when the store is read-only.
func (s *Store) put(k, v string) error {
	s.mu.Lock()
	if s.ro {
		return errors.New("read-only")
	}
	s.blobs[k] = v
	s.mu.Unlock()
	return nil
}

func (s *Store) get(k string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.blobs[k]
}

// Deadlocks: after an error of put the lock is held.
func (s *Store) Copy(from, to string) string {
	if err := s.put(to, from); err != nil {
		return fmt.Sprint(err, s.get(from)) // want `\[downgrade\]`
	}
	return s.get(to)
}

// Fine: without an error put has unlocked.
func (s *Store) Move(from, to string) string {
	if err := s.put(to, from); err != nil {
		return err.Error()
	}
	return s.get(to)
}

// Deadlocks: the second put finds the lock of the first.
func (s *Store) PutAll(kvs map[string]string) (n int) {
	for k, v := range kvs {
		if err := s.put(k, v); err != nil { // want `\[relock\]`
			n++
		}
	}
	return n
}

// Fine: the loop ends with the first error.
func (s *Store) PutSome(kvs map[string]string) error {
	for k, v := range kvs {
		if err := s.put(k, v); err != nil {
			return err
		}
	}
	return nil
}

// Deadlocks here: one branch forgets to unlock and goes on to the next acquisition.
func (s *Store) Touch(k string) {
	s.mu.Lock()
	if s.ro {
		fmt.Println("read-only")
	} else {
		s.puts++
		s.mu.Unlock()
	}
	s.mu.Lock() // want `\[relock\]`
	s.blobs[k] = ""
	s.mu.Unlock()
}

// first locks and never unlocks.
func (s *Store) first() {
	s.mu.Lock()
	s.puts = 1
}

// second locks and unlocks.
func (s *Store) second() {
	s.mu.Lock()
	s.puts = 2
	s.mu.Unlock()
}

// Deadlocks: the sibling call finds the lock that first has left.
func (s *Store) Both() {
	s.first()
	s.second() // want `\[relock\]`
}

// Fine: the order is the other way round.
func (s *Store) Reverse() {
	s.second()
	s.first()
}

// Deadlocks: the caller's loop comes back to first.
func (s *Store) Loop(n int) {
	for range n {
		s.first() // want `\[relock\]`
	}
}

// Fine: the caller unlocks what first has left.
func (s *Store) Paired(n int) {
	for range n {
		s.first()
		s.mu.Unlock()
	}
	s.second()
}

// size forgets to unlock when the store is empty.
func (s *Store) size() int {
	s.mu.RLock()
	n := len(s.blobs)
	if n == 0 {
		return 0
	}
	s.mu.RUnlock()
	return n
}

// Deadlocks: an empty store stays read-locked, and put wants the write lock.
func (s *Store) Seed() error {
	if s.size() == 0 {
		return s.put("seed", "") // want `\[upgrade\]`
	}
	return nil
}

// Fine: the store is not empty.
func (s *Store) Grow() error {
	if s.size() > 0 {
		return s.put("grow", "")
	}
	return nil
}

// Deadlocks when a writer waits in between: the read lock of an empty store is taken twice.
func (s *Store) Empty() bool {
	return s.size() == 0 && s.get("seed") == "" // want `\[recursive-rlock\]`
}
