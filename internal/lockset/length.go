package lockset

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Whether a slice in a field has elements decides over locks like a flag. Its path
// does not tell, since append keeps that, so the length is a cell of its own next to
// the field ([path.Table.LengthCell]).

// measure returns s with what is known of the length that the call takes of a slice
// in a field.
func (x *executor) measure(s *state, site ssa.CallInstruction) *state {
	load, ok := site.Common().Args[0].(*ssa.UnOp)
	if !ok || !path.IsSlice(load.Type()) || !comesNext(site, load) || !comparedWithConstants(site.Value()) {
		return s
	}
	cell := x.table.LengthCell(x.eval(s, load.X))
	if cell == nil {
		return s
	}
	n, s := s.load(x.table, cell, site)
	return x.bind(s, site.Value(), n)
}

// resize returns s, after the slice v was stored to addr, with its length n.
func (x *executor) resize(s *state, addr *path.Node, v ssa.Value, n *path.Node) *state {
	if n == nil {
		return s
	}
	s = s.store(x.table.LengthCell(addr), n)
	if n == x.table.Value(v) {
		if g, ok := s.cond.And(summary.Is(n, "0").Not()); ok {
			return s.under(g)
		}
	}
	return s
}

// newLength returns the length of the slice v, before it is stored to addr in s, or nil.
// Where something is appended to a slice of another place, or to one that has grown
// already, it stands for itself, which is not 0: a sum would grow in a loop.
func (x *executor) newLength(s *state, addr *path.Node, v ssa.Value) *path.Node {
	cell := x.table.LengthCell(addr)
	if cell == nil || !path.IsSlice(v.Type()) {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Const:
		return x.table.Const("0")
	case *ssa.Call:
		b, ok := v.Call.Value.(*ssa.Builtin)
		if !ok || b.Name() != "append" || added(v) == 0 {
			return nil
		}
		if x.isContent(s, addr, v) {
			if old, _ := s.load(x.table, cell, v); old.Kind == path.Deref && old.Parent.IsLengthCell() {
				return x.table.Binary(token.ADD, old, x.table.Const(strconv.FormatInt(added(v), 10)))
			}
		}
		return x.table.Value(v)
	}
	return nil
}

// isContent reports whether v appends to what is at addr until the result is stored there.
func (x *executor) isContent(s *state, addr *path.Node, v *ssa.Call) bool {
	load, ok := v.Call.Args[0].(*ssa.UnOp)
	if !ok || load.Op != token.MUL || load.Block() != v.Block() || x.place(x.eval(s, load.X)) != addr {
		return false
	}
	instrs := v.Block().Instrs
	between := instrs[slices.Index(instrs, ssa.Instruction(load)):slices.Index(instrs, ssa.Instruction(v))]
	return !slices.ContainsFunc(between, func(i ssa.Instruction) bool {
		_, call := i.(ssa.CallInstruction)
		return call
	})
}

// added returns how many elements the call v of append is passed one by one.
func added(v *ssa.Call) int64 {
	part, ok := v.Call.Args[1].(*ssa.Slice)
	if !ok {
		return 0
	}
	array, ok := part.X.(*ssa.Alloc)
	if !ok || !isVarargs(array) {
		return 0
	}
	return array.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array).Len()
}

// hasElements reports whether p, the content of a field in s, is a slice with elements.
// That is not nil.
func (x *executor) hasElements(s *state, p *path.Node) bool {
	if p.Kind != path.Deref || p.Parent.Kind != path.Field {
		return false
	}
	cell := x.table.LengthCell(p.Parent)
	if cell == nil {
		return false
	}
	n := s.mem.get(cell)
	if n == nil {
		return false
	}
	_, empty := s.cond.And(summary.Is(n, "0"))
	return !empty
}

// comparedWithConstants reports whether that is all that v is used for: it is no
// bound of a loop.
func comparedWithConstants(v ssa.Value) bool {
	return !slices.ContainsFunc(*v.Referrers(), func(use ssa.Instruction) bool {
		op, ok := use.(*ssa.BinOp)
		if !ok {
			return true
		}
		_, ok = op.Y.(*ssa.Const)
		return !ok
	})
}

// belowZero reports whether test, at the head b of a loop that counts its turns, fails
// before the first one, where the number of turns is not 0, so only if that is less: `if n ==
// 0 { return }; for i := 0; i < n; i++`.
func (x *executor) belowZero(s *state, b *ssa.BasicBlock, test *ssa.If) bool {
	less, ok := test.Cond.(*ssa.BinOp)
	if !ok || !x.graph.heads[b] || !fromZero(less) {
		return false
	}
	_, begun := s.cond.And(summary.Is(x.table.Binary(token.GTR, x.eval(s, less.X), x.table.Const("0")), "true"))
	return !begun && s.cond.Has(summary.Is(x.eval(s, less.Y), "0").Not())
}

// comesNext reports whether b is the next instruction after a.
func comesNext(b, a ssa.Instruction) bool {
	instrs := a.Block().Instrs
	i := slices.Index(instrs, a) + 1
	return i < len(instrs) && instrs[i] == b
}
