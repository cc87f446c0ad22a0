// Package cross_adapters holds cases of iterators that functions of another package adapt.
package cross_adapters

import (
	"iter"
	"sync"

	"cross_adapters/seqs"
)

// A Registry has names.
type Registry struct {
	mu    sync.RWMutex
	names map[string]bool
}

// All yields the names under the read lock.
func (r *Registry) All() iter.Seq[string] {
	return func(yield func(string) bool) {
		r.mu.RLock()
		defer r.mu.RUnlock()
		for n := range r.names {
			if !yield(n) {
				return
			}
		}
	}
}

// List yields a copy of the names.
func (r *Registry) List() iter.Seq[string] {
	return func(yield func(string) bool) {
		r.mu.RLock()
		var names []string
		for n := range r.names {
			names = append(names, n)
		}
		r.mu.RUnlock()
		for _, n := range names {
			if !yield(n) {
				return
			}
		}
	}
}

// Remove removes a name.
func (r *Registry) Remove(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.names, name)
}

func (r *Registry) has(name string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.names[name]
}

func isOld(string) bool { return true }

func name(n string) string { return n }

// Deadlocks: what is filtered is yielded under the read lock.
func (r *Registry) Prune() {
	for n := range seqs.Filter(r.All(), isOld) { // want `\[upgrade\]`
		r.Remove(n)
	}
}

// Deadlocks: by two adapters.
func (r *Registry) PruneRenamed() {
	for n := range seqs.Filter(seqs.Map(r.All(), name), isOld) { // want `\[upgrade\]`
		r.Remove(n)
	}
}

// Deadlocks when a writer waits in between: the filter locks.
func (r *Registry) Count() (c int) {
	for range seqs.Filter(r.All(), r.has) { // want `\[recursive-rlock\]`
		c++
	}
	return c
}

// Fine: List yields without the lock.
func (r *Registry) PruneList() {
	for n := range seqs.Filter(seqs.Map(r.List(), name), r.has) {
		r.Remove(n)
	}
}

// Fine: the names are removed from another registry.
func (r *Registry) PruneOther(o *Registry) {
	for n := range seqs.Filter(r.All(), isOld) {
		o.Remove(n)
	}
}

// Fine: the loop is over when the name is removed.
func (r *Registry) PruneLast() {
	last := ""
	for n := range seqs.Filter(r.All(), isOld) {
		last = n
	}
	r.Remove(last)
}
