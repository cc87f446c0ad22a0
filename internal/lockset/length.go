package lockset

import (
	"go/token"
	"slices"

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

// resize returns s after the slice v was stored to addr.
func (x *executor) resize(s *state, addr *path.Node, v ssa.Value) *state {
	cell := x.table.LengthCell(addr)
	if cell == nil || !path.IsSlice(v.Type()) {
		return s
	}
	switch v := v.(type) {
	case *ssa.Const:
		return s.store(cell, x.table.Const("0"))
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" && hasElements(v.Call.Args[1]) {
			n := x.table.Value(v)
			s = s.store(cell, n)
			if g, ok := s.cond.And(summary.Is(n, "0").Not()); ok {
				return s.under(g)
			}
		}
	}
	return s
}

// hasElements reports whether v is the array of the arguments of a variadic call.
func hasElements(v ssa.Value) bool {
	part, ok := v.(*ssa.Slice)
	if !ok {
		return false
	}
	array, ok := part.X.(*ssa.Alloc)
	return ok && isVarargs(array)
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
