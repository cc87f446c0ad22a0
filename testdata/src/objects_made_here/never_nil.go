package objects_made_here

import "sync"

// A cache gets its entries when it is opened.
type cache struct {
	mu    sync.Mutex
	first *cacheEntry
}

type cacheEntry struct{ n int }

func (c *cache) open() { c.first = &cacheEntry{} }

func (c *cache) close() { c.first = nil }

func (c *cache) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.first = nil
}

// Fine: it has an entry.
func (c *cache) Open() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open()
	if c.first == nil {
		c.reset()
	}
}

// Deadlocks: it has none.
func (c *cache) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.close()
	if c.first == nil {
		c.reset() // want `\[relock\]`
	}
}
