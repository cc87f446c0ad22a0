// Package inverse_self holds cases of objects that have registered themselves with
// something of their own that calls what is registered.
package inverse_self

import "sync"

type observer interface{ notify(int) }

// A Hub has observers.
type Hub struct{ list []observer }

// Add registers o.
func (h *Hub) Add(o observer) { h.list = append(h.list, o) }

func (h *Hub) tell(n int) {
	for _, o := range h.list {
		o.notify(n)
	}
}

func (h *Hub) tellCopy(n int) {
	list := make([]observer, len(h.list))
	copy(list, h.list)
	for _, o := range list {
		o.notify(n)
	}
}

// A Printer observes, and has no lock.
type Printer struct{ last int }

func (p *Printer) notify(n int) { p.last = n }

// A Cache observes its own hub.
type Cache struct {
	mu  sync.Mutex
	hub Hub
}

// NewCache makes a cache.
func NewCache() *Cache {
	c := &Cache{}
	c.hub.Add(&Printer{})
	c.hub.Add(c)
	return c
}

func (c *Cache) notify(int) {
	c.mu.Lock()
	c.mu.Unlock()
}

// Deadlocks: the only cache in the hub of a cache is itself.
func (c *Cache) Put(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hub.tell(n)     // want `\[relock\]`
	c.hub.tellCopy(n) // want `\[relock\]`
}

// Fine: without the lock.
func (c *Cache) PutLater(n int) {
	c.mu.Lock()
	c.mu.Unlock()
	c.hub.tell(n)
}

// Fine: the hub of another one.
func (c *Cache) PutOther(o *Cache, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	o.hub.tell(n)
}

// A Server is its own handler.
type Server struct {
	mu      sync.Mutex
	handler observer
}

// NewServer makes a server.
func NewServer() *Server {
	s := &Server{}
	s.handler = s
	return s
}

func (s *Server) notify(int) {
	s.mu.Lock()
	s.mu.Unlock()
}

// Deadlocks.
func (s *Server) Serve(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.handler.notify(n) // want `\[relock\]`
}

// A Set has observers as the keys of a map.
type Set struct {
	mu   sync.Mutex
	subs map[observer]bool
}

// NewSet makes a set.
func NewSet() *Set {
	s := &Set{subs: map[observer]bool{}}
	s.subs[s] = true
	return s
}

func (s *Set) notify(int) {
	s.mu.Lock()
	s.mu.Unlock()
}

// Deadlocks.
func (s *Set) Tell(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for o := range s.subs {
		o.notify(n) // want `\[relock\]`
	}
}

// Fine: it leaves out itself.
func (s *Set) TellOthers(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for o := range s.subs {
		if o != observer(s) {
			o.notify(n)
		}
	}
}

// A Replica observes other ones.
type Replica struct {
	mu   sync.Mutex
	list []observer
}

// NewReplica makes a replica of o.
func NewReplica(o *Replica) *Replica {
	r := &Replica{}
	r.list = append(r.list, r)
	o.list = append(o.list, r)
	return r
}

func (r *Replica) notify(int) {
	r.mu.Lock()
	r.mu.Unlock()
}

// Fine, as far as one can know: the replicas in its list are others, too.
func (r *Replica) Put(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, o := range r.list {
		o.notify(n)
	}
}

// A Stage has the next one, which may be anything.
type Stage struct {
	mu   sync.Mutex
	next observer
}

// NewStage makes a stage before next.
func NewStage(next observer) *Stage {
	s := &Stage{next: next}
	if next == nil {
		s.next = s
	}
	return s
}

func (s *Stage) notify(n int) {
	s.mu.Lock()
	s.mu.Unlock()
}

// Fine, as far as one can know.
func (s *Stage) Pass(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next.notify(n)
}

// A Node is one of its own peers, which it gathers.
type Node struct {
	mu    sync.Mutex
	peers []observer
	named map[string]observer
}

// NewNode makes a node.
func NewNode(name string) *Node {
	n := &Node{named: map[string]observer{}}
	n.peers = append(n.peers, n)
	n.named[name] = n
	return n
}

func (n *Node) notify(int) {
	n.mu.Lock()
	n.mu.Unlock()
}

func (n *Node) tellOthers(v int) {
	var list []observer
	for _, o := range n.peers {
		if o != observer(n) {
			list = append(list, o)
		}
	}
	for _, o := range list {
		o.notify(v)
	}
}

func (n *Node) tellAll(v int) {
	var list []observer
	for _, o := range n.peers {
		list = append(list, o)
	}
	for _, o := range list {
		o.notify(v)
	}
}

// Fine: it leaves out itself.
func (n *Node) TellOthers(v int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.tellOthers(v)
}

// Deadlocks.
func (n *Node) TellAll(v int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.tellAll(v) // want `\[relock\]`
}

// Fine, as far as one can know: it may be another one.
func (n *Node) TellOne(name string, v int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if o := n.named[name]; o != nil {
		o.notify(v)
	}
}

// Fine: it is the first of them.
func (n *Node) TellRest(v int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, o := range n.peers[1:] {
		o.notify(v)
	}
}

// Fine: it has another name.
func (n *Node) TellNamed(self string, v int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for name, o := range n.named {
		if name != self {
			o.notify(v)
		}
	}
}

func (h *Hub) tellExcept(n int, except observer) {
	list := make([]observer, len(h.list))
	copy(list, h.list)
	for _, o := range list {
		if o != except {
			o.notify(n)
		}
	}
}

// Fine: it has itself left out.
func (c *Cache) PutQuietly(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hub.tellExcept(n, c)
}
