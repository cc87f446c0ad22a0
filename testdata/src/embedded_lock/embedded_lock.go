// Package embedded_lock holds cases of embedded mutexes and the methods they promote.
package embedded_lock

import (
	"fmt"
	"sync"
)

// A Counter embeds its mutex by value.
type Counter struct {
	sync.Mutex
	n map[string]int
}

// Get returns one count.
func (c *Counter) Get(k string) int {
	c.Lock()
	defer c.Unlock()
	return c.n[k]
}

// Deadlocks: Get takes the promoted lock again.
func (c *Counter) Inc(k string) {
	c.Lock()
	defer c.Unlock()
	c.n[k] = c.Get(k) + 1 // want `\[relock\]`
}

// Deadlocks: c.Mutex.Lock and c.Lock are one lock.
func (c *Counter) Del(k string) int {
	c.Mutex.Lock()
	was := c.Get(k) // want `\[relock\]`
	delete(c.n, k)
	c.Mutex.Unlock()
	return was
}

// Fine: released by the long name, then taken by the short one.
func (c *Counter) Zero(k string) int {
	c.Lock()
	c.n[k] = 0
	c.Mutex.Unlock()
	return c.Get(k)
}

// A Cache embeds an RWMutex by pointer.
type Cache struct {
	*sync.RWMutex
	m map[string]string
}

func (c Cache) get(k string) string {
	c.RLock()
	defer c.RUnlock()
	return c.m[k]
}

// Deadlocks when a writer waits in between.
func (c Cache) Render(k string) string {
	c.RLock()
	defer c.RUnlock()
	return fmt.Sprintf("%s=%s", k, c.get(k)) // want `\[recursive-rlock\]`
}

// Deadlocks: a read lock under the write lock.
func (c Cache) Fill(k, v string) {
	c.Lock()
	defer c.Unlock()
	if c.get(k) == "" { // want `\[downgrade\]`
		c.m[k] = v
	}
}

// Fine: read lock, release, write lock.
func (c Cache) Warm(k, v string) {
	if c.get(k) != "" {
		return
	}
	c.Lock()
	defer c.Unlock()
	c.m[k] = v
}

// An Outer embeds a struct that embeds the mutex.
type Outer struct {
	inner
	name string
}

type inner struct {
	sync.RWMutex
	tags []string
}

func (o *Outer) first() string {
	o.inner.RWMutex.RLock()
	defer o.RUnlock()
	if len(o.tags) == 0 {
		return ""
	}
	return o.tags[0]
}

// Deadlocks: two levels of embedding name one lock.
func (o *Outer) Tag(t string) {
	o.Lock()
	defer o.Unlock()
	if o.first() != t { // want `\[downgrade\]`
		o.tags = append(o.tags, t)
	}
}

// Fine: o is unlocked when first is called.
func (o *Outer) Tags() int {
	if o.first() == "" {
		return 0
	}
	o.RLock()
	defer o.RUnlock()
	return len(o.tags)
}

// State has a lock embedded in an anonymous struct.
type State struct {
	jobs struct {
		sync.Mutex
		byID map[int]string
	}
	done struct {
		sync.Mutex
		ids []int
	}
}

func (s *State) job(id int) string {
	s.jobs.Lock()
	defer s.jobs.Unlock()
	return s.jobs.byID[id]
}

// Deadlocks: job locks s.jobs again.
func (s *State) Cancel(id int) {
	s.jobs.Lock()
	defer s.jobs.Unlock()
	if s.job(id) != "" { // want `\[relock\]`
		delete(s.jobs.byID, id)
	}
}

// Fine: s.done and s.jobs are two locks.
func (s *State) Finish(id int) string {
	s.done.Lock()
	defer s.done.Unlock()
	s.done.ids = append(s.done.ids, id)
	return s.job(id)
}
