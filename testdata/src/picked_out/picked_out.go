// Package picked_out has functions that pick an object out of a container.
package picked_out

import "sync"

// A Hub has connections.
type Hub struct {
	mu    sync.Mutex
	conns map[string]*Conn
}

// A Conn belongs to a hub.
type Conn struct {
	hub  *Hub
	id   string
	dead bool
}

// Add adds a connection.
func (h *Hub) Add(id string) { h.conns[id] = &Conn{hub: h, id: id} }

// Close locks the hub unless the connection is dead.
func (c *Conn) Close() {
	if c.dead {
		return
	}
	c.hub.mu.Lock()
	delete(c.hub.conns, c.id)
	c.hub.mu.Unlock()
}

func (h *Hub) firstDead() *Conn {
	for _, c := range h.conns {
		if c.dead {
			return c
		}
	}
	return nil
}

// Fine: that one is dead.
func (h *Hub) Reap() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c := h.firstDead(); c != nil {
		c.Close()
	}
}

func (h *Hub) allDead() []*Conn {
	var dead []*Conn
	for _, c := range h.conns {
		if c.dead {
			dead = append(dead, c)
		}
	}
	return dead
}

// Fine: all of them are dead.
func (h *Hub) ReapAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.allDead() {
		c.Close()
	}
}

func (h *Hub) take(id string) *Conn {
	c := h.conns[id]
	if c != nil {
		c.dead = true
		delete(h.conns, id)
	}
	return c
}

// Fine: it is dead by now.
func (h *Hub) Kick(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c := h.take(id); c != nil {
		c.Close()
	}
}

func (h *Hub) get(id string) (*Conn, bool) {
	c, ok := h.conns[id]
	return c, ok
}

// Deadlocks: who has looked it up has not asked whether it is dead.
func (h *Hub) CloseOne(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c, ok := h.get(id); ok {
		c.Close() // want `\[relock\]`
	}
}

func (h *Hub) named(prefix string) []*Conn {
	var list []*Conn
	for _, c := range h.conns {
		if c.id > prefix {
			list = append(list, c)
		}
	}
	return list
}

// Deadlocks: so has who picked them by another field.
func (h *Hub) CloseNamed(prefix string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.named(prefix) {
		c.Close() // want `\[relock\]`
	}
}
