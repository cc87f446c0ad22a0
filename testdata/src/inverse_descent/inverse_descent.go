// Package inverse_descent holds cases of nodes that a loop or a recursion goes down to from the root of a tree.
package inverse_descent

import "sync"

// A Tree has nodes by their names.
type Tree struct {
	mu   sync.Mutex
	root *Node
	n    int
}

// A Node belongs to a tree.
type Node struct {
	kids map[string]*Node
	tree *Tree
}

// NewTree makes a tree.
func NewTree() *Tree {
	t := &Tree{}
	t.root = &Node{tree: t, kids: map[string]*Node{}}
	return t
}

func (n *Node) add(name string) *Node {
	k := &Node{tree: n.tree, kids: map[string]*Node{}}
	n.kids[name] = k
	return k
}

func (n *Node) drop() {
	n.tree.mu.Lock()
	defer n.tree.mu.Unlock()
	clear(n.kids)
}

func (t *Tree) find(names []string) *Node {
	n := t.root
	for _, name := range names {
		n = n.kids[name]
		if n == nil {
			return nil
		}
	}
	return n
}

func (n *Node) below(names []string) *Node {
	if len(names) == 0 {
		return n
	}
	return n.kids[names[0]].below(names[1:])
}

func (t *Tree) make(names []string) *Node {
	n := t.root
	for _, name := range names {
		next, ok := n.kids[name]
		if !ok {
			next = n.add(name)
		}
		n = next
	}
	return n
}

// Deadlocks: what is found is a node of the tree.
func (t *Tree) Drop(names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := t.find(names); n != nil {
		n.drop() // want `\[relock\]`
	}
}

// Deadlocks: also by recursion.
func (t *Tree) DropBelow(names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.root.below(names).drop() // want `\[relock\]`
}

// Deadlocks: also where the loop is here.
func (t *Tree) DropHere(names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.root
	for len(names) > 0 && n != nil {
		n = n.kids[names[0]]
		names = names[1:]
	}
	n.drop() // want `\[relock\]`
}

// Deadlocks: what is missing is made, as a node of the tree.
func (t *Tree) DropMade(names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.make(names).drop() // want `\[relock\]`
}

// Fine: a node of another tree.
func (t *Tree) DropOther(o *Tree, names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	o.find(names).drop()
	o.root.below(names).drop()
}

// Fine: the loop starts in another tree, or the node is one of another tree later.
func (t *Tree) DropEither(o *Tree, other bool, names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := o.root
	if other {
		n = o.root.kids["x"]
	}
	for _, name := range names {
		n = n.kids[name]
	}
	n.drop()
}

// Fine: found under the lock, dropped without it.
func (t *Tree) DropLater(names []string) {
	t.mu.Lock()
	n := t.find(names)
	t.mu.Unlock()
	n.drop()
}

// A Heap has branches on two sides.
type Heap struct {
	mu  sync.RWMutex
	top *Branch
}

// A Branch belongs to a heap.
type Branch struct {
	heap        *Heap
	left, right *Branch
	key         int
}

func (h *Heap) plant(key int) { h.top = &Branch{heap: h, key: key} }

func (b *Branch) grow(key int) {
	k := &Branch{heap: b.heap, key: key}
	if key < b.key {
		b.left = k
	} else {
		b.right = k
	}
}

func (b *Branch) weigh() int {
	b.heap.mu.RLock()
	defer b.heap.mu.RUnlock()
	return b.key
}

// Deadlocks: the branch that the loop ends at is one of the heap.
func (h *Heap) Weigh(key int) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.top
	for b.key != key {
		if key < b.key {
			b = b.left
		} else {
			b = b.right
		}
	}
	return b.weigh() // want `\[downgrade\]`
}

// A Graft has branches that may come from elsewhere.
type Graft struct {
	mu  sync.Mutex
	top *Twig
}

// A Twig belongs to a graft, as what it was grafted to does not.
type Twig struct {
	graft *Graft
	left  *Twig
}

func (g *Graft) grow() { g.top = &Twig{graft: g} }

func (t *Twig) join(o *Twig) { t.left = o }

func (t *Twig) cut() {
	t.graft.mu.Lock()
	defer t.graft.mu.Unlock()
	t.left = nil
}

// Fine: what the loop finds may be of another graft.
func (g *Graft) Cut(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t := g.top
	for range n {
		t = t.left
	}
	t.cut()
}

// A Queue makes one job in each turn, and runs that of the turn before.
type Queue struct{ n int }

// A Job has a lock by a pointer.
type Job struct{ state *State }

// State has the lock.
type State struct{ mu sync.Mutex }

func newJob() *Job { return &Job{state: &State{}} }

// Fine: the lock that is held is that of the new job.
func (q *Queue) Run(n int) {
	var last *Job
	for range n {
		next := newJob()
		next.state.mu.Lock()
		if last != nil {
			last.state.mu.Lock()
			last.state.mu.Unlock()
		}
		next.state.mu.Unlock()
		last = next
	}
}
