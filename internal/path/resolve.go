package path

import (
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// Resolve returns the path of the SSA value v by what v itself says.
// Operands are evaluated by the given function; conversions that keep the
// identity of a value are looked through.
func (t *Table) Resolve(v ssa.Value, eval func(ssa.Value) *Node) *Node {
	switch v := v.(type) {
	case *ssa.Parameter:
		return t.parameter(v)
	case *ssa.FreeVar:
		return t.freeVar(v)
	case *ssa.Global:
		return t.Global(v)
	case *ssa.Const:
		return t.ConstOf(v)
	case *ssa.Function:
		return t.Func(v)
	case *ssa.MakeClosure:
		caps := make([]*Node, len(v.Bindings))
		for i, b := range v.Bindings {
			caps[i] = eval(b)
		}
		fn := v.Fn.(*ssa.Function)
		return t.Closure(FuncName(fn), fn, caps)
	case *ssa.FieldAddr:
		return t.Field(eval(v.X), pointee(v.X.Type()), v.Field)
	case *ssa.Field:
		f := t.Field(t.Const("zero"), v.X.Type(), v.Field)
		return t.Deref(t.Projection(eval(v.X), f), nil)
	case *ssa.IndexAddr:
		return t.Index(eval(v.X), eval(v.Index))
	case *ssa.Index:
		return t.Deref(t.Index(eval(v.X), eval(v.Index)), nil)
	case *ssa.Lookup:
		if v.CommaOk {
			return t.Value(v)
		}
		return t.Lookup(eval(v.X), eval(v.Index), nil)
	case *ssa.UnOp:
		return t.unary(v, eval)
	case *ssa.BinOp:
		return t.binop(v, eval)
	case *ssa.Slice:
		if v.Low == nil && v.High == nil {
			return eval(v.X)
		}
		return t.Part(eval(v.X), v)
	case *ssa.Extract:
		return t.extract(v, eval)
	case *ssa.Call:
		return t.call(v, eval)
	}
	return t.conversion(v, eval)
}

// unary returns the path of an operation with one operand.
func (t *Table) unary(v *ssa.UnOp, eval func(ssa.Value) *Node) *Node {
	switch v.Op {
	case token.MUL:
		return t.Deref(eval(v.X), nil)
	case token.NOT:
		return t.Not(eval(v.X))
	case token.ARROW:
		if !v.CommaOk {
			return t.Elem(eval(v.X), v)
		}
	}
	return t.Value(v)
}

// binop returns the path of an operation with two.
func (t *Table) binop(v *ssa.BinOp, eval func(ssa.Value) *Node) *Node {
	if is := comparedToNil(v); is != "" {
		return t.Const(is)
	}
	if nests(v, maxNested) {
		return t.Value(v)
	}
	return t.operation(v, eval(v.X), eval(v.Y))
}

// conversion returns the path of v where that is a conversion, or else v itself.
func (t *Table) conversion(v ssa.Value, eval func(ssa.Value) *Node) *Node {
	switch v := v.(type) {
	case *ssa.ChangeType:
		return eval(v.X)
	case *ssa.ChangeInterface:
		return eval(v.X)
	case *ssa.MakeInterface:
		if owner := converted(v.X); owner != "" {
			return t.As(eval(v.X), owner)
		}
		return t.InInterface(eval(v.X), v.X.Type())
	case *ssa.Convert:
		if IsBasic(v.Type(), Real) && IsBasic(v.X.Type(), Real) || isPointer(v.Type()) && isPointer(v.X.Type()) {
			return eval(v.X)
		}
		return t.Value(v)
	case *ssa.MultiConvert:
		return eval(v.X)
	case *ssa.SliceToArrayPointer:
		return eval(v.X)
	case *ssa.TypeAssert:
		if v.CommaOk {
			return t.Value(v)
		}
		return t.asserted(eval(v.X), v.AssertedType, false)
	}
	return t.Value(v)
}

// call returns the path of what a call gives: built-in functions are understood.
func (t *Table) call(v *ssa.Call, eval func(ssa.Value) *Node) *Node {
	b, builtin := v.Call.Value.(*ssa.Builtin)
	if builtin && b.Name() == "ssa:wrapnilchk" { // where a method of a value is called by a pointer
		return eval(v.Call.Args[0])
	}
	if builtin && b.Name() == "append" && len(v.Call.Args) > 0 {
		base := eval(v.Call.Args[0])
		if base.Kind != Const {
			if base.exactLen() >= 0 || base.passed() || base.Kind == Part && !base.hasElements() && appendsElement(v) {
				return t.Part(base, v) // a slice of another length, and not nil
			}
			return base
		}
		if len(v.Call.Args) == 2 && IsSlice(v.Call.Args[1].Type()) {
			return t.Part(eval(v.Call.Args[1]), v) // a copy, of the same elements
		}
	}
	if op := extremes[v.Call.Value.Name()]; op != 0 && builtin && len(v.Call.Args) == 2 && IsBasic(v.Type(), types.IsInteger) {
		return t.extreme(op, eval(v.Call.Args[0]), eval(v.Call.Args[1]))
	}
	if arg := measured(v); arg != nil {
		if IsSlice(arg.Type()) {
			return t.Length(eval(arg))
		}
		return t.TextLength(eval(arg))
	}
	return t.Value(v)
}

// extremes gives the comparison by which a built-in function chooses its first argument.
var extremes = map[string]token.Token{"min": token.LSS, "max": token.GTR}

// passed reports whether n is a parameter or what a captured variable contains:
// it can be nil where the function is called.
func (n *Node) passed() bool {
	return n.Kind == Param || n.Kind == Deref && n.Parent.Kind == Free
}

// maxNested bounds the operators with two operands that are no constants, one inside
// the other, which are looked into: in `x ^= x >> y` each has the one before it twice.
const maxNested = 3

// nests reports whether v is an operation in which more than n others are nested.
func nests(v ssa.Value, n int) bool {
	switch v := v.(type) {
	case *ssa.Convert:
		return nests(v.X, n)
	case *ssa.UnOp:
		return v.Op != token.MUL && nests(v.X, n)
	case *ssa.BinOp:
		if _, ok := v.X.(*ssa.Const); ok {
			return nests(v.Y, n)
		}
		if _, ok := v.Y.(*ssa.Const); ok {
			return nests(v.X, n)
		}
		return n == 0 || nests(v.X, n-1) || nests(v.Y, n-1)
	}
	return false
}

// comparedToNil returns what the comparison v is if it is of nil with a value that
// has just been put into an interface, which is not nil even if the value is; "" for
// others.
func comparedToNil(v *ssa.BinOp) string {
	if _, made := v.X.(*ssa.MakeInterface); !made || v.Op != token.EQL && v.Op != token.NEQ {
		return ""
	}
	if c, ok := v.Y.(*ssa.Const); !ok || !c.IsNil() {
		return ""
	}
	return strconv.FormatBool(v.Op == token.NEQ)
}

// measured returns the string or the slice parameter that v is the length of,
// or nil. Of other slices the path does not tell the length: append keeps it.
func measured(v *ssa.Call) ssa.Value {
	b, ok := v.Call.Value.(*ssa.Builtin)
	if !ok || b.Name() != "len" {
		return nil
	}
	switch u := v.Call.Args[0].Type().Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsString != 0 {
			return v.Call.Args[0]
		}
	case *types.Slice:
		if p, ok := v.Call.Args[0].(*ssa.Parameter); ok {
			return p
		}
	}
	return nil
}

// operation returns the path of v with operands a and b. Arithmetic of many operators
// stands for itself: a sum in a loop would grow without end. A set of flags does not grow.
func (t *Table) operation(v *ssa.BinOp, a, b *Node) *Node {
	n := t.Binary(v.Op, a, b)
	if _, comparison := mirrored[v.Op]; n.Kind == Binary && !comparison && n.operators() > maxNested && n.flagSet() == nil {
		return t.Value(v)
	}
	return n
}

// operators returns how many operators there are in n, up to the first other thing.
func (n *Node) operators() int {
	if n.Kind != Binary {
		return 0
	}
	return 1 + n.Parent.operators() + n.Key.operators()
}

// extract returns component v.Index of a tuple.
func (t *Table) extract(v *ssa.Extract, eval func(ssa.Value) *Node) *Node {
	switch tuple := v.Tuple.(type) {
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return t.asserted(eval(tuple.X), tuple.AssertedType, true)
		}
		return t.testType(eval(tuple.X), inInterface(tuple.X), tuple.AssertedType)
	case *ssa.Lookup:
		if v.Index == 0 {
			return t.Lookup(eval(tuple.X), eval(tuple.Index), nil)
		}
	case *ssa.UnOp:
		if v.Index == 0 {
			return t.Elem(eval(tuple.X), tuple)
		}
	case *ssa.Select:
		if c := received(tuple, v.Index); c != nil {
			return t.Elem(eval(c), tuple)
		}
	case *ssa.Next:
		if r, ok := tuple.Iter.(*ssa.Range); ok && v.Index > 0 {
			k := t.Elem(eval(r.X), tuple)
			if v.Index == 1 {
				return k
			}
			return t.Lookup(eval(r.X), k, nil)
		}
	}
	return t.Extract(t.Value(v.Tuple), v.Index)
}

// received returns the channel that component i of the select statement is
// received from, or nil.
func received(sel *ssa.Select, i int) ssa.Value {
	n := 2 // after the number of the case, and whether something was received
	for _, s := range sel.States {
		if s.Dir == types.RecvOnly {
			if n == i {
				return s.Chan
			}
			n++
		}
	}
	return nil
}

// parameter returns the root of v by its place in its function.
func (t *Table) parameter(v *ssa.Parameter) *Node {
	for i, p := range v.Parent().Params {
		if p == v {
			return t.Param(i)
		}
	}
	return t.Value(v)
}

// freeVar returns the root of v by its place in its closure.
func (t *Table) freeVar(v *ssa.FreeVar) *Node {
	for i, f := range v.Parent().FreeVars {
		if f == v {
			return t.Free(i)
		}
	}
	return t.Value(v)
}

// functionType returns the name of the named function type t if it has
// methods, or "". Those of generic types are not followed.
func functionType(t types.Type) string {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.NumMethods() == 0 || n.TypeArgs().Len() > 0 {
		return ""
	}
	if _, ok := n.Underlying().(*types.Signature); !ok {
		return ""
	}
	return OwnerName(n)
}

// converted returns the type that the value v has by a conversion from another
// named type, or "": its methods are not those of what was converted. It is
// "*T" for a pointer. Generic types are not followed.
func converted(v ssa.Value) string {
	c, ok := v.(*ssa.ChangeType)
	if !ok || OwnerName(c.X.Type()) == OwnerName(c.Type()) {
		return ""
	}
	star, t := "", types.Unalias(c.Type())
	if p, ok := t.(*types.Pointer); ok {
		star, t = "*", types.Unalias(p.Elem())
	}
	n, ok := t.(*types.Named)
	if !ok || n.TypeArgs().Len() > 0 {
		return ""
	}
	return star + OwnerName(n)
}

func pointee(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// Real is the property of integers and floats.
const Real = types.IsInteger | types.IsFloat

// IsBasic reports whether t is a basic type of one of the given properties.
func IsBasic(t types.Type, info types.BasicInfo) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&info != 0
}

// IsSlice reports whether t is a slice.
func IsSlice(t types.Type) bool {
	_, ok := t.Underlying().(*types.Slice)
	return ok
}

// IsStruct reports whether t is a struct.
func IsStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

func isPointer(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	}
	return false
}
