// Package followed_field holds cases of pointers in fields that have been followed: they are
// not nil.
package followed_field

import "sync"

type conn struct{ n int }

func (c *conn) size() int { return c.n }

func (c *conn) twice() int { return 2 * c.size() }

func (c *conn) sizeIfAny() int {
	if c == nil {
		return 0
	}
	return c.n
}

func (c *conn) tryClose() (err any) {
	defer func() { err = recover() }()
	c.n = 0
	return nil
}

type client struct {
	mu    sync.Mutex
	c, to *conn
	n     int
}

func (c *client) open() {
	if c.c == nil {
		c.mu.Lock()
		c.c = &conn{}
		c.mu.Unlock()
	}
}

// Fine: who reads a field of it has a connection.
func (c *client) Count() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += c.c.n
	c.open()
}

// Fine: so has who calls a method that does.
func (c *client) Size() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += c.c.twice()
	if c.n > 8 {
		c.open()
	}
}

// Deadlocks: another connection was read.
func (c *client) Other() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += c.to.n
	c.open() // want `\[relock\]`
}

// Deadlocks: it is not always read.
func (c *client) Sometimes(all bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if all {
		c.n += c.c.size()
	}
	c.open() // want `\[relock\]`
}

// Deadlocks: the method is one for nil, too.
func (c *client) Nil() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += c.c.sizeIfAny()
	c.open() // want `\[relock\]`
}

// Deadlocks: the method recovers.
func (c *client) Recovers() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.c.tryClose()
	c.open() // want `\[relock\]`
}

// Deadlocks: the connection is gone.
func (c *client) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += c.c.size()
	c.c = nil
	c.open() // want `\[relock\]`
}

// Deadlocks: it is read too late.
func (c *client) Late() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open() // want `\[relock\]`
	c.n += c.c.size()
}
