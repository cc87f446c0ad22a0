package inverse_map

import (
	"io"
	"net"
	"sync"
	"time"
)

// A Cache has items, of which everything but the owner changes.
type Cache struct {
	mu    sync.Mutex
	items map[string]*Item
}

// An Item belongs to a cache.
type Item struct {
	cache *Cache
	value any
	data  []byte
	done  func()
	tags  map[string]string
}

// Set adds an item.
func (c *Cache) Set(key string, value any) { c.items[key] = &Item{cache: c, value: value} }

// Update changes what an item has.
func (c *Cache) Update(key string, f func(any) any, data []byte, done func(), tags map[string]string) {
	i := c.items[key]
	i.value, i.data, i.done, i.tags = f(i.value), data, done, tags
}

// Touch locks the cache.
func (i *Item) Touch() {
	i.cache.mu.Lock()
	i.cache.mu.Unlock()
}

// Deadlocks: what is stored in an item is no item.
func (c *Cache) Touch(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[key].Touch() // want `\[relock\]`
}

// A Ring has slots that are linked.
type Ring struct {
	mu    sync.Mutex
	slots map[string]*Slot
}

// A Slot belongs to a ring, and may be followed by one of another ring.
type Slot struct {
	ring *Ring
	next *Slot
}

// Add adds a slot.
func (r *Ring) Add(key string) { r.slots[key] = &Slot{ring: r} }

// Link breaks the rule for slots that follow others.
func (r *Ring) Link(key string, next *Slot) { r.slots[key].next = next }

// Touch locks the ring.
func (s *Slot) Touch() {
	s.ring.mu.Lock()
	s.ring.mu.Unlock()
}

// Fine: the next slot may be one of another ring.
func (r *Ring) TouchNext(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for s := r.slots[key].next; s != nil; s = s.next {
		s.Touch()
	}
}

// Deadlocks: the slot itself is one of the ring.
func (r *Ring) TouchAll(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for s := r.slots[key]; s != nil; s = s.next {
		s.Touch() // want `\[relock\]`
	}
}

// A Manager has peers.
type Manager struct {
	mu    sync.Mutex
	peers map[string]*Peer
}

// A Peer belongs to a manager, and keeps what happens to it.
type Peer struct {
	manager *Manager
	seen    time.Time
	err     error
	conn    net.Conn
	routes  []Route
	labels  map[string]any
	failed  chan error
	closers []io.Closer
	leader  *Peer
}

// A Route is data.
type Route struct{ prefix string }

// Add adds a peer.
func (m *Manager) Add(name string, conn net.Conn) {
	m.peers[name] = &Peer{manager: m, conn: conn}
}

// Note changes what a peer keeps, none of which is a peer of the manager for that.
func (m *Manager) Note(name string, err error, conn net.Conn, routes []Route, labels map[string]any, leader *Peer) {
	p := m.peers[name]
	p.seen = time.Now()
	p.err = err
	p.conn = conn
	p.routes = routes
	p.labels = labels
	p.failed <- err
	p.closers = append(p.closers, conn)
	p.leader = leader
}

// Close locks the manager.
func (p *Peer) Close() {
	p.manager.mu.Lock()
	delete(p.manager.peers, "")
	p.manager.mu.Unlock()
}

// Deadlocks: every peer is one of the manager.
func (m *Manager) Sweep() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.peers {
		p.Close() // want `\[relock\]`
	}
}

// Fine: who leads the peer may be one of another manager.
func (m *Manager) SweepLeaders() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.peers {
		p.leader.Close()
	}
}
