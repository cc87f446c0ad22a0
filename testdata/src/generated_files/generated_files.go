// Package generated_files holds cases in a file that says that it is generated.
package generated_files

import "sync"

// A Client calls a server.
type Client struct {
	mu    sync.Mutex
	calls int
}

func (c *Client) seq() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.calls
}
