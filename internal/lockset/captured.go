package lockset

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/path"
)

// Calls of function literals that a captured variable holds.

// capturedCallee resolves a call of a captured variable that is assigned one
// closure only, in the function around.
func (x *executor) capturedCallee(v ssa.Value, args []*path.Node) *target {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return nil
	}
	free, ok := load.X.(*ssa.FreeVar)
	if !ok {
		return nil
	}
	cell := x.binding(free)
	alloc, ok := cell.(*ssa.Alloc)
	if !ok {
		return nil
	}
	mc, ok := heap.OnlyStore(alloc).(*ssa.MakeClosure)
	if !ok {
		if fn, ok := heap.OnlyStore(alloc).(*ssa.Function); ok {
			if sum := x.engine.Summary(fn); sum != nil {
				return &target{fn: fn, name: path.FuncName(fn), args: args, sum: sum}
			}
		}
		return nil
	}
	fn := mc.Fn.(*ssa.Function)
	sum := x.engine.Summary(fn)
	if sum == nil {
		return nil
	}
	caps := make([]*path.Node, len(mc.Bindings))
	for i, b := range mc.Bindings {
		caps[i] = x.table.Unknown()
		for j, f := range x.fn.FreeVars {
			if x.binding(f) == b {
				caps[i] = x.table.Free(j)
			}
		}
	}
	value := x.table.Closure(path.FuncName(fn), fn, caps)
	return &target{fn: fn, name: path.FuncName(fn), value: value, args: args, sum: sum}
}

// binding returns the value that the free variable v of the function at hand
// is bound to in the function around it, looked up outwards.
func (x *executor) binding(v *ssa.FreeVar) ssa.Value {
	fn := v.Parent()
	index := -1
	for i, f := range fn.FreeVars {
		if f == v {
			index = i
		}
	}
	mc := maker(fn)
	if mc == nil || index < 0 {
		return v
	}
	if outer, ok := mc.Bindings[index].(*ssa.FreeVar); ok {
		return x.binding(outer)
	}
	return mc.Bindings[index]
}

// maker returns the one instruction that makes closures of fn.
func maker(fn *ssa.Function) *ssa.MakeClosure {
	if fn.Parent() == nil {
		return nil
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == fn {
				return mc
			}
		}
	}
	return nil
}
