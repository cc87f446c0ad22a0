package heap

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// uses is what the functions at hand do with functions.
type uses struct {
	called map[*ssa.Function]bool // by name, or made there to be called
	values map[*ssa.Function]bool // stored, passed, returned: called by who knows
}

// called reports whether fn is called by name within the package: its callers
// see its stores in terms of their own objects.
func (h *Heap) called(fn *ssa.Function) bool { return h.uses().called[fn] }

func (h *Heap) uses() *uses {
	if h.used == nil {
		h.used = &uses{map[*ssa.Function]bool{}, map[*ssa.Function]bool{}}
		for _, f := range h.Funcs {
			for _, b := range f.Blocks {
				for _, instr := range b.Instrs {
					h.used.add(instr)
				}
			}
		}
	}
	return h.used
}

// add notes the functions that instr calls, makes and mentions.
func (u *uses) add(instr ssa.Instruction) {
	if c, ok := instr.(ssa.CallInstruction); ok {
		if callee := c.Common().StaticCallee(); callee != nil {
			u.called[declaration(callee)] = true
		}
	}
	mc, makes := instr.(*ssa.MakeClosure)
	if makes {
		u.called[declaration(mc.Fn.(*ssa.Function))] = true
		if !onlyCalled(mc) {
			u.values[declaration(mc.Fn.(*ssa.Function))] = true
		}
	}
	for i, op := range instr.Operands(nil) {
		fn, ok := (*op).(*ssa.Function)
		if _, calls := instr.(ssa.CallInstruction); ok && !makes && (!calls || i > 0) {
			u.values[declaration(fn)] = true
		}
	}
}

// onlyCalled reports whether nothing is done with the function value v but
// calling it.
func onlyCalled(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case ssa.CallInstruction:
			for _, a := range r.Common().Args {
				if a == v {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// declaration returns the function that fn is an instance of, or wraps to bind a
// receiver.
func declaration(fn *ssa.Function) *ssa.Function {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if obj, ok := fn.Object().(*types.Func); ok && fn.Synthetic != "" {
		if m := fn.Prog.FuncValue(obj.Origin()); m != nil {
			return m
		}
	}
	return fn
}
