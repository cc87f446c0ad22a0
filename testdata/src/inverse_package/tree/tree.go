// Package tree has nodes that know their tree.
package tree

import "sync"

// A Tree has nodes.
type Tree struct {
	mu    sync.RWMutex
	nodes []*Node
	root  *Node
	size  int
}

// A Node belongs to a tree.
type Node struct {
	tree *Tree
	Name string
}

// New makes a tree with its root.
func New() *Tree {
	t := &Tree{}
	t.root = &Node{tree: t, Name: "root"}
	return t
}

// Add adds a node.
func (t *Tree) Add(name string) *Node {
	n := &Node{tree: t, Name: name}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.nodes = append(t.nodes, n)
	t.size++
	return n
}

// Root returns the root.
func (t *Tree) Root() *Node { return t.root }

// Tree returns the tree of n.
func (n *Node) Tree() *Tree { return n.tree }

// Depth asks the tree.
func (n *Node) Depth() int {
	n.tree.mu.RLock()
	defer n.tree.mu.RUnlock()
	return n.tree.size
}

// Each calls f for each node under the lock.
func (t *Tree) Each(f func(*Node)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, n := range t.nodes {
		f(n)
	}
}

// All returns the nodes.
func (t *Tree) All() []*Node {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return append([]*Node(nil), t.nodes...)
}

// Lock locks t.
func (t *Tree) Lock() { t.mu.Lock() }

// Unlock unlocks t.
func (t *Tree) Unlock() { t.mu.Unlock() }

// A Grove has plants that may move to another grove.
type Grove struct {
	mu     sync.Mutex
	oldest *Plant
	plants []*Plant
	n      int
}

// A Plant stands in a grove.
type Plant struct{ grove *Grove }

// NewGrove makes a grove.
func NewGrove() *Grove {
	g := &Grove{}
	g.oldest = &Plant{grove: g}
	g.plants = append(g.plants, g.oldest)
	return g
}

// Swap breaks the rule: the oldest plant of g is that of o.
func (g *Grove) Swap(o *Grove) { g.oldest = o.oldest }

// Oldest returns the oldest plant.
func (g *Grove) Oldest() *Plant { return g.oldest }

// First returns the first plant.
func (g *Grove) First() *Plant { return g.plants[0] }

// Water waters the plant.
func (p *Plant) Water() {
	p.grove.mu.Lock()
	p.grove.n++
	p.grove.mu.Unlock()
}

// Lock locks g.
func (g *Grove) Lock() { g.mu.Lock() }

// Unlock unlocks g.
func (g *Grove) Unlock() { g.mu.Unlock() }
