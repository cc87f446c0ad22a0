package path

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Table interns nodes. It is not safe for concurrent use.
type Table struct {
	// Named returns the declared type with the qualified name, or nil if it is not
	// known. It may be nil.
	Named func(name string) types.Type

	interfaces map[string]*types.Interface // by their names

	nodes   map[key]*Node // those that are in no list of steps and no root of a value
	values  map[ssa.Value]*Node
	funcs   map[*ssa.Function]*Node
	made    int                 // number of nodes
	labels  map[symbol][]*Label // those of one kind, name and owner; only Var and Fn differ
	fields  map[fieldID]*Label
	blank   [kinds]Label // by kind
	unknown *Node
	closure map[string]*Node
	text    []byte // room for a key of closure
	room    []Node // for nodes to come, which are many and live as long as the table
}

// key tells nodes apart.
type key struct {
	parent, key *Node
	site        any
	index       int
	label       int32 // its number
	kind        Kind
}

// symbol is what the numbers of labels tell apart.
type symbol struct {
	kind        Kind
	name, owner string
}

// fieldID is field i of the struct type typ.
type fieldID struct {
	typ types.Type
	i   int
}

// NewTable returns an empty table.
func NewTable() *Table {
	t := &Table{nodes: map[key]*Node{}, values: map[ssa.Value]*Node{}, funcs: map[*ssa.Function]*Node{}, closure: map[string]*Node{}, labels: map[symbol][]*Label{}, fields: map[fieldID]*Label{}, interfaces: map[string]*types.Interface{}}
	for kind := range t.blank {
		t.blank[kind].number = int32(-kind)
	}
	t.unknown = &Node{Kind: Unknown, local: true, Label: t.label(Unknown, Label{}), Extra: noExtra}
	return t
}

// Len returns the number of nodes made.
func (t *Table) Len() int { return t.made }

// fewSteps is the number of steps from one node that are kept in a list, which
// is faster to search than the map.
const fewSteps = 8

// find returns the node of k, or nil.
func (t *Table) find(k key) *Node {
	if k.parent == nil {
		return t.nodes[k]
	}
	for n := k.parent.steps; n != nil; n = n.next {
		if n.Kind == k.kind && n.number == k.label && n.Index == k.index && n.Key == k.key && n.Site == k.site {
			return n
		}
	}
	if k.parent.count < fewSteps {
		return nil
	}
	return t.nodes[k]
}

// add numbers n, the node of k, and files it.
func (t *Table) add(k key, n *Node) {
	t.enroll(n)
	if p := k.parent; p != nil && p.count < fewSteps {
		n.next, p.steps = p.steps, n
		p.count++
		return
	}
	t.nodes[k] = n
}

// enroll gives n its number.
func (t *Table) enroll(n *Node) {
	t.made++
	n.id = int32(t.made)
}

// label returns the one label of nodes of that kind with the contents of l.
func (t *Table) label(kind Kind, l Label) *Label {
	if l.Name == "" && l.Owner == "" && l.Var == nil && l.Fn == nil {
		return &t.blank[kind]
	}
	y := symbol{kind, l.Name, l.Owner}
	same := t.labels[y]
	for _, old := range same {
		if old.Var == l.Var && old.Fn == l.Fn {
			return old
		}
	}
	made := new(Label) // not &l: most labels are there already
	*made = l
	made.number = int32(len(t.labels)) + 1
	if len(same) > 0 {
		made.number = same[0].number
	}
	t.labels[y] = append(same, made)
	return made
}

// node returns room for a node.
func (t *Table) node() *Node {
	if len(t.room) == 0 {
		t.room = make([]Node, 50)
	}
	n := &t.room[0]
	t.room = t.room[1:]
	return n
}

// intern returns the node that is made of p.
func (t *Table) intern(p Parts) *Node {
	n := Node{Kind: p.Kind, Parent: p.Parent, Key: p.Key, Index: p.Index, Site: p.Site}
	n.Label = t.label(p.Kind, Label{Name: p.Name, Owner: p.Owner, Var: p.Var, Fn: p.Fn})
	return t.labelled(n)
}

// labelled is intern for a node that has its label.
func (t *Table) labelled(n Node) *Node {
	if n.Parent != nil && n.Parent.Kind == Const && (n.Parent.Name == "nil" || n.Parent.Name == notNil) && n.Kind != Binary {
		return t.unknown // no path leads through nil, or through any object
	}
	if n.Parent != nil && n.Parent.Kind == Unknown || n.Key != nil && n.Key.Kind == Unknown {
		return t.unknown
	}
	k := key{n.Parent, n.Key, n.Site, n.Index, n.number, n.Kind}
	if n.Kind == Global || n.Kind == Func || n.Kind == Const {
		k.site = nil
	}
	if old := t.find(k); old != nil {
		old.learn(&n)
		return old
	}
	n.local = n.Kind == Value || n.Site != nil && n.Kind != Global && n.Kind != Const
	for _, p := range [...]*Node{n.Parent, n.Key} {
		if p != nil {
			n.depth = max(n.depth, p.depth+1)
			n.local = n.local || p.local
		}
	}
	if n.depth > maxDepth {
		return t.unknown
	}
	if p := n.Parent; p != nil {
		n.hops, n.winds = p.hops, p.winds || n.Kind == Field && p.passes(n.number)
		if n.Kind == Deref {
			n.hops++
		}
	}
	if n.Extra == nil {
		n.Extra = noExtra
	}
	made := t.node() // not &n: most nodes are there already
	*made = n
	t.add(k, made)
	return made
}

// learn adds what m, the same node, knows of what it stands for.
func (n *Node) learn(m *Node) {
	if n.Var == nil && m.Var != nil || n.Fn == nil && m.Fn != nil {
		n.Label = m.Label
	}
	if n.Site == nil {
		n.Site = m.Site
	}
}

// passes reports whether n or a node on the way to it is the field with that
// number.
func (n *Node) passes(field int32) bool {
	for ; n != nil; n = n.Parent {
		if n.Kind == Field && n.number == field {
			return true
		}
	}
	return false
}

// Restore returns the node that is made of p, as read from a fact.
func (t *Table) Restore(p Parts) *Node {
	switch p.Kind {
	case Unknown:
		return t.unknown
	case Struct, Called, Choice, Asks, Closure:
		return t.compound(p)
	}
	return t.intern(p)
}
