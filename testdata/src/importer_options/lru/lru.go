// Package lru is a cache with options, which importers make and pass back.
package lru

// A Cache tells what it drops.
type Cache[K comparable, V any] struct {
	m       map[K]V
	onEvict func(K, V)
	onGrow  func(int)
	max     int
}

// An Option changes a new cache.
type Option[K comparable, V any] func(*Cache[K, V])

// OnEvict sets what is called with what is dropped.
func OnEvict[K comparable, V any](f func(K, V)) Option[K, V] {
	return func(c *Cache[K, V]) { c.onEvict = f }
}

// OnGrow sets what is called when the cache grows. It may be set by SetAll, too.
func OnGrow[K comparable, V any](f func(int)) Option[K, V] {
	o := func(c *Cache[K, V]) { c.onGrow = f }
	last = o
	return o
}

var last any

// SetAll sets what was passed last.
func SetAll[K comparable, V any](c *Cache[K, V]) {
	if o, ok := last.(func(*Cache[K, V])); ok {
		o(c)
	}
}

// Max sets the size.
func Max[K comparable, V any](n int) Option[K, V] {
	return func(c *Cache[K, V]) { c.max = n }
}

// New makes a cache.
func New[K comparable, V any](opts ...Option[K, V]) *Cache[K, V] {
	c := &Cache[K, V]{m: map[K]V{}, max: 1}
	for _, o := range opts {
		o(c)
	}
	return c
}

// Put adds v, and drops something else if the cache is full.
func (c *Cache[K, V]) Put(k K, v V) {
	for k, v := range c.m {
		if len(c.m) < c.max {
			break
		}
		delete(c.m, k)
		if c.onEvict != nil {
			c.onEvict(k, v)
		}
	}
	c.m[k] = v
	if c.onGrow != nil {
		c.onGrow(len(c.m))
	}
}
