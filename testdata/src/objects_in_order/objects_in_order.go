// Package objects_in_order holds cases of objects that one function builds, changes and passes on: what was stored last, and before the call, counts.
package objects_in_order

import "sync"

// A Signal has a callback.
type Signal struct {
	mu sync.Mutex
	cb func()
	n  int
}

// Fire calls back under the lock.
func (s *Signal) Fire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cb != nil {
		s.cb()
	}
}

// Stat takes the lock.
func (s *Signal) Stat() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

// Fine: the callback is taken away before Fire.
func Reset() {
	s := &Signal{}
	s.cb = func() { s.Stat() }
	s.cb = nil
	s.Fire()
}

// Fine: the callback is set after Fire.
func Late() {
	s := &Signal{}
	s.Fire()
	s.cb = func() { s.Stat() }
	s.cb()
}

// A Bell has a callback, too.
type Bell struct {
	mu sync.Mutex
	cb func()
	n  int
}

// Ring calls back under the lock: see Armed.
func (b *Bell) Ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.cb != nil {
		// Deadlocks: the callback is set when Armed calls Ring.
		b.cb() // want `\[relock\]`
	}
}

// Stat takes the lock.
func (b *Bell) Stat() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.n
}

// Deadlocks: the callback is set again before Ring.
func Armed() {
	b := &Bell{}
	b.cb = nil
	b.cb = func() { b.Stat() }
	b.Ring() // want `\[relock\]`
}

// A Node sends to the next one.
type Node struct {
	mu  sync.Mutex
	out *Node
}

// Send sends through the chain.
func (n *Node) Send() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.out != nil {
		// Fine: the only ring is cut before anything is sent.
		n.out.Send()
	}
}

// Cut cuts the ring.
func Cut() {
	a := &Node{}
	b := &Node{out: a}
	a.out = b
	b.out = nil
	a.Send()
}

// A Link sends to the next one.
type Link struct {
	mu  sync.Mutex
	out *Link
}

// Send sends through the chain.
func (l *Link) Send() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.out != nil {
		// Deadlocks: the chain that Ring makes is a ring.
		l.out.Send() // want `\[relock\]`
	}
}

// Ring closes the ring before anything is sent.
func Ring() {
	a := &Link{}
	b := &Link{out: a}
	b.out = nil
	b.out = a
	a.out = b
	a.Send()
}
