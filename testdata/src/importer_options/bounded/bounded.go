// Package bounded is a cache with options, which calls under its lock what they set.
package bounded

import "sync"

type hooks[V any] struct {
	dropped func(V)
	added   func(V)
}

// A Cache tells what it drops.
type Cache[V any] struct {
	mu    sync.Mutex
	list  []V
	max   int
	hooks hooks[V]
}

// An Option changes a new cache.
type Option[V any] func(*Cache[V])

// Max sets the size.
func Max[V any](n int) Option[V] { return func(c *Cache[V]) { c.max = n } }

// OnDrop sets what is called with what is dropped, under the lock.
func OnDrop[V any](f func(V)) Option[V] { return func(c *Cache[V]) { c.hooks.dropped = f } }

// OnAdd sets what is called with what is added, without the lock.
func OnAdd[V any](f func(V)) Option[V] { return func(c *Cache[V]) { c.hooks.added = f } }

// New makes a cache.
func New[V any](opts ...Option[V]) *Cache[V] {
	c := &Cache[V]{max: 1}
	for _, o := range opts {
		o(c)
	}
	return c
}

// Len locks.
func (c *Cache[V]) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.list)
}

// Add adds v.
func (c *Cache[V]) Add(v V) {
	c.mu.Lock()
	c.list = append(c.list, v)
	c.mu.Unlock()
	if c.hooks.added != nil {
		c.hooks.added(v)
	}
}

// Drop drops all.
func (c *Cache[V]) Drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, v := range c.list {
		if c.hooks.dropped != nil {
			c.hooks.dropped(v)
		}
	}
	c.list = nil
}
