// Package path names the objects of a program by access paths.
//
// A path is a root (parameter, captured variable, package-level variable, SSA
// value, …) followed by steps (field, load, element, captured variable). It
// denotes a value, so the address of a field and the content of that field
// are two paths: x.f is the address, and its Deref the content. Two paths
// that are the same node denote the same value; two different nodes may or
// may not.
//
// Paths are hash-consed in a [Table]: they compare with ==, and sharing keeps
// substitution cheap.
package path

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Kind tells what a node is: a root, a step on its Parent, or an expression.
type Kind uint8

// The kinds of nodes.
const (
	Unknown Kind = iota // a value that nothing is known of; never equal to anything

	// Roots.
	Param  // parameter Index of the function at hand; the receiver is 0
	Free   // captured variable Index of the closure at hand
	Result // result Index of the function at hand; only in summaries
	Arg    // argument Index of the call at hand; only in the locks that are held at it
	Global // address of the package-level variable Name
	Const  // the constant whose exact text is Name
	Func   // the function Name
	Value  // the SSA value Site of the function at hand
	Fresh  // an object that the summarised function made: number Index

	// Steps.
	Field   // address of field Name of the struct that Parent points to
	Deref   // content of the address Parent; at Site where it may have changed since entry
	Index   // address of element Key of the array or slice Parent
	Lookup  // element Key of the map Parent
	Elem    // some element of the container Parent, the one met at Site
	Every   // each element of the container Parent, in turn
	Part    // a sub-slice of Parent, taken at Site
	Capture // captured variable Index of the closure Parent, when it is function Name
	Extract // component Index of the tuple Parent
	RLocker // the Locker for the read side of the RWMutex Parent
	As      // the value Parent in an interface, with the methods of the type Owner: of a function type, or that it was converted to

	// Expressions.
	Closure // function Name with captured Args
	Unary   // operator Name applied to Parent
	Binary  // operator Name applied to Parent and Key
	Verb    // whether the format Parent formats operand Key by its method Name; without one, the verb
	Called  // a call of Args[0] (of its method Name, if that is not empty) with arguments Args[1:]
	Struct  // a value of struct type Owner with fields Name (joined by commas) and their values Args
	Choice  // Args[1] where the boolean Args[0] is true, else Args[2]
	Asks    // what a template with the text Args[0] and the functions Args[1] calls, of its data Args[2]

	kinds // how many there are
)

// Valid reports whether k is one of the kinds.
func (k Kind) Valid() bool { return k < kinds }

// Node is one access path. Nodes are immutable and made by a Table only. There are
// millions of them, so what many share, or few have, is kept aside.
type Node struct {
	Parent *Node
	Key    *Node
	Site   any // an ssa.Value or ssa.Instruction of the function at hand
	Index  int
	*Label
	*Extra

	steps, next *Node // the first nodes made with this one as parent, as a list

	id    int32
	Kind  Kind
	depth uint8
	hops  uint8 // pointers that the path follows
	count uint8 // of steps
	winds bool  // it passes a field more than once
	local bool
}

// Label is what nodes of one kind are told apart by, place and parent aside.
type Label struct {
	Name  string
	Owner string        // Field: the named struct type that has the field; Fresh, Arg: the type, if known
	Var   *types.Var    // Field: the variable, where it is known
	Fn    *ssa.Function // Func, Closure: the function, where it is known

	number int32    // of the kind, name and owner in the table
	class  string   // of the cell that is named like this, or ""
	within []string // the classes of its elements, of their elements, …
}

// Extra is what only some nodes have.
type Extra struct {
	Args []*Node
	own  string // what OwnClass returns, once asked for
}

var noExtra = new(Extra)

// Parts is what a node is made of.
type Parts struct {
	Kind   Kind
	Parent *Node
	Key    *Node
	Args   []*Node
	Index  int
	Name   string
	Owner  string
	Site   any
	Var    *types.Var
	Fn     *ssa.Function
}

// Parts returns what n is made of.
func (n *Node) Parts() Parts {
	return Parts{Kind: n.Kind, Parent: n.Parent, Key: n.Key, Args: n.Args, Index: n.Index, Name: n.Name, Owner: n.Owner, Site: n.Site, Var: n.Var, Fn: n.Fn}
}

// maxDepth bounds the number of nodes on a path. A longer one is Unknown.
const maxDepth = 20

// ID orders nodes of one table by their creation.
func (n *Node) ID() int { return int(n.id) }

// Visible reports whether a caller of the function at hand can name n: no
// part of it is a value of the function's own.
func (n *Node) Visible() bool { return !n.local }

// Bounds on the pointers that a path follows before it is [Node.Remote].
const (
	maxHops      = 5
	maxHopsAgain = 2 // the same for one that passes a field more than once
)

// Remote reports whether n is far from its root. Who calls a function knows of
// the objects that it passes, and of what these refer to, but hardly of what is
// many pointers away; and in structures that refer to themselves there is no end
// to what is.
func (n *Node) Remote() bool { return n.hops > maxHops || n.winds && n.hops > maxHopsAgain }

// Returns reports whether the way to n passes fields of one struct type more than
// once: it may come back to an object that it has left.
func (n *Node) Returns() bool {
	for ; n != nil; n = n.Parent {
		if n.Kind == Field && n.Owner != "" && n.Parent.passesOwner(n.Owner) {
			return true
		}
	}
	return false
}

func (n *Node) passesOwner(owner string) bool {
	for ; n != nil; n = n.Parent {
		if n.Kind == Field && n.Owner == owner {
			return true
		}
	}
	return false
}

// IsRoot reports whether n has no parent.
func (n *Node) IsRoot() bool { return n.Parent == nil }

// Root returns the first node of n.
func (n *Node) Root() *Node {
	for n.Parent != nil {
		n = n.Parent
	}
	return n
}

// Any reports whether pred holds for some node that n is made of.
func (n *Node) Any(pred func(*Node) bool) bool {
	if n == nil {
		return false
	}
	if pred(n) || n.Parent.Any(pred) || n.Key.Any(pred) {
		return true
	}
	for _, a := range n.Args {
		if a.Any(pred) {
			return true
		}
	}
	return false
}

// HasPrefix reports whether p is n or lies on n's chain of parents.
func (n *Node) HasPrefix(p *Node) bool {
	for ; n != nil; n = n.Parent {
		if n == p {
			return true
		}
	}
	return false
}

// Type returns the type of the value that n denotes, or nil where the path
// does not tell.
func (n *Node) Type() types.Type {
	switch n.Kind {
	case Value:
		if v, ok := n.Site.(ssa.Value); ok {
			return v.Type()
		}
	case Field:
		if n.Var != nil {
			return types.NewPointer(n.Var.Type())
		}
	case Deref, Index, Lookup, Elem, Every, Part:
		if t := n.Parent.Type(); t != nil {
			return n.TypeIn(t)
		}
	case Extract:
		if t, ok := n.Parent.Type().(*types.Tuple); ok && n.Index < t.Len() {
			return t.At(n.Index).Type()
		}
	case Struct, Const:
		if t, ok := n.Site.(types.Type); ok {
			return t
		}
	case Closure, Func:
		if n.Fn != nil {
			return n.Fn.Signature
		}
	case Global:
		if g, ok := n.Site.(*ssa.Global); ok {
			return g.Type()
		}
	}
	return nil
}

// TypeIn returns the type of the value that n, a load, an element or a part, denotes if its
// parent is of type t; nil if that does not tell.
func (n *Node) TypeIn(t types.Type) types.Type {
	switch n.Kind {
	case Deref:
		if p, ok := t.Underlying().(*types.Pointer); ok {
			return Content(p.Elem())
		}
	case Index:
		switch t := deref(t).Underlying().(type) {
		case *types.Slice:
			return types.NewPointer(t.Elem())
		case *types.Array:
			return types.NewPointer(t.Elem())
		}
	case Lookup:
		if m, ok := t.Underlying().(*types.Map); ok {
			return m.Elem()
		}
	case Every:
		return elementType(t)
	case Part:
		return t
	}
	return nil
}

// MayBeInterface reports whether n is an interface value, as far as the type of what it is
// read from tells.
func (n *Node) MayBeInterface() bool {
	t := n.Type()
	if n.Kind == Elem && n.Parent.Type() != nil {
		switch c := n.Parent.Type().Underlying().(type) {
		case *types.Slice:
			t = c.Elem()
		case *types.Map: // it may be a key
			return types.IsInterface(c.Key()) || types.IsInterface(c.Elem())
		}
	}
	return t == nil || types.IsInterface(t)
}

// elementType returns the type of the elements of a container of type t, or
// nil. Objects that it holds by value are named by their addresses.
func elementType(t types.Type) types.Type {
	var elem types.Type
	switch t := deref(t).Underlying().(type) {
	case *types.Slice:
		elem = t.Elem()
	case *types.Array:
		elem = t.Elem()
	case *types.Map:
		return t.Elem()
	default:
		return nil
	}
	if isObject(elem) {
		return types.NewPointer(elem)
	}
	return elem
}

// isObject reports whether a variable of type t is an object with parts.
func isObject(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array:
		return true
	}
	return false
}

// IsElement reports whether n is the address of an object that an array or a
// slice holds by value.
func (n *Node) IsElement() bool {
	t := n.Type()
	return n.Kind == Index && t != nil && isObject(deref(t))
}

// Content returns the type of what is loaded from a variable of type t: of an atomic
// variable that is what its method Load returns. It returns nil where that may be of
// any type.
func Content(t types.Type) types.Type {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "sync/atomic" {
		return t
	}
	load, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), false, nil, "Load")
	f, ok := load.(*types.Func)
	if !ok || f.Signature().Results().Len() != 1 {
		return t
	}
	if c := f.Signature().Results().At(0).Type(); !types.IsInterface(c) {
		return c
	}
	return nil
}

func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// String returns the path in a compact form for tests and debugging.
func (n *Node) String() string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}
