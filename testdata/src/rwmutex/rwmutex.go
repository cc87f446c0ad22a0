// Package rwmutex holds cases of every pair of modes of a sync.RWMutex.
package rwmutex

import (
	"fmt"
	"log"
	"sort"
	"sync"
)

// A Registry maps service names to addresses.
type Registry struct {
	mu    sync.RWMutex
	addrs map[string][]string
	gen   int
}

// Lookup returns the addresses of a service.
func (r *Registry) Lookup(name string) []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.addrs[name]
}

// Len returns the number of services.
func (r *Registry) Len() int {
	r.mu.RLock()
	n := len(r.addrs)
	r.mu.RUnlock()
	return n
}

func (r *Registry) summary() string {
	return fmt.Sprint(r.Len(), " services")
}

// Set stores the addresses of a service.
func (r *Registry) Set(name string, addrs ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.addrs[name] = addrs
	r.gen++
}

// Deadlocks when a writer waits in between: Len read-locks again.
func (r *Registry) Names() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	out := make([]string, 0, r.Len()) // want `\[recursive-rlock\]`
	for n := range r.addrs {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}

// Deadlocks when a writer waits in between: two calls deep, in an argument.
func (r *Registry) Dump() {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for n, a := range r.addrs {
		if len(a) == 0 {
			log.Printf("no address for %s among %s", n, r.summary()) // want `\[recursive-rlock\]`
		}
	}
}

// Deadlocks: Lookup read-locks under the write lock.
func (r *Registry) Remove(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.Lookup(name)) == 0 { // want `\[downgrade\]`
		return
	}
	delete(r.addrs, name)
}

// Deadlocks: Set locks under the read lock.
func (r *Registry) Ensure(name string) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if _, ok := r.addrs[name]; !ok {
		r.Set(name) // want `\[upgrade\]`
	}
}

// Deadlocks: Set locks under the write lock.
func (r *Registry) Merge(m map[string][]string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for n, a := range m {
		r.Set(n, a...) // want `\[relock\]`
	}
}

// Deadlocks: the miss path asks for the write lock with the read lock still held.
func (r *Registry) Resolve(name string) []string {
	r.mu.RLock()
	if a, ok := r.addrs[name]; ok {
		r.mu.RUnlock()
		return a
	}
	r.mu.Lock() // want `\[upgrade\]`
	defer r.mu.Unlock()
	r.addrs[name] = nil
	return nil
}

// Deadlocks: the read lock is asked for before the write lock is released.
func (r *Registry) Bump() int {
	r.mu.Lock()
	r.gen++
	r.mu.RLock() // want `\[downgrade\]`
	r.mu.Unlock()
	defer r.mu.RUnlock()
	return r.gen
}

// Deadlocks when a writer waits in between: two read locks in one function.
func (r *Registry) Gen() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.gen > 0 {
		return r.gen
	}
	r.mu.RLock() // want `\[recursive-rlock\]`
	defer r.mu.RUnlock()
	return len(r.addrs)
}

// Fine: read, release, write, check again.
func (r *Registry) GetOrAdd(name string) []string {
	r.mu.RLock()
	a, ok := r.addrs[name]
	r.mu.RUnlock()
	if ok {
		return a
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if a, ok := r.addrs[name]; ok {
		return a
	}
	r.addrs[name] = nil
	return nil
}

// Fine: the write lock is released before the read lock is taken.
func (r *Registry) Rotate() string {
	r.mu.Lock()
	r.gen++
	r.mu.Unlock()
	r.mu.RLock()
	defer r.mu.RUnlock()
	return fmt.Sprint("generation ", r.gen)
}

// Fine: the read lock is released before Set.
func (r *Registry) Touch(name string) {
	r.mu.RLock()
	a := r.addrs[name]
	r.mu.RUnlock()
	r.Set(name, a...)
}

// Fine: every read lock ends inside the call.
func (r *Registry) Check(names []string) bool {
	for _, n := range names {
		if len(r.Lookup(n)) == 0 {
			return false
		}
	}
	return r.Len() > 0
}

// Fine: src and r are two registries, or at least nothing says that they are one.
func (r *Registry) CopyFrom(src *Registry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, n := range src.list() {
		r.addrs[n] = src.Lookup(n)
	}
}

func (r *Registry) list() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var out []string
	for n := range r.addrs {
		out = append(out, n)
	}
	return out
}
