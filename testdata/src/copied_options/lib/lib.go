// Package lib has caches that copy what options have set.
package lib

import "sync"

type options struct {
	onEvict func(key string)
	onAdd   func(key string)
	size    int
}

// An Option sets an option.
type Option func(*options)

// OnEvict sets what is called when a key is evicted.
func OnEvict(f func(key string)) Option { return func(o *options) { o.onEvict = f } }

// OnAdd sets what is called when a key is added.
func OnAdd(f func(key string)) Option { return func(o *options) { o.onAdd = f } }

// Size sets the size.
func Size(n int) Option { return func(o *options) { o.size = n } }

// A Cache copies one by one what options have set.
type Cache struct {
	mu      sync.Mutex
	onEvict func(key string)
	onAdd   func(key string)
	keys    map[string]bool
}

// New makes a cache.
func New(opts ...Option) *Cache {
	o := options{size: 10}
	for _, opt := range opts {
		opt(&o)
	}
	if o.onAdd == nil {
		o.onAdd = func(string) {}
	}
	return &Cache{onEvict: o.onEvict, onAdd: o.onAdd, keys: make(map[string]bool, o.size)}
}

// Len counts the keys.
func (c *Cache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.keys)
}

// Evict calls what an option has set, under the lock.
func (c *Cache) Evict(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.keys, key)
	if c.onEvict != nil {
		c.onEvict(key) // want `\[relock\]`
	}
}

// Add calls it after the unlock.
func (c *Cache) Add(key string) {
	c.mu.Lock()
	c.keys[key] = true
	c.mu.Unlock()
	c.onAdd(key)
}

// A Ring keeps all that options have set.
type Ring struct {
	mu   sync.Mutex
	opts options
	keys []string
}

// NewRing makes a ring.
func NewRing(opts ...Option) *Ring {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	return &Ring{opts: o}
}

// Len counts the keys.
func (r *Ring) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.keys)
}

// Evict calls what an option has set, under the lock.
func (r *Ring) Evict(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.opts.onEvict != nil {
		r.opts.onEvict(key) // want `\[relock\]`
	}
}

// Add calls it after the unlock.
func (r *Ring) Add(key string) {
	r.mu.Lock()
	r.keys = append(r.keys, key)
	r.mu.Unlock()
	if r.opts.onAdd != nil {
		r.opts.onAdd(key)
	}
}

// A Shelf has a cache and a ring that ask them back.
type Shelf struct {
	cache *Cache
	ring  *Ring
}

// NewShelf makes a shelf.
func NewShelf() *Shelf {
	s := &Shelf{}
	s.cache = New(OnEvict(func(string) { s.cache.Len() }), OnAdd(func(string) { s.cache.Len() }))
	s.ring = NewRing(OnEvict(func(string) { s.ring.Len() }), OnAdd(func(string) { s.ring.Len() }))
	return s
}

// A Conn writes to another one.
type Conn interface{ Write(text string) }

// A Client has a connection.
type Client struct{ conn Conn }

// NewClient makes a client.
func NewClient() *Client { return &Client{conn: discard{}} }

type discard struct{}

func (discard) Write(string) {}

type counting struct {
	mu sync.Mutex
	Conn
	n int
}

// Fine: c.Conn is the connection that the client had before.
func (c *counting) Write(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	c.Conn.Write(text)
}

// Counted makes a client that counts.
func Counted() *Client {
	client := NewClient()
	c := &counting{Conn: client.conn}
	client.conn = c
	return client
}

// A Mux calls a function.
type Mux struct {
	mu      sync.Mutex
	handler func()
}

// NewMux makes a mux.
func NewMux(handler func()) *Mux { return &Mux{handler: handler} }

type wrapped struct {
	mu   sync.Mutex
	next func()
}

// Fine: w.next is the function that the mux had before.
func (w *wrapped) serve() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.next()
}

// Wrapped makes a mux whose function is wrapped.
func Wrapped() *Mux {
	m := &Mux{handler: func() {}}
	w := &wrapped{next: m.handler}
	m.handler = w.serve
	return m
}
