// Package singleflight holds cases of functions run by a single-flight group and by an error group.
package singleflight

import (
	"sync"

	"singleflight/errgroup"
	"singleflight/flight"
)

// A Resolver caches names.
type Resolver struct {
	mu    sync.RWMutex
	group flight.Group
	cache map[string]string
}

func (r *Resolver) cached(name string) (string, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	a, ok := r.cache[name]
	return a, ok
}

func (r *Resolver) store(name, addr string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cache[name] = addr
}

// Deadlocks: Do runs the literal in this goroutine, under the read lock.
func (r *Resolver) Lookup(name string) (any, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.group.Do(name, func() (any, error) { r.store(name, "addr"); return "addr", nil }) // want `\[upgrade\]`
}

// Fine: the lock is released before Do.
func (r *Resolver) Get(name string) (any, error) {
	if a, ok := r.cached(name); ok {
		return a, nil
	}
	return r.group.Do(name, func() (any, error) {
		r.store(name, "addr")
		return "addr", nil
	})
}

// Fine: Do runs its function without its own lock, so Do inside Do is no re-entry.
func (r *Resolver) Chain(name, alias string) (any, error) {
	return r.group.Do(alias, func() (any, error) {
		return r.group.Do(name, func() (any, error) { return "addr", nil })
	})
}

// Fine: DoChan runs its function in another goroutine.
func (r *Resolver) Prefetch(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.group.DoChan(name, func() (any, error) { r.store(name, "addr"); return nil, nil })
}

// Fine: the functions of the error group run in other goroutines.
func (r *Resolver) Warm(names []string) error {
	var g errgroup.Group
	r.mu.RLock()
	for _, n := range names {
		g.Go(func() error { r.store(n, ""); return nil })
	}
	r.mu.RUnlock()
	return g.Wait()
}

// Deadlocks: a function of the error group locks twice by itself.
func (r *Resolver) Drop(names []string) error {
	var g errgroup.Group
	g.Go(func() error {
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, n := range names {
			r.store(n, "") // want `\[relock\]`
		}
		return nil
	})
	return g.Wait()
}
