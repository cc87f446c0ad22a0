// Package vendored holds cases of locks in a vendored package.
package vendored

import (
	"sync"

	"example.com/lockutil"
)

// A Filter has two sets and a lock.
type Filter struct {
	mu          sync.Mutex
	allow, deny lockutil.Set
	hits        int
}

// Deadlocks: Filter calls the literal under the lock that Has takes.
func (f *Filter) Clean() {
	f.allow.Filter(func(k string) bool { return f.allow.Has(k) }) // want `\[relock\]`
}

// Fine: the other set.
func (f *Filter) Purge() {
	f.allow.Filter(func(k string) bool { return !f.deny.Has(k) })
}

func (f *Filter) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.hits
}

// Deadlocks: Guard holds f.mu while it calls count.
func (f *Filter) Hit() {
	lockutil.Guard(&f.mu, func() { f.hits = f.count() + 1 }) // want `\[relock\]`
}

// Fine: the literal takes no lock.
func (f *Filter) Miss() int {
	lockutil.Guard(&f.mu, func() { f.hits-- })
	return f.count()
}
