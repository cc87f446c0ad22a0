package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/path"
)

// settled returns what the variable that v loads holds, where v loads a captured
// variable and the function around stores to it once: what the other captured
// variables say of that, or, where it made the value from what this function
// can't name, at least that it is the read side of an RWMutex. Else nil.
func (x *executor) settled(v *ssa.UnOp) *path.Node {
	free, ok := v.X.(*ssa.FreeVar)
	if !ok {
		return nil
	}
	n, ok := x.constant[free]
	if !ok {
		n = x.settle(free)
		x.constant[free] = n
	}
	return n
}

// settle is what settled returns for loads of free.
func (x *executor) settle(free *ssa.FreeVar) *path.Node {
	cell, made, reads := x.behind(free)
	if c := startsAs(cell); c != nil {
		return x.table.ConstOf(c)
	}
	if made == nil {
		return nil
	}
	n := x.captured(made, cell)
	if n == nil && reads {
		n = x.table.Deref(x.basic(&state{}, free), nil)
	}
	if n != nil && reads {
		n = x.table.RLocker(n)
	}
	return n
}

// startsAs returns the constant that the variable cell is given where it is
// declared, and that it keeps, or nil.
func startsAs(cell *ssa.Alloc) *ssa.Const {
	if cell == nil {
		return nil
	}
	c, ok := heap.OnlyStore(cell).(*ssa.Const)
	if !ok {
		return nil
	}
	list := cell.Block().Instrs
	next, ok := list[slices.Index(list, ssa.Instruction(cell))+1].(*ssa.Store)
	if !ok || next.Addr != cell {
		return nil
	}
	return c
}

// behind returns the variable of the function around that free captures and,
// if it is assigned once, the object that it is given, or whose read side.
func (x *executor) behind(free *ssa.FreeVar) (cell *ssa.Alloc, made ssa.Value, reads bool) {
	cell, ok := x.binding(free).(*ssa.Alloc)
	if !ok {
		return nil, nil, false
	}
	made, reads = x.lockerOf(heap.OnlyStore(cell))
	return cell, made, reads
}

// variable returns the variable of the function around that the lock p, met
// in a closure, is in; nil if p is none of those.
func (x *executor) variable(p *path.Node) ssa.Value {
	root := p.Root()
	if root.Kind != path.Free || root.Index >= len(x.fn.FreeVars) {
		return nil
	}
	free := x.fn.FreeVars[root.Index]
	if p.Kind == path.Deref && p.Parent == root {
		if _, made, _ := x.behind(free); made != nil {
			return made
		}
	}
	return x.binding(free)
}

// lockerOf returns the object that v, a pointer or an interface value, is of,
// or the RWMutex that it is the read side of.
func (x *executor) lockerOf(v ssa.Value) (made ssa.Value, reads bool) {
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return x.lockerOf(v.X)
	case *ssa.ChangeInterface:
		return x.lockerOf(v.X)
	case *ssa.Call:
		fn := v.Call.StaticCallee()
		if fn == nil {
			return nil, false
		}
		sum := x.engine.Known(path.FuncName(fn), fn)
		if sum != nil && len(sum.Exits) == 1 && len(sum.Exits[0].Results) == 1 && sum.Exits[0].Results[0] == x.table.RLocker(x.table.Param(0)) {
			return v.Call.Args[0], true
		}
	case *ssa.Alloc:
		return v, false
	}
	return nil, false
}

// captured returns the root of the variable made as this closure captured it,
// or nil. A variable that is made anew for each iteration of a loop around
// cell may be another one than cell refers to.
func (x *executor) captured(made ssa.Value, cell *ssa.Alloc) *path.Node {
	a, ok := made.(*ssa.Alloc)
	if !ok || a.Block() != cell.Block() {
		return nil
	}
	for j, f := range x.fn.FreeVars {
		if x.binding(f) == a {
			return x.table.Free(j)
		}
	}
	return nil
}

// isSettled reports whether n is a local variable, of a type without parts, that is
// given its content once: who captures it can't change that.
func isSettled(n *path.Node) bool {
	cell, ok := n.Site.(*ssa.Alloc)
	if !ok {
		return false
	}
	switch cell.Type().Underlying().(*types.Pointer).Elem().Underlying().(type) {
	case *types.Struct, *types.Array:
		return false
	}
	return heap.OnlyStore(cell) != nil
}
