// Package inverse_package holds cases of inverse fields of an imported package, which come as facts.
package inverse_package

import (
	"fmt"

	"inverse_package/tree"
)

// Deadlocks: Each calls the literal with a node of t, whose tree is t.
func Depths(t *tree.Tree) (n int) {
	t.Each(func(x *tree.Node) { n += x.Depth() }) // want `\[downgrade\]`
	return n
}

// Fine: All has unlocked.
func Sum(t *tree.Tree) (n int) {
	for _, x := range t.All() {
		n += x.Depth()
	}
	return n
}

// Deadlocks: the tree of the root of t is t.
func Top(t *tree.Tree) string {
	t.Lock()
	defer t.Unlock()
	return fmt.Sprint(t.Root().Name, t.Root().Depth()) // want `\[downgrade\]`
}

// Deadlocks: from the node to its tree and back.
func Grow(n *tree.Node) {
	t := n.Tree()
	t.Lock()
	defer t.Unlock()
	if n.Depth() > 3 { // want `\[downgrade\]`
		n.Name = "deep"
	}
}

// Fine: the literal asks the root of another tree.
func Compare(t, u *tree.Tree) (n int) {
	t.Each(func(*tree.Node) { n += u.Root().Depth() })
	return n
}

// Fine: a node of any tree.
func Mark(t *tree.Tree, x *tree.Node) {
	t.Lock()
	defer t.Unlock()
	x.Name = fmt.Sprint(x.Depth())
}

// Deadlocks: the new node is one of t.
func Plant(name string) int {
	t := tree.New()
	n := t.Add(name)
	t.Lock()
	defer t.Unlock()
	return n.Depth() // want `\[downgrade\]`
}

// Fine, as far as one can know: the oldest plant may be of another grove.
func Old(g *tree.Grove) {
	g.Lock()
	defer g.Unlock()
	g.Oldest().Water()
}

// Deadlocks: the plants in the list of a new grove are its own.
func New() {
	g := tree.NewGrove()
	g.Lock()
	defer g.Unlock()
	g.First().Water() // want `\[relock\]`
}

// Fine: the first plant of another grove.
func Other(g, o *tree.Grove) {
	g.Lock()
	defer g.Unlock()
	o.First().Water()
}
