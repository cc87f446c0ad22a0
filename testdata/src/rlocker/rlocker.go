// Package rlocker holds cases of RWMutex.RLocker: its Lock is an RLock.
package rlocker

import "sync"

// A Catalog is a list of titles.
type Catalog struct {
	mu     sync.RWMutex
	titles []string
}

func (c *Catalog) count() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.titles)
}

func (c *Catalog) add(t string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.titles = append(c.titles, t)
}

// Deadlocks when a writer waits in between: RLocker().Lock is a read lock.
func (c *Catalog) First() string {
	l := c.mu.RLocker()
	l.Lock()
	defer l.Unlock()
	if c.count() == 0 { // want `\[recursive-rlock\]`
		return ""
	}
	return c.titles[0]
}

// Deadlocks: the write lock under RLocker's read lock.
func (c *Catalog) Seed() {
	c.mu.RLocker().Lock()
	defer c.mu.RLocker().Unlock()
	if len(c.titles) == 0 {
		c.add("untitled") // want `\[upgrade\]`
	}
}

// Deadlocks: RLocker's read lock under the write lock.
func (c *Catalog) Swap(t []string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	old := c.titles
	c.titles = t
	each(c.mu.RLocker(), old) // want `\[downgrade\]`
	return old
}

func each(l sync.Locker, ts []string) {
	for range ts {
		l.Lock()
		l.Unlock()
	}
}

// Deadlocks when a writer waits in between: each read-locks what is read-locked.
func (c *Catalog) Visit() {
	c.mu.RLock()
	defer c.mu.RUnlock()
	each(c.mu.RLocker(), c.titles) // want `\[recursive-rlock\]`
}

// Fine: nothing is held when each is called.
func (c *Catalog) Warm(ts []string) {
	each(c.mu.RLocker(), ts)
}

// Fine: the read lock taken by RLocker is released by RUnlock.
func (c *Catalog) Put(t string) {
	c.mu.RLocker().Lock()
	n := len(c.titles)
	c.mu.RUnlock()
	if n < 10 {
		c.add(t)
	}
}

// Fine: the other catalog's read lock.
func (c *Catalog) Import(from *Catalog) {
	c.mu.Lock()
	defer c.mu.Unlock()
	each(from.mu.RLocker(), from.titles)
}
