// Package release_retake holds cases of functions that release their caller's lock and take it again.
package release_retake

import (
	"errors"
	"sync"
)

// A Conn is a connection that reconnects.
type Conn struct {
	mu    sync.Mutex
	state int
	addr  string
}

// State returns the state.
func (c *Conn) State() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

func dial(addr string) error {
	if addr == "" {
		return errors.New("no address")
	}
	return nil
}

// redial is called with the lock held and returns with it held; it dials without it.
func (c *Conn) redial() error {
	addr := c.addr
	c.mu.Unlock()
	err := dial(addr)
	c.mu.Lock()
	return err
}

// Fine: redial takes the lock only after it has released it.
func (c *Conn) Connect() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.redial(); err != nil {
		return err
	}
	c.state = 1
	return nil
}

// Deadlocks: after redial the lock is held again.
func (c *Conn) Reconnect() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.redial() != nil {
		return c.State() // want `\[relock\]`
	}
	return c.state
}

// resetAndUnlock is called with the lock held; it unlocks it and takes it three times more.
func (c *Conn) resetAndUnlock() {
	c.state = 0
	c.mu.Unlock()

	c.mu.Lock()
	addr := c.addr
	c.mu.Unlock()

	if dial(addr) != nil {
		c.mu.Lock()
		c.state = -1
		c.mu.Unlock()
		return
	}
	c.mu.Lock()
	c.state = 1
	c.mu.Unlock()
}

// Fine: the lock is released inside resetAndUnlock, before it is taken there, and it is free here after.
func (c *Conn) Reset() int {
	c.mu.Lock()
	if c.state == 0 {
		c.mu.Unlock()
		return 0
	}
	c.resetAndUnlock()
	return c.State()
}

// notify is called with the lock held; it gives it up while it calls the function.
func (c *Conn) notify(f func(int)) {
	s := c.state
	c.mu.Unlock()
	defer c.mu.Lock()
	f(s)
}

// Fine: the function runs while notify has released the lock.
func (c *Conn) Close(f func(int)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state = 2
	c.notify(func(s int) {
		if c.State() != s {
			f(s)
		}
	})
}

// Deadlocks: the lock is held again after notify.
func (c *Conn) Abort(f func(int)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.notify(f)
	f(c.State()) // want `\[relock\]`
}

// wait is called with the lock held; it returns with the lock released when it fails.
func (c *Conn) wait(n int) bool {
	for c.state != n {
		c.mu.Unlock()
		if dial(c.addr) != nil {
			return false
		}
		c.mu.Lock()
	}
	return true
}

// Fine: false says that the lock is released.
func (c *Conn) Await(n int) int {
	c.mu.Lock()
	if !c.wait(n) {
		return c.State()
	}
	c.mu.Unlock()
	return n
}

// Deadlocks: true says that the lock is held.
func (c *Conn) Until(n int) int {
	c.mu.Lock()
	if c.wait(n) {
		s := c.State() // want `\[relock\]`
		c.mu.Unlock()
		return s
	}
	return 0
}

// Fine: each turn of the loop releases the lock around the work and takes it for the test.
func (c *Conn) Drain(work func()) {
	c.mu.Lock()
	for c.state > 0 {
		c.state--
		c.mu.Unlock()
		work()
		_ = c.State()
		c.mu.Lock()
	}
	c.mu.Unlock()
}

// Deadlocks: the second function releases another connection's lock.
func (c *Conn) Pair(d *Conn) int {
	c.mu.Lock()
	d.mu.Lock()
	_ = d.redial()
	d.mu.Unlock()
	defer c.mu.Unlock()
	return c.State() // want `\[relock\]`
}
