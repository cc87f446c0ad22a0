// Package locked_with_object holds cases of a function that returns, with a lock
// held, an object that is used before it releases the lock.
package locked_with_object

import (
	"errors"
	"sync"
)

type Store struct {
	mu   sync.RWMutex
	data map[string]string
	open *Reader
	end  func()
}

type Reader struct {
	mu   sync.Mutex
	s    *Store
	n    int
	done func()
}

func (s *Store) snapshot() *Reader {
	s.mu.RLock()
	return &Reader{s: s}
}

func (s *Store) set(k, v string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data[k] = v
}

func (r *Reader) get(k string) string { return r.s.data[k] }

// has counts what it is asked, and asks another method.
func (r *Reader) has(k string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	return r.get(k) != ""
}

func (r *Reader) close() { r.s.mu.RUnlock() }

// Deadlocks: a reader that was asked for a value is still open.
func (s *Store) Touch(k string) {
	r := s.snapshot()
	defer r.close()
	if r.get(k) == "" {
		s.set(k, "x") // want `\[upgrade\]`
	}
}

// Deadlocks: the lock of the reader is not that of the store.
func (s *Store) TouchCounted(k string) {
	r := s.snapshot()
	defer r.close()
	if !r.has(k) {
		s.set(k, "x") // want `\[upgrade\]`
	}
}

func length(r *Reader) (n int, err error) {
	for k := range r.s.data {
		if r.get(k) == "" {
			return 0, errors.New("empty")
		}
		n++
	}
	return n, nil
}

// Deadlocks: a function that is no method asks the reader.
func (s *Store) Length() {
	r := s.snapshot()
	n, err := length(r)
	if err != nil {
		r.close()
		return
	}
	if n == 0 {
		s.set("a", "x") // want `\[upgrade\]`
	}
	r.close()
}

// Fine: the reader is closed first.
func (s *Store) Closed(k string) {
	r := s.snapshot()
	empty := r.get(k) == ""
	r.close()
	if empty {
		s.set(k, "x")
	}
}

// last closes the reader if there is no more to be read.
func (r *Reader) last(k string) bool {
	if r.get(k) == "" {
		r.close()
		return true
	}
	return false
}

// Fine: the reader has closed itself.
func (s *Store) Last(k string) {
	r := s.snapshot()
	if r.last(k) {
		s.set(k, "x")
		return
	}
	r.close()
}

// keep leaves the reader in its store, for who closes it.
func (r *Reader) keep() bool {
	r.s.open = r
	return r.n > 0
}

// Fine: another goroutine may close the reader that it finds in the store.
func (s *Store) Keep(k string) {
	r := s.snapshot()
	if r.keep() {
		s.set(k, "x")
	}
}

// finish runs what somebody has left in the reader.
func (r *Reader) finish() bool {
	if r.done != nil {
		r.done()
	}
	return r.n > 0
}

// Fine: what finish calls may release the lock.
func (s *Store) Finish(k string) {
	r := s.snapshot()
	r.done = s.end
	if r.finish() {
		s.set(k, "x")
	}
}

// leave closes the reader when another goroutine comes to it.
func (r *Reader) leave() bool {
	go r.close()
	return r.n > 0
}

// Fine: the lock is released by then, or soon will be.
func (s *Store) Leave(k string) {
	r := s.snapshot()
	if r.leave() {
		s.set(k, "x")
	}
}

// cursor returns what leads back to the reader.
func (r *Reader) cursor() func() { return r.close }

// Fine: who has the cursor closes the reader.
func (s *Store) Cursor(k string) {
	r := s.snapshot()
	end := r.cursor()
	end()
	s.set(k, "x")
}
