package sync_locker

import "sync"

type counter struct {
	mu sync.Mutex
	n  int
}

func locking(l sync.Locker) func() { return l.Lock }

// Deadlocks: the function locks what is locked.
func (c *counter) inc() {
	c.mu.Lock()
	defer c.mu.Unlock()
	locking(&c.mu)() // want `then c\.mu\.Lock at .* \[relock\]`
	c.n++
}

// Fine: it locks another counter.
func (c *counter) add(o *counter) {
	c.mu.Lock()
	defer c.mu.Unlock()
	locking(&o.mu)()
	c.n += o.n
	o.mu.Unlock()
}
