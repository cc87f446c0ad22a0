package path

import (
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Table interns nodes. It is not safe for concurrent use.
type Table struct {
	nodes   map[key]*Node // those that are in no list of steps and no root of a value
	values  map[ssa.Value]*Node
	funcs   map[*ssa.Function]*Node
	made    int // number of nodes
	symbols map[symbol]int32
	fields  map[fieldID]*Node // a field without parent, for each field of a struct type
	unknown *Node
	closure map[string]*Node
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
	t := &Table{nodes: map[key]*Node{}, values: map[ssa.Value]*Node{}, funcs: map[*ssa.Function]*Node{}, closure: map[string]*Node{}, symbols: map[symbol]int32{{}: 0}, fields: map[fieldID]*Node{}}
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
	made := new(Node) // not &n: most nodes are there already
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

// Unknown returns the node of which nothing is known.
func (t *Table) Unknown() *Node { return t.unknown }

// Param returns the root of parameter i.
func (t *Table) Param(i int) *Node { return t.intern(Node{Kind: Param, Index: i}) }

// Free returns the root of captured variable i.
func (t *Table) Free(i int) *Node { return t.intern(Node{Kind: Free, Index: i}) }

// Result returns the root of result i in a summary.
func (t *Table) Result(i int) *Node { return t.intern(Node{Kind: Result, Index: i}) }

// Fresh returns the root of the i-th object that a summarised function makes.
func (t *Table) Fresh(i int) *Node { return t.FreshOf(i, "") }

// FreshOf is Fresh for an object of the named pointer type, which is empty where
// it is not known.
func (t *Table) FreshOf(i int, typ string) *Node {
	return t.intern(Node{Kind: Fresh, Index: i, Owner: typ})
}

// MadeAt returns the object n that a summarised function makes, made by the call
// at site.
func (t *Table) MadeAt(n *Node, site any) *Node {
	return t.intern(Node{Kind: Fresh, Index: n.Index, Owner: n.Owner, Site: site})
}

// Value returns the root of the SSA value v.
func (t *Table) Value(v ssa.Value) *Node {
	n := t.values[v]
	if n == nil {
		t.made++
		n = &Node{Kind: Value, Site: v, local: true, id: int32(t.made)}
		t.values[v] = n
	}
	return n
}

// Global returns the address of package-level variable g.
func (t *Table) Global(g *ssa.Global) *Node {
	return t.intern(Node{Kind: Global, Name: g.Pkg.Pkg.Path() + "." + g.Name(), Site: g})
}

// GlobalNamed returns the address of the package-level variable with that
// qualified name.
func (t *Table) GlobalNamed(name string) *Node { return t.intern(Node{Kind: Global, Name: name}) }

// Const returns the constant whose exact text is s.
func (t *Table) Const(s string) *Node { return t.intern(Node{Kind: Const, Name: s}) }

const notNil = "not nil"

// NotNil returns a pointer of which nothing else is known than that it is not
// nil. It is not equal to itself.
func (t *Table) NotNil() *Node { return t.Const(notNil) }

// IsNotNil reports whether n is such a pointer.
func (n *Node) IsNotNil() bool { return n.Kind == Const && n.Name == notNil }

// ConstOf returns the root of the SSA constant c. The zero value of a type
// that has nil is nil.
func (t *Table) ConstOf(c *ssa.Const) *Node {
	if c.Value == nil {
		if c.IsNil() {
			return t.Const("nil")
		}
		return t.Const("zero")
	}
	return t.Const(c.Value.ExactString())
}

// Func returns the root of function fn.
func (t *Table) Func(fn *ssa.Function) *Node {
	n := t.funcs[fn]
	if n == nil {
		n = t.intern(Node{Kind: Func, Name: FuncName(fn), Fn: fn})
		t.funcs[fn] = n
	}
	return n
}

// FuncNamed returns the root of the function with that qualified name.
func (t *Table) FuncNamed(name string) *Node { return t.intern(Node{Kind: Func, Name: name}) }

// Field returns the address of field i of the struct that x points to; typ
// is the type of that struct.
func (t *Table) Field(x *Node, typ types.Type, i int) *Node {
	id := fieldID{typ, i}
	f := t.fields[id]
	if f == nil {
		v := typ.Underlying().(*types.Struct).Field(i)
		f = &Node{Owner: OwnerName(typ), Name: v.Name(), Var: v.Origin()}
		f.symbol = t.symbol(f.Name, f.Owner)
		t.fields[id] = f
	}
	return t.FieldOf(x, f)
}

// FieldNamed returns the address of the named field of the struct of type
// owner that x points to.
func (t *Table) FieldNamed(x *Node, owner, name string) *Node {
	return t.intern(Node{Kind: Field, Parent: x, Owner: owner, Name: name})
}

// lengthOf marks the name of the cell that has the length of the slice in a field.
// That changes where the path of the slice does not: append keeps it.
const lengthOf = "#len"

// LengthCell returns the address of a cell that stands for the length of the slice
// in the field at addr, or nil if addr is no field of a declared type.
func (t *Table) LengthCell(addr *Node) *Node {
	if addr.Kind != Field || addr.Index != 0 || addr.Owner == "" {
		return nil
	}
	return t.FieldNamed(addr.Parent, addr.Owner, addr.Name+lengthOf)
}

// LengthClass returns the class of the cell that stands for the length of the slice
// in the field n, or "" if there is none.
func (n *Node) LengthClass() string {
	if n.Kind != Field || n.Index != 0 || n.Owner == "" || n.Var == nil {
		return ""
	}
	if _, ok := n.Var.Type().Underlying().(*types.Slice); !ok {
		return ""
	}
	return n.Class() + lengthOf
}

// Deref returns the content of address x: on entry to the function at hand,
// or, if site is not nil, as it was found there.
func (t *Table) Deref(x *Node, site any) *Node {
	if x.Kind == Field && x.Index == 1 && x.Parent.Kind == Struct {
		if v := x.Parent.fieldValue(x.Name); v != nil {
			return v
		}
	}
	return t.intern(Node{Kind: Deref, Parent: x, Site: site})
}

// Index returns the address of element k of the array or slice x.
func (t *Table) Index(x, k *Node) *Node { return t.intern(Node{Kind: Index, Parent: x, Key: k}) }

// Lookup returns element k of the map x, as it was found at site.
func (t *Table) Lookup(x, k *Node, site any) *Node {
	return t.intern(Node{Kind: Lookup, Parent: x, Key: k, Site: site})
}

// Elem returns the element of container x that is met at site.
func (t *Table) Elem(x *Node, site any) *Node {
	if x.Kind == Elem && x.Site == site {
		return x
	}
	return t.intern(Node{Kind: Elem, Parent: x, Site: site})
}

// Every returns each element of the container x in turn: what holds of it
// holds of any one.
func (t *Table) Every(x *Node) *Node { return t.intern(Node{Kind: Every, Parent: x}) }

// Part returns the sub-slice of x taken at site.
func (t *Table) Part(x *Node, site any) *Node {
	return t.intern(Node{Kind: Part, Parent: x, Site: site})
}

// Capture returns captured variable i of the closure x of function fn. Of
// closures that captured each other, in a chain of unknown length, only the
// first has a path.
func (t *Table) Capture(x *Node, fn string, i int) *Node {
	if x.Kind == Closure && x.Name == fn && i < len(x.Args) {
		return x.Args[i]
	}
	if x.Kind == Closure || x.Kind == Func {
		return t.unknown // another function
	}
	for n := x; n != nil; n = n.Parent {
		if n.Kind == Capture && n.Name == fn && n.Index == i {
			return t.unknown
		}
	}
	return t.intern(Node{Kind: Capture, Parent: x, Name: fn, Index: i})
}

// Extract returns component i of the tuple x.
func (t *Table) Extract(x *Node, i int) *Node {
	return t.intern(Node{Kind: Extract, Parent: x, Index: i})
}

// RLocker returns the Locker of the read side of the RWMutex x. Where x is
// known to be one, it is that.
func (t *Table) RLocker(x *Node) *Node {
	if x.Kind == RLocker {
		return x
	}
	return t.intern(Node{Kind: RLocker, Parent: x})
}

// As returns the function value f as an interface value of the named function
// type owner.
func (t *Table) As(f *Node, owner string) *Node {
	return t.intern(Node{Kind: As, Parent: f, Owner: owner})
}

// Plain returns the function value that n has in an interface, or n itself.
func (n *Node) Plain() *Node {
	if n.Kind == As {
		return n.Parent
	}
	return n
}

// Closure returns the function value of fn (of that name) with its captured
// variables.
func (t *Table) Closure(name string, fn *ssa.Function, caps []*Node) *Node {
	n := t.compound(Node{Kind: Closure, Name: name, Fn: fn, Args: caps})
	if n.Fn == nil {
		n.Fn = fn
	}
	return n
}

// Struct returns the value of struct type typ with the named fields and their
// values, Unknown where one is not known.
func (t *Table) Struct(typ types.Type, fields []string, vals []*Node) *Node {
	return t.compound(Node{Kind: Struct, Owner: OwnerName(typ), Name: strings.Join(fields, ","), Args: vals, Site: typ})
}

// fieldValue returns the value of the named field of the struct value x, or
// nil if it is not known.
func (x *Node) fieldValue(name string) *Node {
	i := 0
	for f := range strings.SplitSeq(x.Name, ",") {
		if f == name {
			if x.Args[i].Kind == Unknown {
				return nil
			}
			return x.Args[i]
		}
		i++
	}
	return nil
}

// Called returns the call of fn, or of its method of that name or key, with
// arguments args; nil where one is not known.
func (t *Table) Called(fn *Node, method string, args []*Node) *Node {
	parts := []*Node{fn}
	for _, a := range args {
		if a == nil {
			a = t.unknown
		}
		parts = append(parts, a)
	}
	return t.compound(Node{Kind: Called, Name: method, Args: parts})
}

// compound interns n, a node with Args. A closure is visible if all that it
// captured is; the fields of a struct value are so one by one.
func (t *Table) compound(n Node) *Node {
	var k strings.Builder
	k.WriteString(strconv.Itoa(int(n.Kind)))
	k.WriteString(n.Owner)
	k.WriteString(n.Name)
	for _, c := range n.Args {
		if c.Kind == Unknown {
			n.local = n.local || n.Kind == Closure
			k.WriteString(" ?")
			continue
		}
		k.WriteByte(' ')
		k.WriteString(strconv.Itoa(c.ID()))
		n.depth = max(n.depth, c.depth+1)
		n.local = n.local || c.local
	}
	if old := t.closure[k.String()]; old != nil {
		return old
	}
	if n.depth > maxDepth {
		return t.unknown
	}
	t.made++
	n.id = int32(t.made)
	t.closure[k.String()] = &n
	return &n
}

// FieldOf returns the field that the address f is of, in the struct that x
// points to.
func (t *Table) FieldOf(x, f *Node) *Node {
	return t.internSymbol(Node{Kind: Field, Parent: x, Owner: f.Owner, Name: f.Name, Var: f.Var, symbol: f.symbol})
}

// Projection returns the place of the same field in the struct value v.
func (t *Table) Projection(v, f *Node) *Node {
	if v.Kind == Deref {
		return t.FieldOf(v.Parent, f)
	}
	return t.internSymbol(Node{Kind: Field, Parent: v, Owner: f.Owner, Name: f.Name, Var: f.Var, Index: 1, symbol: f.symbol})
}

// FreshAt returns the i-th object made by the function called at site.
func (t *Table) FreshAt(i int, site any) *Node {
	return t.intern(Node{Kind: Fresh, Index: i, Site: site})
}

// WithParent returns the step n on another parent.
func (t *Table) WithParent(n, parent *Node) *Node {
	if n.Parent == parent {
		return n
	}
	c := *n
	c.Parent, c.depth = parent, 0
	return t.intern(c)
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
