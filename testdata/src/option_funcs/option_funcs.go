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

// A Limit calls what its options have set.
type Limit struct {
	mu             sync.Mutex
	onDrop, onPass func()
	left           int
}

// NewLimit makes a limit.
func NewLimit(opts ...func(*Limit)) *Limit {
	l := &Limit{}
	for _, o := range opts {
		o(l)
	}
	return l
}

func (l *Limit) take() {
	l.mu.Lock()
	l.left--
	l.mu.Unlock()
}

type stats struct{ lim *Limit }

func (s *stats) drop() { s.lim.take() }

// counted gives the statistics their limit.
func counted(s *stats) func(*Limit) {
	return func(l *Limit) {
		s.lim = l
		l.onDrop = s.drop
	}
}

// NewCounted makes a limit with statistics.
func NewCounted() *Limit { return NewLimit(counted(&stats{})) }

// Deadlocks: the statistics belong to this limit.
func (l *Limit) Drop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.onDrop() // want `\[relock\]`
}

type flow struct{ lim *Limit }

func (f *flow) pass() { f.lim.take() }

func flowing(f *flow) func(*Limit) {
	return func(l *Limit) {
		f.lim = l
		l.onPass = f.pass
	}
}

// NewTwo makes two limits with one flow, which belongs to the second.
func NewTwo() (*Limit, *Limit) {
	f := &flow{}
	return NewLimit(flowing(f)), NewLimit(flowing(f))
}

// Fine, as far as one can know: the flow may belong to another limit.
func (l *Limit) Pass() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.onPass()
}
