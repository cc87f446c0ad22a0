// Package option_funcs holds cases of option functions that lock what they are applied to.
package option_funcs

import "sync"

// A Client has settings behind a lock.
type Client struct {
	mu      sync.Mutex
	retries int
	addr    string
}

// An Option changes a client.
type Option func(*Client)

// Retries sets the number of retries under the lock.
func Retries(n int) Option {
	return func(c *Client) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.retries = n
	}
}

// Addr sets the address without a lock.
func Addr(a string) Option {
	return func(c *Client) { c.addr = a }
}

// Apply applies options under the lock.
func (c *Client) Apply(opts ...Option) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, o := range opts {
		o(c)
	}
}

// New applies options to a client that nobody locks.
func New(opts ...Option) *Client {
	c := &Client{}
	for _, o := range opts {
		o(c)
	}
	return c
}

// Deadlocks: Retries locks the client that Apply has locked.
func (c *Client) Retry(n int) {
	c.Apply(Addr("localhost"), Retries(n)) // want `\[relock\]`
}

// Fine: Addr takes no lock.
func (c *Client) Move(a string) {
	c.Apply(Addr(a))
}

// Fine: nothing is locked in New.
func Default() *Client {
	return New(Addr("localhost"), Retries(3))
}

// Deadlocks: the option is applied under the lock, here.
func (c *Client) Reset() {
	o := Retries(0)
	c.mu.Lock()
	defer c.mu.Unlock()
	o(c) // want `\[relock\]`
}

// Fine: the option is applied to another client.
func (c *Client) Copy(to *Client) {
	o := Retries(c.retries)
	c.mu.Lock()
	defer c.mu.Unlock()
	o(to)
}
