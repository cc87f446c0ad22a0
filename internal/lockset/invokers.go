package lockset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A method that touches a lock makes those relevant that call it by its name. Through
// an interface that many implement most of the package would be; so only those count
// that may know the object, or would be left with a lock.

// invoker is a function that calls a method of an interface value.
type invoker struct {
	fn    *ssa.Function
	value types.Type
	got   bool // it may know what is in it
}

// invokersOf returns the functions that may call the method fn that way, and know
// it, or are left with a lock held.
func (r *relevance) invokersOf(fn *ssa.Function) []*ssa.Function {
	var list []*ssa.Function
	answers := map[types.Type]bool{}
	recv := fn.Signature.Recv().Type()
	invokers := r.invokers[fn.Name()]
	leaves := len(invokers) > 0 && r.leaves(fn)
	for _, i := range invokers {
		if !i.got && !leaves {
			continue
		}
		is, ok := answers[i.value]
		if !ok {
			it, _ := i.value.Underlying().(*types.Interface)
			is = it != nil && (types.Implements(recv, it) || types.Implements(types.NewPointer(recv), it))
			answers[i.value] = is
		}
		if is {
			list = append(list, i.fn)
		}
	}
	return list
}

// leaves reports whether fn takes a lock and releases none.
func (r *relevance) leaves(fn *ssa.Function) bool {
	takes := false
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			callee := call.Common().StaticCallee()
			if callee == nil || r.e.owns(callee) {
				continue
			}
			exits := r.exits(callee)
			for i := range exits {
				e := &exits[i]
				if len(e.Released) > 0 {
					return false
				}
				takes = takes || len(e.Held) > 0
			}
		}
	}
	return takes
}

// exits returns the outcomes of a function of another package, as far as they are
// known.
func (r *relevance) exits(callee *ssa.Function) []summary.Exit {
	if s := r.e.Known(path.FuncName(callee), callee); s != nil {
		return s.Exits
	}
	return nil
}

// gotHere reports whether the function at hand has made the interface value v, or
// got it from a function that it calls: it may know what is in it.
func gotHere(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.MakeInterface, *ssa.Call:
		return true
	case *ssa.Extract:
		return gotHere(v.Tuple)
	case *ssa.ChangeInterface:
		return gotHere(v.X)
	case *ssa.UnOp:
		_, variable := v.X.(*ssa.Alloc)
		return variable
	}
	return false
}
