package path

import (
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// What an interface value is: the type of what is in it, and what it answers.

// InInterface returns the value n of type typ as it is in an interface value. A
// constant does not tell its type by itself, nor does a function.
func (t *Table) InInterface(n *Node, typ types.Type) *Node {
	if owner := functionType(typ); owner != "" {
		return t.As(n, owner)
	}
	if n.Kind != Const || n.Name == "nil" || n.Owner != "" || n.IsNotNil() || types.IsInterface(typ) {
		return n
	}
	return t.intern(Parts{Kind: Const, Name: n.Name, Owner: types.TypeString(typ, nil), Site: typ})
}

// asserted returns what the assertion that x is of type typ gives; with ok it
// gives the zero value where x is not.
func (t *Table) asserted(x *Node, typ types.Type, ok bool) *Node {
	if types.IsInterface(typ) {
		return x
	}
	if is := t.HasType(x, typ); ok && is.Kind == Const && is.Name == "false" {
		return t.Zero(typ)
	}
	if x.Kind == Const && x.Owner != "" {
		return t.Const(x.Name)
	}
	return x.Plain()
}

// Zero returns the zero value of typ, or what an atomic variable of that type has then.
func (t *Table) Zero(typ types.Type) *Node {
	c := Content(typ)
	if c == nil {
		return t.Const("nil")
	}
	switch u := c.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return t.Const("false")
		case u.Info()&types.IsInteger != 0:
			return t.Const("0")
		case u.Info()&types.IsString != 0:
			return t.Const(`""`)
		}
	case *types.Pointer, *types.Interface, *types.Signature, *types.Map, *types.Slice, *types.Chan:
		return t.Const("nil")
	case *types.Struct:
		return t.Const("zero")
	}
	return t.unknown
}

const typeOp = "type "

// The operand types of typeOp: whether it is an interface is not told by a name.
const (
	maybeInterface = iota
	concrete
)

// HasType returns whether the dynamic type of the interface value x is typ, or
// implements it.
func (t *Table) HasType(x *Node, typ types.Type) *Node { return t.testType(x, nil, typ) }

// inInterface returns the type of what is in the interface value v, where it was just
// put in; else nil.
func inInterface(v ssa.Value) types.Type {
	switch v := v.(type) {
	case *ssa.ChangeInterface:
		return inInterface(v.X)
	case *ssa.MakeInterface:
		return v.X.Type()
	}
	return nil
}

// testType is HasType where x is known to have the type known, if that is not nil.
func (t *Table) testType(x *Node, known, typ types.Type) *Node {
	if known == nil {
		known = x.Type()
	}
	kind, name := concrete, types.TypeString(typ, nil)
	if it, ok := typ.Underlying().(*types.Interface); ok {
		kind = maybeInterface
		t.interfaces[name] = it
	}
	return t.hasType(x, known, name, kind)
}

// hasType is HasType for the type of that name and kind, where x is known to
// have the type known, if that is not nil.
func (t *Table) hasType(x *Node, known types.Type, typ string, kind int) *Node {
	is := x.dynamicType(known, typ, kind == concrete)
	if is == "" && known != nil && !types.IsInterface(known) && kind == maybeInterface {
		if it := t.interfaceNamed(typ); it != nil {
			is = strconv.FormatBool(types.Implements(known, it))
		}
	}
	if is != "" {
		return t.Const(is)
	}
	return t.intern(Parts{Kind: Unary, Name: typeOp, Owner: typ, Parent: x, Index: kind})
}

// TestedAs returns n, if it tests the interface value x for an interface, as it comes out
// where the type of x is typ; else nil.
func (t *Table) TestedAs(n, x *Node, typ types.Type) *Node {
	if n.Kind != Unary || n.Name != typeOp || n.Index != maybeInterface || n.Parent != x {
		return nil
	}
	return t.hasType(x, typ, n.Owner, n.Index)
}

// interfaceNamed returns the interface type of that name, or nil.
func (t *Table) interfaceNamed(name string) *types.Interface {
	if it, ok := t.interfaces[name]; ok || t.Named == nil {
		return it
	}
	var it *types.Interface
	if named := t.Named(name); named != nil {
		it, _ = named.Underlying().(*types.Interface)
	}
	t.interfaces[name] = it
	return it
}

const homeOp = "of "

// DeclaredIn returns whether the dynamic type of the interface value x is declared
// in the package of that path.
func (t *Table) DeclaredIn(x *Node, pkg string) *Node { return t.declaredIn(x, x.Type(), pkg) }

// declaredIn is DeclaredIn where x is known to have the type known, if that is not
// nil.
func (t *Table) declaredIn(x *Node, known types.Type, pkg string) *Node {
	if known != nil && !types.IsInterface(known) {
		return t.Const(strconv.FormatBool(HomeOf(known) == pkg))
	}
	return t.intern(Parts{Kind: Unary, Name: homeOp, Owner: pkg, Parent: x})
}

// Declared returns the interface value and the package that n, made by DeclaredIn,
// is about.
func (n *Node) Declared() (x *Node, pkg string, ok bool) {
	if n.Kind != Unary || n.Name != homeOp {
		return nil, "", false
	}
	return n.Parent, n.Owner, true
}

// HomeOf returns the path of [Home], or "".
func HomeOf(t types.Type) string {
	if pkg := Home(t); pkg != nil {
		return pkg.Path()
	}
	return ""
}

const funcOp = "func "

// IsFunc returns whether the function value x is the function of that name.
func (t *Table) IsFunc(x *Node, name string) *Node {
	switch x.Kind {
	case Func, Closure:
		return t.Const(strconv.FormatBool(x.Name == name))
	case Const:
		return t.Const("false")
	}
	return t.intern(Parts{Kind: Unary, Name: funcOp, Owner: name, Parent: x})
}

// Excludes reports whether n and m test one interface value for two types, or one
// function value for two functions, of which it can be one only.
func (n *Node) Excludes(m *Node) bool {
	test := func(n *Node) bool {
		return n.Kind == Unary && (n.Name == typeOp && n.Index == concrete && !strings.Contains(n.Owner, "[") || n.Name == funcOp)
	}
	return test(n) && test(m) && n.Name == m.Name && n.Parent == m.Parent && n.Owner != m.Owner
}

// dynamicType tells whether the interface value x has the type typ, where the
// value in it is known; else it returns "". Other types than typ are told from
// it only if it is no interface, which they may implement.
func (x *Node) dynamicType(known types.Type, typ string, concrete bool) string {
	concrete = (concrete || strings.HasPrefix(typ, "*")) && !strings.Contains(typ, "[")
	name := ""
	switch {
	case x.Kind == Const && x.Name == "nil":
		return "false"
	case (x.Kind == Const || x.Kind == Fresh || x.Kind == Arg) && x.Owner != "":
		name = x.Owner
	case x.Kind == Const && x.Name != "zero" && !x.IsNotNil() && strings.HasPrefix(typ, "*"):
		return "false"
	case known == nil || types.IsInterface(known):
		return ""
	default:
		name = types.TypeString(known, nil)
	}
	switch {
	case name == typ:
		return "true"
	case concrete && !strings.Contains(name, "["):
		return "false"
	}
	return ""
}

const askOp = "ask "

// Answer returns what the function x, or its method of that name or key,
// returns when it is called without arguments at the named place.
func (t *Table) Answer(x *Node, method, place string) *Node {
	return t.intern(Parts{Kind: Unary, Name: askOp, Owner: method, Parent: x, Key: t.Const(place)})
}

// AskedOf returns the method whose result n, made by Answer, is, if it is one of x.
func (n *Node) AskedOf(x *Node) (method string, ok bool) {
	return n.Owner, n.Kind == Unary && n.Name == askOp && n.Parent == x
}

const valueOp = "value "

const contextType = "context.WithValue"

// WithValue returns the context ctx with val for the key.
func (t *Table) WithValue(ctx, key, val *Node) *Node {
	return t.compound(Parts{Kind: Struct, Owner: contextType, Name: "ctx,key,val", Args: []*Node{ctx, key, val}})
}

// ContextValue returns what the context ctx has for the key.
func (t *Table) ContextValue(ctx, key *Node) *Node {
	for ctx.Kind == Struct && ctx.Owner == contextType {
		own := ctx.Args[1]
		switch {
		case own == key && key.Kind != Unknown:
			return ctx.Args[2]
		case own.Kind != key.Kind || own.Kind != Const && own.Kind != Global:
			return t.unknown // it may be the same key
		}
		ctx = ctx.Args[0]
	}
	return t.intern(Parts{Kind: Binary, Name: valueOp, Parent: ctx, Key: key})
}
