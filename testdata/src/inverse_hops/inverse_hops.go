// Package inverse_hops holds cases of back pointers of several fields, and of containers several fields away.
package inverse_hops

import "sync"

// A Server has a hub, by value and by pointer.
type Server struct {
	mu    sync.RWMutex
	hub   Hub
	pool  *Pool
	count int
}

// A Hub has clients.
type Hub struct{ clients []*Client }

// A Client reaches its server through its account.
type Client struct {
	account *Account
	name    string
}

// An Account belongs to a server.
type Account struct {
	srv *Server
	id  int
}

// A Pool belongs to a server and has workers.
type Pool struct {
	srv     *Server
	workers map[int]*Worker
}

// A Worker belongs to a pool.
type Worker struct {
	pool *Pool
	busy bool
}

// NewServer makes a server.
func NewServer() *Server {
	s := &Server{}
	s.pool = &Pool{srv: s, workers: map[int]*Worker{}}
	return s
}

func (s *Server) accept(name string) *Client {
	a := &Account{srv: s, id: s.count}
	c := &Client{account: a, name: name}
	s.hub.clients = append(s.hub.clients, c)
	return c
}

func (p *Pool) hire(id int) {
	p.workers[id] = &Worker{pool: p, busy: id > 0}
}

func (c *Client) close() {
	c.account.srv.mu.Lock()
	defer c.account.srv.mu.Unlock()
	c.account.srv.count--
}

func (w *Worker) load() int {
	s := w.pool.srv
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.count
}

// Deadlocks: each client in s.hub.clients has an account with s.
func (s *Server) Shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.hub.clients {
		c.close() // want `\[relock\]`
	}
}

// Fine: the clients are copied, and closed without the lock.
func (s *Server) Drain() {
	s.mu.Lock()
	cs := append([]*Client(nil), s.hub.clients...)
	s.hub.clients = nil
	s.mu.Unlock()
	for _, c := range cs {
		c.close()
	}
}

// Deadlocks: two rules, one after the other: the worker's pool, the pool's server.
func (s *Server) Balance() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range s.pool.workers {
		n += w.load() // want `\[downgrade\]`
	}
	return n
}

// Deadlocks when a writer waits in between: the worker is looked up.
func (s *Server) Load(id int) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if w := s.pool.workers[id]; w != nil && w.busy {
		return w.load() // want `\[recursive-rlock\]`
	}
	return 0
}

// Fine: the workers of the pool of another server.
func (s *Server) Borrow(from *Server) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range from.pool.workers {
		n += w.load()
	}
	return n
}

// Deadlocks: from the client to its server and to the client itself.
func (c *Client) Kick() {
	s := c.account.srv
	s.mu.RLock()
	defer s.mu.RUnlock()
	if c.name == "" {
		c.close() // want `\[upgrade\]`
	}
}
