// Package generic_types holds cases of locks inside generic types.
package generic_types

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
)

// A Cache is a map with a lock.
type Cache[K comparable, V any] struct {
	mu sync.RWMutex
	m  map[K]V
}

// Get returns one entry.
func (c *Cache[K, V]) Get(k K) (V, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok := c.m[k]
	return v, ok
}

// Len returns the number of entries.
func (c *Cache[K, V]) Len() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.m)
}

// Deadlocks: Get read-locks under the write lock, for every K and V.
func (c *Cache[K, V]) GetOrSet(k K, make func() V) V {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.Get(k); ok { // want `\[downgrade\]`
		return v
	}
	v := make()
	c.m[k] = v
	return v
}

// Deadlocks when a writer waits in between.
func (c *Cache[K, V]) Keys() []K {
	c.mu.RLock()
	defer c.mu.RUnlock()
	out := make([]K, 0, c.Len()) // want `\[recursive-rlock\]`
	for k := range c.m {
		out = append(out, k)
	}
	return out
}

// Fine: the read lock is over before the write lock.
func (c *Cache[K, V]) Replace(k K, v V) bool {
	if _, ok := c.Get(k); !ok {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k] = v
	return true
}

// A Guarded value is one value with its lock.
type Guarded[T any] struct {
	mu sync.Mutex
	v  T
}

// Load returns the value.
func (g *Guarded[T]) Load() T {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.v
}

// Do calls f with the value, under the lock.
func (g *Guarded[T]) Do(f func(*T)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f(&g.v)
}

// A Pool hands out numbers.
type Pool struct {
	free  Guarded[[]int]
	taken Guarded[map[int]bool]
	users Cache[string, int]
}

// Deadlocks: the function runs under p.free's lock and loads p.free.
func (p *Pool) Take() (n int) {
	p.free.Do(func(f *[]int) { n = len(p.free.Load()) }) // want `\[relock\]`
	return n
}

// Fine: p.taken is another value than p.free.
func (p *Pool) Give(n int) {
	p.free.Do(func(f *[]int) {
		if !p.taken.Load()[n] {
			*f = append(*f, n)
		}
	})
}

// Fine: users is another lock, and it is free again after each call.
func (p *Pool) Users() string {
	return fmt.Sprint(p.users.Len(), p.users.Keys())
}

// Max returns the largest value of a guarded slice.
func Max[T cmp.Ordered](g *Guarded[[]T]) T {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Max(g.v)
}

// Deadlocks: Max[int] locks the value that Do holds.
func (p *Pool) Top() (n int) {
	p.free.Do(func(*[]int) { n = Max(&p.free) }) // want `\[relock\]`
	return n
}

// Sum adds up a guarded slice.
func Sum[T int | float64](g *Guarded[[]T]) (s T) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, v := range g.v {
		s += v
	}
	if s > 0 {
		// Deadlocks: a generic function that calls another with the same argument.
		s -= Max(g) // want `\[relock\]`
	}
	return s
}

// Fine: two guarded values.
func Both[T int | float64](a, b *Guarded[[]T]) T {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.v[0] + Max(b)
}

// A Tree is a generic tree with one lock per node.
type Tree[K cmp.Ordered] struct {
	mu          sync.Mutex
	key         K
	left, right *Tree[K]
}

// Fine: a node and its child have different locks.
func (t *Tree[K]) Has(k K) bool {
	if t == nil {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	switch c := cmp.Compare(k, t.key); {
	case c < 0:
		return t.left.Has(k)
	case c > 0:
		return t.right.Has(k)
	}
	return true
}

// Deadlocks: Has locks the node itself.
func (t *Tree[K]) SetKey(k K) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.Has(k) { // want `\[relock\]`
		t.key = k
	}
}
