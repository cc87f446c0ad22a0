package nil_param

import "sync"

type chained struct {
	mu   sync.Mutex
	next *chained
	ok   bool
}

func (c *chained) both() {
	if c.next.mu.TryLock() {
		c.mu.Lock()
		c.mu.Unlock()
		c.next.mu.Unlock()
	}
}

func (c *chained) whenOK() {
	if c.next.ok {
		c.mu.Lock()
		c.mu.Unlock()
	}
}

// Fine: it panics where there is no next one.
func (c *chained) Last() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.next == nil {
		c.both()
		c.whenOK()
	}
}

// Deadlocks.
func (c *chained) NotLast() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.next != nil {
		c.both()   // want `\[relock\]`
		c.whenOK() // want `\[relock\]`
	}
}
