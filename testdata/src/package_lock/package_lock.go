// Package package_lock holds cases of package-level locks.
package package_lock

import (
	"fmt"
	"log"
	"sync"
)

var (
	mu      sync.Mutex
	drivers = map[string]func() error{}

	stats struct {
		sync.RWMutex
		opened, failed int
	}

	order   = new(sync.RWMutex)
	ordered []string
)

func known(name string) bool {
	mu.Lock()
	defer mu.Unlock()
	_, ok := drivers[name]
	return ok
}

// Deadlocks: known takes the package's lock again.
func Register(name string, open func() error) {
	mu.Lock()
	defer mu.Unlock()
	if known(name) { // want `\[relock\]`
		panic("registered twice: " + name)
	}
	drivers[name] = open
}

// Fine: the lock is released before known.
func Unregister(name string) bool {
	mu.Lock()
	delete(drivers, name)
	mu.Unlock()
	return !known(name)
}

// Opened returns a counter.
func Opened() int {
	stats.RLock()
	defer stats.RUnlock()
	return stats.opened
}

// Deadlocks when a writer waits in between, in the argument of a log call.
func Report() {
	stats.RLock()
	defer stats.RUnlock()
	if stats.opened > stats.failed {
		log.Printf("%d of %d failed", stats.failed, Opened()) // want `\[recursive-rlock\]`
	}
}

// Deadlocks: a read lock under the write lock.
func failed() {
	stats.Lock()
	stats.failed++
	if Opened() == 0 { // want `\[downgrade\]`
		stats.opened++
	}
	stats.Unlock()
}

// Fine: stats and mu are two locks.
func Open(name string) error {
	mu.Lock()
	open := drivers[name]
	if open == nil {
		mu.Unlock()
		failed()
		return fmt.Errorf("no driver %q, %d opened", name, Opened())
	}
	mu.Unlock()
	return open()
}

func sorted() []string {
	order.RLock()
	defer order.RUnlock()
	return ordered
}

// Deadlocks: the package-level pointer is never stored to again.
func Append(name string) []string {
	order.Lock()
	defer order.Unlock()
	ordered = append(ordered, name)
	return sorted() // want `\[downgrade\]`
}

// A Driver locks the package's lock from a method.
type Driver struct{ name string }

// Name returns the name when the driver is registered.
func (d Driver) Name() string {
	mu.Lock()
	defer mu.Unlock()
	if drivers[d.name] == nil {
		return ""
	}
	return d.name
}

// Deadlocks: whatever driver d is, the lock is the package's.
func Describe(ds []Driver) (out []string) {
	mu.Lock()
	defer mu.Unlock()
	for _, d := range ds {
		out = append(out, d.Name()) // want `\[relock\]`
	}
	return out
}

// Fine: here the package's lock is free.
func List(ds []Driver) (out []string) {
	for _, d := range ds {
		out = append(out, d.Name())
	}
	stats.Lock()
	defer stats.Unlock()
	stats.opened++
	return append(out, ds[0].Name())
}

func shadow() bool {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	// Fine: the local mu is another lock than the package's.
	return known("shadow")
}
