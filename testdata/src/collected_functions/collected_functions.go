// Package collected_functions holds cases of functions that are collected in a local slice, to be
// called in a loop.
package collected_functions

import "sync"

// A Hub has connections that lead back to it.
type Hub struct {
	mu    sync.Mutex
	conns map[int]*conn
	n     int
}

type conn struct {
	hub  *Hub
	dead bool
}

// Join adds a connection.
func (h *Hub) Join(id int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.conns[id] = &conn{hub: h}
}

func (c *conn) close() {
	c.hub.mu.Lock()
	defer c.hub.mu.Unlock()
	c.dead = true
}

func (h *Hub) count() { h.n++ }

func (h *Hub) note() {
	h.mu.Lock()
	h.n++
	h.mu.Unlock()
}

// Deadlocks: what is left to do is done under the lock.
func (h *Hub) Sweep() {
	var todo []func()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.conns {
		if c.dead {
			todo = append(todo, c.close)
		}
	}
	for _, f := range todo {
		f() // want `\[relock\]`
	}
}

// Fine: it is done after the unlock.
func (h *Hub) SweepLater() {
	var todo []func()
	h.mu.Lock()
	for _, c := range h.conns {
		todo = append(todo, c.close)
	}
	h.mu.Unlock()
	for _, f := range todo {
		f()
	}
}

// Fine: the connections of another hub.
func (h *Hub) SweepOther(o *Hub) {
	var todo []func()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range o.conns {
		todo = append(todo, c.close)
	}
	for _, f := range todo {
		f()
	}
}

// Deadlocks: function literals, the last one first.
func (h *Hub) Undo() {
	var undo []func()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.conns {
		undo = append(undo, func() { c.close() })
	}
	for i := len(undo) - 1; i >= 0; i-- {
		undo[i]() // want `\[relock\]`
	}
}

// Deadlocks: one of two.
func (h *Hub) Both(all bool) {
	todo := []func(){h.count}
	if all {
		todo = append(todo, h.note)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, f := range todo {
		f() // want `\[relock\]`
	}
}

// Fine: what is called under the lock does not lock.
func (h *Hub) Either(locked bool) {
	var todo []func()
	if locked {
		todo = append(todo, h.count)
	} else {
		todo = append(todo, h.note)
	}
	if locked {
		h.mu.Lock()
		defer h.mu.Unlock()
	}
	for _, f := range todo {
		f()
	}
}

// Fine: the same in a loop.
func (h *Hub) EitherOfMany(locked bool) {
	var todo []func()
	for range h.n {
		if locked {
			todo = append(todo, h.count)
		} else {
			todo = append(todo, h.note)
		}
	}
	if locked {
		h.mu.Lock()
		defer h.mu.Unlock()
	}
	for _, f := range todo {
		f()
	}
}

func idle() bool

// Fine: by a condition that is not told any more when the functions are called.
func (h *Hub) EitherWhenIdle() {
	var todo []func()
	is := idle()
	for i := range h.n {
		if is {
			todo = append(todo, h.note)
		}
		if i > 7 {
			todo = append(todo, h.count)
		}
	}
	if !is {
		h.mu.Lock()
		defer h.mu.Unlock()
	}
	for _, f := range todo {
		f()
	}
}

// Fine: the functions unlock before they lock.
func (h *Hub) Retake() {
	var todo []func()
	h.mu.Lock()
	todo = append(todo, h.mu.Unlock)
	todo = append(todo, h.note)
	for _, f := range todo {
		f()
	}
}

type closer interface{ Close() }

type linked struct{ h *Hub }

func (l *linked) Close() { l.h.note() }

type free struct{}

func (free) Close() {}

// Deadlocks: one of the objects locks when it is closed.
func (h *Hub) CloseAll() {
	var list []closer
	list = append(list, free{}, &linked{h})
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range list {
		c.Close() // want `\[relock\]`
	}
}

// Fine: that of another hub.
func (h *Hub) CloseOther(o *Hub) {
	var list []closer
	list = append(list, free{}, &linked{o})
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range list {
		c.Close()
	}
}
