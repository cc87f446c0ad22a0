// Package store holds its lock while it calls hooks that importers set without one.
package store

import "sync"

// A Disk keeps what is in a store.
type Disk interface{ Save(n int) }

// A Watcher is told of the store that changed.
type Watcher interface{ Changed(*Store) }

// Options are set by importers.
type Options struct {
	OnFull  func()
	OnEmpty func()
	Limits  *Limits
}

// Limits are options behind a pointer.
type Limits struct{ OnLimit func() }

// A Store calls all its hooks under mu, but for those that say otherwise.
type Store struct {
	mu       sync.Mutex
	disk     Disk
	hooks    []func()
	owned    []func(*Store)
	watchers []Watcher
	after    func()
	opts     Options
	n        int

	On    func(*Store)
	Named map[string]func()
	Later func()
}

// New makes a store with a hook.
func New(f func()) *Store { return &Store{hooks: []func(){f}} }

// Open makes a store with options.
func Open(o Options) (*Store, error) { return &Store{opts: o}, nil }

// SetDisk sets the disk, without the lock.
func (s *Store) SetDisk(d Disk) { s.disk = d }

// Hook adds a hook, without the lock.
func (s *Store) Hook(f func()) { s.hooks = append(s.hooks, f) }

// Owned adds a hook that is passed the store.
func (s *Store) Owned(f func(*Store)) { s.owned = append(s.owned, f) }

// Watch adds a watcher under the lock.
func (s *Store) Watch(w Watcher) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watchers = append(s.watchers, w)
}

// After sets what is called without the lock.
func (s *Store) After(f func()) { s.after = f }

// Now calls f without the lock, and keeps nothing.
func (s *Store) Now(f func()) { f() }

// Len returns the size.
func (s *Store) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

// Put adds something.
func (s *Store) Put() {
	s.mu.Lock()
	s.n++
	s.disk.Save(s.n)
	for _, f := range s.hooks {
		f()
	}
	s.tell()
	if s.On != nil {
		s.On(s)
	}
	s.Named["put"]()
	s.opts.OnFull()
	if l := s.opts.Limits; l != nil {
		l.OnLimit()
	}
	s.mu.Unlock()
	s.after()
	s.opts.OnEmpty()
	s.Later()
}

// tell is called under the lock.
func (s *Store) tell() {
	for _, f := range s.owned {
		f(s)
	}
	for _, w := range s.watchers {
		w.Changed(s)
	}
}
