// Package inverse_recursion holds cases of functions that call themselves and connect objects.
package inverse_recursion

import "sync"

// A Tree has nodes that know it.
type Tree struct {
	mu   sync.Mutex
	root *node
	size int
}

type node struct {
	t    *Tree
	kids []*node
}

func (n *node) drop() {
	n.t.mu.Lock()
	n.t.size--
	n.t.mu.Unlock()
}

func (n *node) grow(depth int) {
	if depth == 0 {
		return
	}
	k := &node{t: n.t}
	k.grow(depth - 1)
	n.kids = append(n.kids, k)
}

// NewTree makes a tree.
func NewTree() *Tree {
	t := &Tree{}
	t.root = &node{t: t}
	t.root.grow(3)
	return t
}

// Deadlocks: all nodes are of the tree.
func (t *Tree) Clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range t.root.kids {
		k.drop() // want `\[relock\]`
	}
}

// A Bush grows twigs that are of two bushes in turn.
type Bush struct {
	mu   sync.Mutex
	root *twig
	size int
}

type twig struct {
	b    *Bush
	kids []*twig
}

func (t *twig) drop() {
	t.b.mu.Lock()
	t.b.size--
	t.b.mu.Unlock()
}

func (t *twig) sprout(b, other *Bush, depth int) {
	if depth == 0 {
		return
	}
	k := &twig{b: b}
	t.kids = append(t.kids, k)
	t.sprout(other, b, depth-1)
}

// NewBush makes a bush.
func NewBush(other *Bush) *Bush {
	b := &Bush{}
	b.root = &twig{b: b}
	b.root.sprout(b, other, 3)
	return b
}

// Fine, as far as one can know: every second twig is of another bush.
func (b *Bush) Clear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, k := range b.root.kids {
		k.drop()
	}
}

// A Loop runs what is put off; that may put itself off again.
type Loop struct {
	mu    sync.Mutex
	next  *Loop
	later []func()
}

func (l *Loop) after(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.later = append(l.later, f)
}

func (l *Loop) ping() { l.after(l.ping) }

// Ping starts pinging.
func (l *Loop) Ping() { l.after(l.ping) }

// Deadlocks: ping puts itself off.
func (l *Loop) Run() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range l.later {
		f() // want `\[relock\]`
	}
}

// A Ring is a Loop that puts things off to the next one.
type Ring struct {
	mu    sync.Mutex
	next  *Ring
	later []func()
}

func (r *Ring) after(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.later = append(r.later, f)
}

func (r *Ring) ping() { r.after(r.ping) }

// Ping makes the next ring ping.
func (r *Ring) Ping() { r.next.after(r.ping) }

// Fine, as far as one can know: the function is that of another ring.
func (r *Ring) Run() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range r.later {
		f()
	}
}
