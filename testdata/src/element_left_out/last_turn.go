package element_left_out

import "sync"

// A cache evicts handles, which lock it when they are closed.
type cache struct {
	mu      sync.Mutex
	handles map[int]*handle
	list    []*handle
}

type handle struct {
	of     *cache
	refs   int
	pinned bool
}

func (c *cache) add(id int) {
	h := &handle{of: c, refs: 1}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.handles[id] = h
	c.list = append(c.list, h)
}

func (h *handle) close() {
	if h.pinned {
		return
	}
	h.of.mu.Lock()
	defer h.of.mu.Unlock()
	h.refs--
}

// Deadlocks: a handle with one reference is closed, the first that there is.
func (c *cache) evictOne() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range c.handles {
		if h.refs == 1 {
			h.close() // want `\[relock\]`
			return true
		}
	}
	return false
}

// Deadlocks: so are all that have one.
func (c *cache) evictAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range c.list {
		if h.refs == 1 {
			h.close() // want `\[relock\]`
		}
	}
}

// Fine: only pinned handles are closed, which do not lock.
func (c *cache) evictPinned() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range c.handles {
		if h.pinned {
			h.close()
			break
		}
	}
}

// Fine: which of the handles is another one is not understood.
func (c *cache) evictOther(keep *handle) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range c.handles {
		if h.refs == 1 {
			if h != keep {
				h.close()
			}
			break
		}
	}
}
