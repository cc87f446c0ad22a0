// Package module_interface is called back by objects of another package, by an interface
// that a third one declares.
package module_interface

import (
	"sync"

	"module_interface/runner"
)

// A Client has runners.
type Client struct {
	mu      sync.Mutex
	runners map[string]*runner.Runner
	dead    int
}

// Updated locks.
func (c *Client) Updated(id, status string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.runners, id)
}

// Add adds a runner.
func (c *Client) Add(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.runners[id] = runner.New(id, c)
}

// Deadlocks: the runner tells the client.
func (c *Client) Remove(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r := c.runners[id]; r != nil {
		r.Destroy() // want `\[relock\]`
	}
}

// Fine: the client is not locked any more.
func (c *Client) RemoveLater(id string) {
	c.mu.Lock()
	r := c.runners[id]
	c.mu.Unlock()
	if r != nil {
		r.Destroy()
	}
}

// Fine: the runner is one of another client.
func (c *Client) RemoveFrom(o *Client, id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r := o.runners[id]; r != nil {
		r.Destroy()
	}
}
