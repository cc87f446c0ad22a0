package inverse_map

import "sync"

// A Cache has items, of which everything but the owner changes.
type Cache struct {
	mu    sync.Mutex
	items map[string]*Item
}

// An Item belongs to a cache.
type Item struct {
	cache *Cache
	value any
	data  []byte
	done  func()
	tags  map[string]string
}

// Set adds an item.
func (c *Cache) Set(key string, value any) { c.items[key] = &Item{cache: c, value: value} }

// Update changes what an item has.
func (c *Cache) Update(key string, f func(any) any, data []byte, done func(), tags map[string]string) {
	i := c.items[key]
	i.value, i.data, i.done, i.tags = f(i.value), data, done, tags
}

// Touch locks the cache.
func (i *Item) Touch() {
	i.cache.mu.Lock()
	i.cache.mu.Unlock()
}

// Deadlocks: what is stored in an item is no item.
func (c *Cache) Touch(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[key].Touch() // want `\[relock\]`
}

// A Ring has slots that are linked.
type Ring struct {
	mu    sync.Mutex
	slots map[string]*Slot
}

// A Slot belongs to a ring, and may be followed by one of another ring.
type Slot struct {
	ring *Ring
	next *Slot
}

// Add adds a slot.
func (r *Ring) Add(key string) { r.slots[key] = &Slot{ring: r} }

// Link breaks the rule for slots that follow others.
func (r *Ring) Link(key string, next *Slot) { r.slots[key].next = next }

// Touch locks the ring.
func (s *Slot) Touch() {
	s.ring.mu.Lock()
	s.ring.mu.Unlock()
}

// Fine: the next slot may be one of another ring.
func (r *Ring) TouchNext(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for s := r.slots[key]; s != nil; s = s.next {
		s.Touch()
	}
}
