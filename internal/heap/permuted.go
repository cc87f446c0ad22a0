package heap

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// What is done to gathered elements before they are used: they are read, sorted, put
// into another order. No one may put others among them.

// kept reports whether no one else can store to the elements of the slice v, or
// of one that it becomes a part of, which has to be a gathering, too.
func (g *gathering) kept(v ssa.Value) bool {
	return everyUse(v, func(r ssa.Instruction) bool {
		switch r := r.(type) {
		case *ssa.BinOp, *ssa.Return:
			return true
		case *ssa.Phi:
			return g.add(r)
		case *ssa.Slice:
			return g.add(r)
		case *ssa.ChangeType:
			return g.add(r)
		case *ssa.Store:
			cell, ok := r.Addr.(*ssa.Alloc)
			return ok && g.variable(cell)
		case *ssa.IndexAddr:
			return onlyLoaded(r)
		case *ssa.MakeInterface:
			return g.s.permutedBy(v.Type()) && g.lent(r)
		case *ssa.Call:
			switch {
			case isCopyTo(&r.Call, v):
				return g.element(r.Call.Args[1])
			case readBy(&r.Call, v, false):
				return r.Call.Args[0] != v || !path.IsSlice(r.Type()) || g.add(r)
			}
			return g.passed(r, v)
		}
		return false
	})
}

// everyUse reports whether ok holds of all uses of v.
func everyUse(v ssa.Value, ok func(ssa.Instruction) bool) bool {
	return v.Referrers() == nil || !slices.ContainsFunc(*v.Referrers(), func(r ssa.Instruction) bool {
		_, debug := r.(*ssa.DebugRef)
		return !debug && !ok(r)
	})
}

// isCopyTo reports whether c copies elements to the slice v.
func isCopyTo(c *ssa.CallCommon, v ssa.Value) bool {
	b, ok := c.Value.(*ssa.Builtin)
	return ok && b.Name() == "copy" && c.Args[0] == v
}

// variable is add for the contents of the variable cell, which function literals may
// have captured that read it.
func (g *gathering) variable(cell *ssa.Alloc) bool {
	if slices.Contains(g.seen, ssa.Value(cell)) {
		return true
	}
	g.seen = append(g.seen, cell)
	return everyUse(cell, func(r ssa.Instruction) bool {
		switch r := r.(type) {
		case *ssa.Store:
			return r.Addr == cell && g.add(r.Val)
		case *ssa.UnOp:
			return g.kept(r)
		case *ssa.MakeClosure:
			return !slices.ContainsFunc(r.Bindings, func(b ssa.Value) bool {
				return b == cell && !readCaptured(r.Fn.(*ssa.Function).FreeVars[slices.Index(r.Bindings, b)])
			})
		}
		return false
	})
}

// readCaptured reports whether the captured variable v, which contains a slice, serves
// to read that.
func readCaptured(v *ssa.FreeVar) bool {
	return everyUse(v, func(r ssa.Instruction) bool {
		load, ok := r.(*ssa.UnOp)
		return ok && onlyRead(load, false)
	})
}

// lent reports whether all that is done with the interface value v, which contains the
// slice, is to pass it to functions that put no others among its elements.
func (g *gathering) lent(v ssa.Value) bool {
	return everyUse(v, func(r ssa.Instruction) bool {
		switch r := r.(type) {
		case *ssa.ChangeInterface:
			return g.lent(r)
		case *ssa.Call:
			return g.passed(r, v)
		}
		return false
	})
}

// passed reports whether the called function puts no others among the elements of its
// argument v, and gives it to nobody else.
func (g *gathering) passed(call *ssa.Call, v ssa.Value) bool {
	callee := call.Call.StaticCallee()
	if callee == nil {
		return false
	}
	e := g.s.h.effectsFor(g.s.fn, callee)
	for i, a := range call.Call.Args {
		if a == v && !permutes(e, g.s.h.Table.Param(i)) {
			return false
		}
	}
	return g.sameAs(call, callee) != v || g.onward(call)
}

// onward reports whether the slice that is or is in v is a gathering.
func (g *gathering) onward(v ssa.Value) bool {
	if path.IsSlice(v.Type()) {
		return g.add(v)
	}
	return types.IsInterface(v.Type()) && g.lent(v)
}

// sameAs returns the argument that the result of the call is, or a part of; nil if
// it is none.
func (g *gathering) sameAs(call *ssa.Call, callee *ssa.Function) ssa.Value {
	e := g.s.h.effectsFor(g.s.fn, callee)
	if len(e.Results) != 1 || e.Results[0] == nil {
		return nil
	}
	n := whole(e.Results[0])
	if n.Kind != path.Param || n.Index >= len(call.Call.Args) {
		return nil
	}
	return call.Call.Args[n.Index]
}

// permutes reports whether a function with the effects e changes nothing in the
// container p but the order of its elements, and gives it to nobody else, but for
// the result.
func permutes(e *Effects, p *path.Node) bool {
	is := func(n *path.Node) bool { return n == p }
	called := func(c Call) bool {
		return slices.ContainsFunc(c.Args, func(a *path.Node) bool { return a.Any(is) && containerOf(a) != p })
	}
	sets := func(st Store) bool {
		if !st.Addr.Any(is) {
			return st.Val.Any(is) && containerOf(st.Val) != p
		}
		return class(st.Addr) != path.Elem || st.Addr.Parent != p || containerOf(st.Val) != p
	}
	return !e.Incomplete && !slices.ContainsFunc(e.Calls, called) && !slices.ContainsFunc(e.Stores, sets)
}

// permutedBy reports whether the methods of the type t, a slice, change nothing in it
// but the order of its elements.
func (s *scope) permutedBy(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return true
	}
	for m := range named.Methods() {
		fn := path.Declared(s.fn.Prog, m)
		if fn == nil || !permutes(s.h.Effects(fn), s.h.Table.Param(0)) {
			return false
		}
	}
	return true
}
