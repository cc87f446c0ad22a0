// Package box exports generic types that lock.
package box

import "sync"

// A Map is a map with a lock.
type Map[K comparable, V any] struct {
	mu sync.RWMutex
	m  map[K]V
}

// Get returns one value.
func (m *Map[K, V]) Get(k K) V {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.m[k]
}

// Set stores one value.
func (m *Map[K, V]) Set(k K, v V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.m == nil {
		m.m = map[K]V{}
	}
	m.m[k] = v
}

// Range calls f for each entry under the read lock.
func (m *Map[K, V]) Range(f func(K, V) bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for k, v := range m.m {
		if !f(k, v) {
			return
		}
	}
}

// Each calls f for each entry of a copy.
func (m *Map[K, V]) Each(f func(K, V)) {
	m.mu.RLock()
	c := make(map[K]V, len(m.m))
	for k, v := range m.m {
		c[k] = v
	}
	m.mu.RUnlock()
	for k, v := range c {
		f(k, v)
	}
}

// Compute stores what f makes of the old value, under the lock.
func Compute[K comparable, V any](m *Map[K, V], k K, f func(V) V) V {
	m.mu.Lock()
	defer m.mu.Unlock()
	v := f(m.m[k])
	m.m[k] = v
	return v
}

// A Loader loads what a Cache lacks.
type Loader[K comparable, V any] interface{ Load(K) V }

// A Cache asks its loader under its lock.
type Cache[K comparable, V any] struct {
	mu     sync.Mutex
	m      map[K]V
	loader Loader[K, V]
}

// NewCache makes a cache.
func NewCache[K comparable, V any](l Loader[K, V]) *Cache[K, V] {
	return &Cache[K, V]{m: map[K]V{}, loader: l}
}

// Get loads what is not there.
func (c *Cache[K, V]) Get(k K) V {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.m[k]
	if !ok {
		v = c.loader.Load(k)
		c.m[k] = v
	}
	return v
}

// Len returns the size.
func (c *Cache[K, V]) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.m)
}
