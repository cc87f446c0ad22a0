// Package app makes caches with options that call back.
package app

import "copied_options/lib"

// A Shelf has caches of another package.
type Shelf struct {
	cache  *lib.Cache
	ring   *lib.Ring
	backup *lib.Cache
	quiet  *lib.Cache
}

// NewShelf makes a shelf.
func NewShelf() *Shelf {
	s := &Shelf{}
	s.cache = lib.New(lib.OnEvict(func(string) { s.cache.Len() }))                // want `\[relock\]`
	s.ring = lib.NewRing(lib.Size(2), lib.OnEvict(func(string) { s.ring.Len() })) // want `\[relock\]`
	return s
}

// NewBackup makes a shelf with two caches.
func NewBackup() *Shelf {
	s := &Shelf{}
	// Fine: the backup asks another cache.
	s.backup = lib.New(lib.OnEvict(func(string) { s.quiet.Len() }))
	// Fine: it is called after the unlock.
	s.quiet = lib.New(lib.OnAdd(func(string) { s.quiet.Len() }))
	return s
}

// Deadlocks: the option that NewShelf has given the cache asks the cache.
func (s *Shelf) Evict(key string) {
	s.cache.Evict(key) // want `\[relock\]`
}

// Deadlocks: the same with a ring.
func (s *Shelf) EvictRing(key string) {
	s.ring.Evict(key) // want `\[relock\]`
}

// Fine: the backup asks another one.
func (s *Shelf) EvictBackup(key string) {
	s.backup.Evict(key)
}

// Fine: called after the unlock.
func (s *Shelf) Add(key string) {
	s.quiet.Add(key)
}
