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
	made    int // number of nodes
	symbols map[symbol]int32
	fields  map[fieldID]*Node // a field without parent, for each field of a struct type
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
	symbol      int32 // number of the name and owner
	kind        Kind
}

// symbol is the text of a node.
type symbol struct{ name, owner string }

// fieldID is field i of the struct type typ.
type fieldID struct {
	typ types.Type
	i   int
}

// NewTable returns an empty table.
func NewTable() *Table {
	t := &Table{nodes: map[key]*Node{}, values: map[ssa.Value]*Node{}, funcs: map[*ssa.Function]*Node{}, closure: map[string]*Node{}, symbols: map[symbol]int32{{}: 0}, fields: map[fieldID]*Node{}, interfaces: map[string]*types.Interface{}}
	t.unknown = &Node{Kind: Unknown, local: true}
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
		if n.Kind == k.kind && n.symbol == k.symbol && n.Index == k.index && n.Key == k.key && n.Site == k.site {
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
	t.made++
	n.id = int32(t.made)
	if p := k.parent; p != nil && p.count < fewSteps {
		n.next, p.steps = p.steps, n
		p.count++
		return
	}
	t.nodes[k] = n
}

// symbol numbers the texts of nodes.
func (t *Table) symbol(name, owner string) int32 {
	y := symbol{name, owner}
	n, ok := t.symbols[y]
	if !ok {
		n = int32(len(t.symbols))
		t.symbols[y] = n
	}
	return n
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

// intern returns the node that is made of the parts of n.
func (t *Table) intern(n Node) *Node {
	if n.Name != "" || n.Owner != "" {
		n.symbol = t.symbol(n.Name, n.Owner)
	}
	return t.internSymbol(n)
}

// internSymbol is intern for a node whose text has its number.
func (t *Table) internSymbol(n Node) *Node {
	if n.Parent != nil && n.Parent.Kind == Const && (n.Parent.Name == "nil" || n.Parent.Name == notNil) && n.Kind != Binary {
		return t.unknown // no path leads through nil, or through any object
	}
	if n.Parent != nil && n.Parent.Kind == Unknown || n.Key != nil && n.Key.Kind == Unknown {
		return t.unknown
	}
	k := key{n.Parent, n.Key, n.Site, n.Index, n.symbol, n.Kind}
	if n.Kind == Global || n.Kind == Func || n.Kind == Const {
		k.site = nil
	}
	if old := t.find(k); old != nil {
		if old.Var == nil {
			old.Var = n.Var
		}
		if old.Fn == nil {
			old.Fn = n.Fn
		}
		if old.Site == nil {
			old.Site = n.Site
		}
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
	n.hops, n.winds = 0, false
	if p := n.Parent; p != nil {
		n.hops, n.winds = p.hops, p.winds || n.Kind == Field && p.passes(n.symbol)
		if n.Kind == Deref {
			n.hops++
		}
	}
	made := t.node() // not &n: most nodes are there already
	*made = n
	made.classes = nil
	made.steps, made.next, made.count = nil, nil, 0
	t.add(k, made)
	return made
}

// passes reports whether n or a node on the way to it is the field with that
// number.
func (n *Node) passes(field int32) bool {
	for ; n != nil; n = n.Parent {
		if n.Kind == Field && n.symbol == field {
			return true
		}
	}
	return false
}

// Restore returns the node with those parts, as read from a fact.
func (t *Table) Restore(kind Kind, parent, key *Node, args []*Node, index int, name, owner string) *Node {
	switch kind {
	case Unknown:
		return t.unknown
	case Struct, Called:
		return t.compound(Node{Kind: kind, Owner: owner, Name: name, Args: args})
	case Closure:
		return t.Closure(name, nil, args)
	}
	return t.intern(Node{Kind: kind, Parent: parent, Key: key, Index: index, Name: name, Owner: owner})
}
