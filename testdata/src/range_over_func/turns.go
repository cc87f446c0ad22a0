package range_over_func

import "sync"

// A crate is packed under its lock, or with the lock of its packer.
type crate struct {
	mu     sync.Mutex
	parts  []*crate
	sealed bool
}

func (c *crate) each(yield func(*crate) bool) {
	for _, p := range c.parts {
		if !yield(p) {
			return
		}
	}
}

func (c *crate) locked(yield func(*crate) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.parts {
		if !yield(p) {
			return
		}
	}
}

func (c *crate) seal() {
	c.mu.Lock()
	c.sealed = true
	c.mu.Unlock()
}

// Fine: the loop is for what is not light.
func (c *crate) Heavy(light bool) {
	if light {
		return
	}
	for p := range c.each {
		c.mu.Lock()
		if light {
			c.seal()
		}
		p.sealed = true
		c.mu.Unlock()
	}
}

// Deadlocks.
func (c *crate) Light(light bool) {
	if !light {
		return
	}
	for p := range c.each {
		c.mu.Lock()
		if light {
			c.seal() // want `\[relock\]`
		}
		p.sealed = true
		c.mu.Unlock()
	}
}

// Fine: the lock can't be taken in any turn.
func (c *crate) Tried() {
	for p := range c.locked {
		if c.mu.TryLock() {
			c.seal()
			p.sealed = true
			c.mu.Unlock()
		}
	}
}

// Deadlocks.
func (c *crate) TriedEach() {
	for p := range c.each {
		if c.mu.TryLock() {
			c.seal() // want `\[relock\]`
			p.sealed = true
			c.mu.Unlock()
		}
	}
}

// Deadlocks: not in the first turn.
func (c *crate) AllButOne() {
	first := true
	for p := range c.each {
		if !first {
			c.mu.Lock()
			c.seal() // want `\[relock\]`
			p.sealed = true
			c.mu.Unlock()
		}
		first = false
	}
}

func (c *crate) handed(yield func(*crate) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.parts {
		if !yield(p) {
			return
		}
	}
}

// Deadlocks: the first turn has released what the iterator holds.
func (c *crate) Released() {
	for p := range c.handed {
		if !c.mu.TryLock() {
			c.mu.Unlock()
			continue
		}
		c.seal() // want `\[relock\]`
		p.sealed = true
	}
}

// Fine: no path leads to the loop.
func (c *crate) Unreached() {
	return
	for p := range c.each {
		p.mu.Lock()
		p.mu.Lock()
	}
}

func (c *crate) lockedAgain(yield func(*crate) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.parts {
		if !yield(p) {
			return
		}
	}
}

// Fine: the lock can't be taken in any turn, whatever is released then.
func (c *crate) TriedAgain() {
	for range c.lockedAgain {
		if c.mu.TryLock() {
			c.seal()
			c.mu.Unlock()
			c.mu.Unlock()
		}
	}
}
