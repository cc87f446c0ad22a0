package path

import "golang.org/x/tools/go/ssa"

// Unknown returns the node of which nothing is known.
func (t *Table) Unknown() *Node { return t.unknown }

// Param returns the root of parameter i.
func (t *Table) Param(i int) *Node { return t.intern(Parts{Kind: Param, Index: i}) }

// Free returns the root of captured variable i.
func (t *Table) Free(i int) *Node { return t.intern(Parts{Kind: Free, Index: i}) }

// Result returns the root of result i in a summary.
func (t *Table) Result(i int) *Node { return t.intern(Parts{Kind: Result, Index: i}) }

// Arg returns the root of argument i in what a summary says of a call. It is of the named
// pointer type, which is empty where it is not known.
func (t *Table) Arg(i int, typ string) *Node { return t.intern(Parts{Kind: Arg, Index: i, Owner: typ}) }

// ArgAt returns what is the argument n, of a call that is so many calls away, where the
// function that makes it is called at site.
func (t *Table) ArgAt(n *Node, away int, site any) *Node {
	return t.intern(Parts{Kind: Arg, Index: n.Index + away<<8, Owner: n.Owner, Site: site})
}

// Fresh returns the root of the i-th object that a summarised function makes.
func (t *Table) Fresh(i int) *Node { return t.FreshOf(i, "") }

// FreshOf is Fresh for an object of the named pointer type, which is empty where
// it is not known.
func (t *Table) FreshOf(i int, typ string) *Node {
	return t.intern(Parts{Kind: Fresh, Index: i, Owner: typ})
}

// Whole is the bit in the number of a Fresh object which tells that all flags,
// numbers and strings that have been stored to it are known: the rest is zero.
const Whole = 4

// MadeAt returns the object n that a summarised function makes, where the call at site
// leads to it by so many other calls.
func (t *Table) MadeAt(n *Node, away int, site any) *Node {
	return t.intern(Parts{Kind: Fresh, Index: n.Index + away<<madeAway, Owner: n.Owner, Site: site})
}

// madeAway is the bit from which on the number of a Fresh object tells how many calls away
// it was made.
const madeAway = 56

// MadeNumber returns the number of the Fresh object n in the function that made it.
func (n *Node) MadeNumber() int { return n.Index & (1<<madeAway - 1) }

// Value returns the root of the SSA value v.
func (t *Table) Value(v ssa.Value) *Node {
	n := t.values[v]
	if n == nil {
		n = t.node()
		*n = Node{Kind: Value, Site: v, local: true, Label: &t.blank[Value], Extra: noExtra}
		t.enroll(n)
		t.values[v] = n
	}
	return n
}

// Global returns the address of package-level variable g.
func (t *Table) Global(g *ssa.Global) *Node {
	return t.intern(Parts{Kind: Global, Name: g.Pkg.Pkg.Path() + "." + g.Name(), Site: g})
}

// GlobalNamed returns the address of the package-level variable with that
// qualified name.
func (t *Table) GlobalNamed(name string) *Node { return t.intern(Parts{Kind: Global, Name: name}) }

// Const returns the constant whose exact text is s.
func (t *Table) Const(s string) *Node { return t.intern(Parts{Kind: Const, Name: s}) }

const notNil = "not nil"

// NotNil returns a pointer of which nothing else is known than that it is not
// nil. It is not equal to itself.
func (t *Table) NotNil() *Node { return t.Const(notNil) }

// NotNilOf is NotNil of the named pointer type, which is empty where it is not known.
func (t *Table) NotNilOf(typ string) *Node {
	return t.intern(Parts{Kind: Const, Name: notNil, Owner: typ})
}

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
		n = t.intern(Parts{Kind: Func, Name: FuncName(fn), Fn: fn})
		t.funcs[fn] = n
	}
	return n
}

// FuncNamed returns the root of the function with that qualified name.
func (t *Table) FuncNamed(name string) *Node { return t.intern(Parts{Kind: Func, Name: name}) }
