package lockset

import (
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
	_, operator := v.(*ssa.BinOp)
	return x.table.Resolve(v, func(o ssa.Value) *path.Node {
		n := x.eval(s, o)
		if operator {
			if c := s.cond.Value(n); c != "" {
				return x.table.Const(c)
			}
		}
		return n
	})
}

// lookup returns element v.Index of the map v.X.
func (x *executor) lookup(s *state, v *ssa.Lookup) *path.Node {
	return x.table.Lookup(x.eval(s, v.X), x.eval(s, v.Index), nil)
}

// zeroOf returns the zero value of the variable at address addr, or nil
// where its type is not known.
func zeroOf(t *path.Table, addr *path.Node) *path.Node { return zeroIn(t, addr, nil) }

// zeroIn is zeroOf where the root of addr has the type root, if that is not nil.
func zeroIn(t *path.Table, addr *path.Node, root types.Type) *path.Node {
	if addr.IsLengthCell() {
		return t.Const("0")
	}
	typ := addressType(addr, root)
	if typ == nil {
		return nil
	}
	p, ok := typ.Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	if z := t.Zero(p.Elem()); z.Kind != path.Unknown {
		return z
	}
	return nil
}

// addressType returns the type of the address n, or nil. Other packages name a field
// without its type; the struct that it is in has it. Of a container it is left open,
// since they put elements into one that was nil. The type of the root is given where
// its name does not tell.
func addressType(n *path.Node, root types.Type) types.Type {
	if n.IsRoot() && root != nil {
		return root
	}
	if t := n.Type(); t != nil || n.Kind != path.Field {
		return t
	}
	t := addressType(n.Parent, root)
	if t == nil {
		return nil
	}
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	st, ok := p.Elem().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for f := range st.Fields() {
		if f.Name() != n.Name {
			continue
		}
		switch f.Type().Underlying().(type) {
		case *types.Slice, *types.Map, *types.Chan:
			return nil
		}
		return types.NewPointer(f.Type())
	}
	return nil
}
