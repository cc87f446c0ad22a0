// Package cross_generics holds cases of generic types and functions that are instantiated abroad.
package cross_generics

import "cross_generics/box"

// A Stock counts goods.
type Stock struct {
	goods box.Map[string, int]
	price box.Map[string, float64]
}

// Deadlocks: Set locks under the read lock of Range.
func (s *Stock) Clear() {
	s.goods.Range(func(k string, _ int) bool { s.goods.Set(k, 0); return true }) // want `\[upgrade\]`
}

// Deadlocks when a writer waits in between: Get under the read lock of Range.
func (s *Stock) Sum() (n int) {
	s.goods.Range(func(k string, _ int) bool { n += s.goods.Get(k); return true }) // want `\[recursive-rlock\]`
	return n
}

// Fine: Each calls back without the lock.
func (s *Stock) Reset() {
	s.goods.Each(func(k string, _ int) { s.goods.Set(k, 0) })
}

// Fine: price is another map than goods.
func (s *Stock) Value() (v float64) {
	s.goods.Range(func(k string, n int) bool {
		v += s.price.Get(k) * float64(n)
		return true
	})
	return v
}

// Deadlocks: the literal runs under the write lock of Compute.
func (s *Stock) Add(k string) int {
	return box.Compute(&s.goods, k, func(int) int { return s.goods.Get(k) + 1 }) // want `\[downgrade\]`
}

// Fine: the literal uses what it is given.
func (s *Stock) Del(k string) int {
	return box.Compute(&s.goods, k, func(n int) int { return n - 1 })
}

// A Cellar embeds an instance.
type Cellar struct {
	box.Map[int, *Stock]
}

// Deadlocks: the promoted methods of the instance.
func (c *Cellar) Fill(n int) {
	c.Range(func(i int, s *Stock) bool { // want `\[upgrade\]`
		if s == nil {
			c.Set(i, &Stock{})
		}
		return true
	})
}

// Fine: the stock of the cellar has locks of its own.
func (c *Cellar) Empty() {
	c.Range(func(_ int, s *Stock) bool {
		s.Reset()
		return true
	})
}

// Shelf is a generic type over the imported one.
type Shelf[V any] struct {
	byName box.Map[string, V]
	byID   box.Map[int, V]
}

// Deadlocks: for every V.
func (s *Shelf[V]) Touch(k string) {
	box.Compute(&s.byName, k, func(v V) V { s.byName.Set(k, v); return v }) // want `\[relock\]`
}

// Fine: two maps.
func (s *Shelf[V]) Copy(k string, id int) {
	box.Compute(&s.byName, k, func(v V) V { s.byID.Set(id, v); return v })
}

type counting struct{ cache *box.Cache[string, int] }

// Load asks the cache.
func (c *counting) Load(string) int { return c.cache.Len() }

// Deadlocks: the cache calls Load under its lock.
func newCounting() *counting {
	c := &counting{}
	c.cache = box.NewCache[string, int](c) // want `\[relock\]`
	return c
}

type asking struct{ cache, other *box.Cache[string, int] }

// Load asks the other cache.
func (a *asking) Load(string) int { return a.other.Len() }

// Fine: another cache is asked.
func newAsking(other *box.Cache[string, int]) *asking {
	a := &asking{other: other}
	a.cache = box.NewCache[string, int](a)
	return a
}
