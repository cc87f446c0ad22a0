package lookup_by_key

import "sync"

// A Client calls a server with parameters, one of which is a token that it has or gets.
type Client struct {
	mu    sync.Mutex
	log   []any
	token string
}

func forget(list []any) {
	for i := range list {
		list[i] = nil
	}
}

// call gets a token if the caller has passed none. The log may be what is in the map.
func (c *Client) call(p map[string]any) {
	forget(c.log)
	if _, ok := p["token"]; !ok {
		c.get()
	}
}

// Fine: there is a token.
func (c *Client) get() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.call(map[string]any{"token": "*"})
}

// quick does so without the log.
func (c *Client) quick(p map[string]string) {
	if _, ok := p["token"]; !ok {
		c.fetch()
	}
}

func (c *Client) fetch() {
	c.mu.Lock()
	c.token = "new"
	c.mu.Unlock()
}

// Fine: there is a token.
func (c *Client) With() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.quick(map[string]string{"token": "*"})
}

// Deadlocks: there is none.
func (c *Client) Without() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.quick(map[string]string{"name": "*"}) // want `\[relock\]`
}
