package path

import (
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Field returns the address of field i of the struct that x points to; typ
// is the type of that struct.
func (t *Table) Field(x *Node, typ types.Type, i int) *Node {
	id := fieldID{typ, i}
	f := t.fields[id]
	if f == nil {
		v := typ.Underlying().(*types.Struct).Field(i)
		f = t.label(Field, Label{Owner: OwnerName(typ), Name: v.Name(), Var: v.Origin()})
		t.fields[id] = f
	}
	return t.labelled(Node{Kind: Field, Parent: x, Label: f})
}

// FieldNamed returns the address of the named field of the struct of type
// owner that x points to.
func (t *Table) FieldNamed(x *Node, owner, name string) *Node {
	return t.intern(Parts{Kind: Field, Parent: x, Owner: owner, Name: name})
}

// Sibling returns the field of that name of the struct that has the field f.
func (t *Table) Sibling(f *Node, name string) *Node {
	return t.intern(Parts{Kind: Field, Parent: f.Parent, Index: f.Index, Owner: f.Owner, Name: name})
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

// IsLengthCell reports whether n is the address of a cell that stands for a length.
func (n *Node) IsLengthCell() bool { return n.Kind == Field && strings.HasSuffix(n.Name, lengthOf) }

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

// closedName is the name of the cell that tells whether a channel is closed.
const closedName = "#closed"

// ClosedClass is the class of these cells.
const ClosedClass = "." + closedName

// ClosedCell returns the address of a cell that stands for whether the channel ch is closed.
func (t *Table) ClosedCell(ch *Node) *Node { return t.FieldNamed(ch, "", closedName) }

// IsClosedCell reports whether n is the address of such a cell.
func (n *Node) IsClosedCell() bool { return n.Kind == Field && n.Name == closedName }

// ErrClass is the class of the cells that stand for the error of a context.
const ErrClass = "." + errName

const errName = "#err"

// ErrCell returns the address of a cell that stands for what the Err of the context ctx returns.
func (t *Table) ErrCell(ctx *Node) *Node { return t.FieldNamed(ctx, "", errName) }

// Deref returns the content of address x: on entry to the function at hand,
// or, if site is not nil, as it was found there.
func (t *Table) Deref(x *Node, site any) *Node {
	if x.Kind == Field && x.Index == 1 && x.Parent.Kind == Struct {
		if v := x.Parent.fieldValue(x.Name); v != nil {
			return v
		}
	}
	if b := t.byteAt(x); b != nil {
		return b
	}
	return t.intern(Parts{Kind: Deref, Parent: x, Site: site})
}

// Index returns the address of element k of the array or slice x.
func (t *Table) Index(x, k *Node) *Node { return t.intern(Parts{Kind: Index, Parent: x, Key: k}) }

// Lookup returns element k of the map x, as it was found at site.
func (t *Table) Lookup(x, k *Node, site any) *Node {
	return t.intern(Parts{Kind: Lookup, Parent: x, Key: k, Site: site})
}

// Elem returns the element of container x that is met at site.
func (t *Table) Elem(x *Node, site any) *Node {
	if x.Kind == Elem && x.Site == site {
		return x
	}
	return t.intern(Parts{Kind: Elem, Parent: x, Site: site})
}

// Every returns each element of the container x in turn: what holds of it
// holds of any one.
func (t *Table) Every(x *Node) *Node { return t.intern(Parts{Kind: Every, Parent: x}) }

// Part returns the sub-slice of x taken at site.
func (t *Table) Part(x *Node, site any) *Node {
	return t.intern(Parts{Kind: Part, Parent: x, Site: site})
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
	return t.intern(Parts{Kind: Capture, Parent: x, Name: fn, Index: i})
}

// Extract returns component i of the tuple x.
func (t *Table) Extract(x *Node, i int) *Node {
	return t.intern(Parts{Kind: Extract, Parent: x, Index: i})
}

// RLocker returns the Locker of the read side of the RWMutex x. Where x is
// known to be one, it is that.
func (t *Table) RLocker(x *Node) *Node {
	if x.Kind == RLocker {
		return x
	}
	return t.intern(Parts{Kind: RLocker, Parent: x})
}

// As returns the function value f as an interface value of the named function
// type owner.
func (t *Table) As(f *Node, owner string) *Node {
	return t.intern(Parts{Kind: As, Parent: f, Owner: owner})
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
	return t.compound(Parts{Kind: Closure, Name: name, Fn: fn, Args: caps})
}

// Struct returns the value of struct type typ with the named fields and their
// values, Unknown where one is not known.
func (t *Table) Struct(typ types.Type, fields []string, vals []*Node) *Node {
	return t.compound(Parts{Kind: Struct, Owner: OwnerName(typ), Name: strings.Join(fields, ","), Args: vals, Site: typ})
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
	all := []*Node{fn}
	for _, a := range args {
		if a == nil {
			a = t.unknown
		}
		all = append(all, a)
	}
	return t.compound(Parts{Kind: Called, Name: method, Args: all})
}

// Asks returns what a template calls of its data: methods of it and of what it leads to,
// by the text of the template, and functions that the template was given.
func (t *Table) Asks(text, funcs, data *Node) *Node {
	return t.compound(Parts{Kind: Asks, Args: []*Node{text, funcs, data}})
}

// Returned names what a call of the function fn has returned, of which only the caller
// knows what it is. Without args it is what some call has.
func (t *Table) Returned(fn *Node, args []*Node) *Node {
	return t.compound(Parts{Kind: Called, Owner: returnsOp, Args: append([]*Node{fn}, args...)})
}

const returnsOp = "returns"

// IsReturned reports whether n was made by Returned.
func (n *Node) IsReturned() bool { return n.Kind == Called && n.Owner == returnsOp }

// IsReturnedByAny reports whether n is what some call has returned.
func (n *Node) IsReturnedByAny() bool { return n.IsReturned() && len(n.Args) == 1 }

// Answered returns what fn returns for args where it looks at nothing else but cells of
// the classes, as these are on entry.
func (t *Table) Answered(fn *Node, args []*Node, classes []string) *Node {
	if text := t.textOf(fn, args); text != nil {
		return text
	}
	return t.compound(Parts{Kind: Called, Owner: looksOp + strings.Join(classes, ","), Args: append([]*Node{fn}, args...)})
}

const looksOp = "looks at "

// IsAnswered reports whether n was made by Answered.
func (n *Node) IsAnswered() bool { return n.Kind == Called && strings.HasPrefix(n.Owner, looksOp) }

// LooksAt returns the classes of the cells that n, made by Answered, depends on.
func (n *Node) LooksAt() []string {
	classes := strings.TrimPrefix(n.Owner, looksOp)
	if !n.IsAnswered() || classes == "" {
		return nil
	}
	return strings.Split(classes, ",")
}

// compound interns n, a node with Args. A closure is visible if all that it
// captured is; the fields of a struct value are so one by one.
func (t *Table) compound(p Parts) *Node {
	n := Node{Kind: p.Kind, Site: p.Site, Label: t.label(p.Kind, Label{Name: p.Name, Owner: p.Owner, Var: p.Var, Fn: p.Fn}), Extra: &Extra{Args: p.Args}}
	k := strconv.AppendInt(t.text[:0], int64(n.number), 10)
	for _, c := range n.Args {
		if c.Kind == Unknown {
			n.local = n.local || n.Kind == Closure
			k = append(k, " ?"...)
			continue
		}
		k = strconv.AppendInt(append(k, ' '), int64(c.id), 10)
		n.depth = max(n.depth, c.depth+1)
		n.local = n.local || c.local
	}
	t.text = k
	if old := t.closure[string(k)]; old != nil {
		old.learn(&n)
		return old
	}
	if n.depth > maxDepth {
		return t.unknown
	}
	made := t.node()
	*made = n
	t.enroll(made)
	t.closure[string(k)] = made
	return made
}

// FieldOf returns the field that the address f is of, in the struct that x
// points to.
func (t *Table) FieldOf(x, f *Node) *Node {
	return t.labelled(Node{Kind: Field, Parent: x, Label: f.Label})
}

// Projection returns the place of the same field in the struct value v.
func (t *Table) Projection(v, f *Node) *Node {
	if v.Kind == Deref {
		return t.FieldOf(v.Parent, f)
	}
	return t.labelled(Node{Kind: Field, Parent: v, Index: 1, Label: f.Label})
}

// FreshAt returns the i-th object made by the function called at site. It is of the
// named pointer type, as in FreshOf.
func (t *Table) FreshAt(i int, typ string, site any) *Node {
	return t.intern(Parts{Kind: Fresh, Index: i, Owner: typ, Site: site})
}

// WithParent returns the step n on another parent.
func (t *Table) WithParent(n, parent *Node) *Node {
	if n.Parent == parent {
		return n
	}
	return t.labelled(Node{Kind: n.Kind, Parent: parent, Key: n.Key, Site: n.Site, Index: n.Index, Label: n.Label})
}

// WithParts returns n, a node with Args, with what part makes of each of these.
func (t *Table) WithParts(n *Node, part func(*Node) *Node) *Node {
	return t.withArgs(n, each(n.Args, part))
}

// General returns n as callers of the function at hand can name it: the contents
// and elements that were met at places of the function are "some element" to
// them, to which each gives a place of its own.
func (t *Table) General(n *Node) *Node {
	switch {
	case n == nil || n.IsRoot():
		return n
	case n.Site != nil && (n.Kind == Elem || n.Kind == Deref || n.Kind == Lookup):
		return t.Elem(t.General(n.Parent), nil)
	case n.Kind == Part:
		return t.Part(t.General(n.Parent), nil)
	case n.Kind == Index && n.Key.Kind != Const && !n.Key.Visible():
		return t.Elem(t.General(n.Parent), nil)
	case n.Kind == Lookup && !n.Key.Visible():
		return t.Elem(t.General(n.Parent), nil)
	case n.Kind == Deref && n.Parent.Kind == Index && !n.Parent.Key.Visible():
		return t.Elem(t.General(n.Parent.Parent), nil)
	}
	return t.WithParent(n, t.General(n.Parent))
}
