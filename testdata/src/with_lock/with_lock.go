// Package with_lock holds cases of functions that run their argument under a lock.
package with_lock

import (
	"fmt"
	"sync"
)

// A Store is a key-value store.
type Store struct {
	mu   sync.RWMutex
	data map[string]string
	puts int
}

func (s *Store) update(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *Store) view(f func(m map[string]string) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return f(s.data)
}

func (s *Store) after(f func()) {
	s.mu.Lock()
	s.puts++
	s.mu.Unlock()
	f()
}

// Get returns one value.
func (s *Store) Get(k string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.data[k]
}

// Put stores one value.
func (s *Store) Put(k, v string) {
	s.update(func() { s.data[k] = v })
}

// Deadlocks: the function runs under the write lock and read-locks.
func (s *Store) Copy(from, to string) {
	s.update(func() { s.data[to] = s.Get(from) }) // want `\[downgrade\]`
}

// Fine: the value is read before.
func (s *Store) Move(from, to string) {
	v := s.Get(from)
	s.update(func() {
		delete(s.data, from)
		s.data[to] = v
	})
}

// Deadlocks when a writer waits in between.
func (s *Store) Check(k string) error {
	return s.view(func(m map[string]string) error { // want `\[recursive-rlock\]`
		if s.Get(k) == "" {
			return fmt.Errorf("%s is missing", k)
		}
		return nil
	})
}

// Deadlocks: update in view asks for the write lock under the read lock.
func (s *Store) Fix(k string) error {
	return s.view(func(m map[string]string) error { // want `\[upgrade\]`
		if m[k] == "" {
			s.Put(k, "default")
		}
		return nil
	})
}

// Deadlocks: the function locks directly.
func (s *Store) Wipe() {
	s.update(func() { s.mu.Lock(); s.data = nil; s.mu.Unlock() }) // want `\[relock\]`
}

// Fine: after calls its function when the lock is free again.
func (s *Store) Log(k string) {
	s.after(func() { fmt.Println(s.Get(k)) })
}

// Fine: the function runs under the lock of s and locks t.
func (s *Store) Merge(t *Store, k string) {
	s.update(func() { s.data[k] = t.Get(k) })
}

func (s *Store) batch(fs ...func()) {
	for _, f := range fs {
		s.update(f)
	}
}

func (s *Store) nested(f func()) { s.update(func() { f() }) }

// Deadlocks: the function is handed on twice before it runs under the lock.
func (s *Store) Deep(k string) {
	s.nested(func() { s.Put(k, "deep") }) // want `\[relock\]`
}

// Fine: the function, handed on twice, takes no lock.
func (s *Store) Shallow(k string) {
	s.nested(func() { s.data[k] = "shallow" })
}

// Deadlocks: a method value runs under the lock.
func (s *Store) First() (v string) {
	s.update(s.count) // want `\[downgrade\]`
	return v
}

func (s *Store) count() {
	s.puts = len(s.Get("puts"))
}

// Fine: the functions of a batch take no lock.
func (s *Store) Init() {
	s.batch(
		func() { s.data["a"] = "1" },
		func() { s.data["b"] = "2" },
	)
}

// Deadlocks: one function of the batch locks.
func (s *Store) Seed() {
	s.batch(func() { s.data["c"] = s.Get("a") }) // want `\[downgrade\]`
}

func (s *Store) locked(lock bool, f func()) {
	if lock {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	f()
}

// Deadlocks: the flag says that the lock is taken around the function.
func (s *Store) Tidy(k string) {
	s.locked(true, func() { fmt.Println(s.Get(k)) }) // want `\[downgrade\]`
}

// Fine: the flag says that the lock is not taken.
func (s *Store) Show(k string) {
	s.locked(false, func() { fmt.Println(s.Get(k)) })
}
