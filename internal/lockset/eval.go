package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// eval returns the path of the value v in state s.
func (x *executor) eval(s *state, v ssa.Value) *path.Node {
	if len(s.env) == 0 {
		return x.basic(s, v)
	}
	if instr, ok := v.(ssa.Instruction); ok && instr.Block() != nil {
		if n := s.env.get(x.table.Value(v)); n != nil {
			return n
		}
	}
	n := x.basic(s, v)
	if m := s.env.get(n); m != nil {
		return m
	}
	return n
}

// basic returns the path of v by what v itself says: operands are evaluated,
// identity-preserving conversions looked through.
func (x *executor) basic(s *state, v ssa.Value) *path.Node {
	t := x.table
	switch v := v.(type) {
	case *ssa.Parameter:
		return x.param(v)
	case *ssa.FreeVar:
		return x.freeVar(v)
	case *ssa.Global:
		return t.Global(v)
	case *ssa.Const:
		return t.ConstOf(v)
	case *ssa.Function:
		return t.Func(v)
	case *ssa.MakeClosure:
		caps := make([]*path.Node, len(v.Bindings))
		for i, b := range v.Bindings {
			caps[i] = x.eval(s, b)
		}
		fn := v.Fn.(*ssa.Function)
		return t.Closure(path.FuncName(fn), fn, caps)
	case *ssa.FieldAddr:
		return t.Field(x.eval(s, v.X), derefType(v.X.Type()), v.Field)
	case *ssa.Field:
		f := t.Field(t.Const("zero"), v.X.Type(), v.Field)
		return t.Deref(t.Projection(x.eval(s, v.X), f), nil)
	case *ssa.IndexAddr:
		return t.Index(x.eval(s, v.X), x.eval(s, v.Index))
	case *ssa.Index:
		return t.Deref(t.Index(x.eval(s, v.X), x.eval(s, v.Index)), nil)
	case *ssa.Lookup:
		if v.CommaOk {
			return t.Value(v)
		}
		return x.lookup(s, v)
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			return t.Deref(x.eval(s, v.X), nil)
		case token.NOT:
			return t.Not(x.eval(s, v.X))
		case token.ARROW:
			if !v.CommaOk {
				return t.Elem(x.eval(s, v.X), v)
			}
		}
		return t.Value(v)
	case *ssa.BinOp:
		return t.Binary(v.Op, x.eval(s, v.X), x.eval(s, v.Y))
	case *ssa.ChangeType:
		return x.eval(s, v.X)
	case *ssa.ChangeInterface:
		return x.eval(s, v.X)
	case *ssa.MakeInterface:
		return x.eval(s, v.X)
	case *ssa.Convert:
		if isNumber(v.Type()) && isNumber(v.X.Type()) || isPointer(v.Type()) && isPointer(v.X.Type()) {
			return x.eval(s, v.X)
		}
		return t.Value(v)
	case *ssa.MultiConvert:
		return x.eval(s, v.X)
	case *ssa.SliceToArrayPointer:
		return x.eval(s, v.X)
	case *ssa.TypeAssert:
		if v.CommaOk {
			return t.Value(v)
		}
		return x.eval(s, v.X)
	case *ssa.Slice:
		if v.Low == nil {
			return x.eval(s, v.X)
		}
		return t.Part(x.eval(s, v.X), v)
	case *ssa.Extract:
		return x.extract(s, v)
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" && len(v.Call.Args) > 0 {
			if base := x.eval(s, v.Call.Args[0]); base.Kind != path.Const {
				return base
			}
		}
		return t.Value(v)
	}
	return t.Value(v)
}

func (x *executor) extract(s *state, v *ssa.Extract) *path.Node {
	t := x.table
	switch tuple := v.Tuple.(type) {
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return x.eval(s, tuple.X)
		}
	case *ssa.Lookup:
		if v.Index == 0 {
			return x.lookup(s, tuple)
		}
	case *ssa.UnOp:
		if v.Index == 0 {
			return t.Elem(x.eval(s, tuple.X), tuple)
		}
	case *ssa.Next:
		if r, ok := tuple.Iter.(*ssa.Range); ok && v.Index > 0 {
			k := t.Elem(x.eval(s, r.X), tuple)
			if v.Index == 1 {
				return k
			}
			return t.Lookup(x.eval(s, r.X), k, nil)
		}
	}
	return t.Extract(t.Value(v.Tuple), v.Index)
}

// lookup returns element v.Index of the map v.X.
func (x *executor) lookup(s *state, v *ssa.Lookup) *path.Node {
	return x.table.Lookup(x.eval(s, v.X), x.eval(s, v.Index), nil)
}

func (x *executor) param(v *ssa.Parameter) *path.Node {
	if n, ok := x.params[v]; ok {
		return n
	}
	return x.table.Value(v)
}

func (x *executor) freeVar(v *ssa.FreeVar) *path.Node {
	for i, f := range x.fn.FreeVars {
		if f == v {
			return x.table.Free(i)
		}
	}
	return x.table.Value(v)
}

func derefType(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

func isNumber(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsInteger|types.IsFloat) != 0
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

// zeroOf returns the zero value of the variable at address addr, or nil
// where its type is not known.
func zeroOf(t *path.Table, addr *path.Node) *path.Node {
	typ := addr.Type()
	if typ == nil {
		return nil
	}
	p, ok := typ.Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	switch u := p.Elem().Underlying().(type) {
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
	return nil
}
