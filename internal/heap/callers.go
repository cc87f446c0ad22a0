package heap

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// callers tells how the functions of the package are called.
type callers struct {
	byName  map[*ssa.Function]bool
	asValue map[*ssa.Function]bool   // mentioned other than in a call
	handed  map[*ssa.Function]bool   // closures that are not only called where they are made
	invoked map[string][]*types.Func // methods of interfaces, by name
}

// called reports whether all calls of fn within the package are by name, or by
// interface values that are known: they are seen with what they pass, and answer for
// the stores of fn. One that is called by another value answers for itself.
func (h *Heap) called(fn *ssa.Function) bool {
	c := h.calls()
	switch {
	case c.asValue[fn]:
		return false
	case c.invokes(fn):
		return h.followsMethod(fn)
	}
	return c.byName[fn]
}

// calls tells how the functions are called.
func (h *Heap) calls() *callers {
	if h.callers == nil {
		h.callers = h.findCallers()
	}
	return h.callers
}

func (h *Heap) findCallers() *callers {
	c := &callers{map[*ssa.Function]bool{}, map[*ssa.Function]bool{}, map[*ssa.Function]bool{}, map[string][]*types.Func{}}
	for _, f := range h.Funcs {
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				c.note(instr)
			}
		}
	}
	return c
}

// note adds what instr calls or mentions.
func (c *callers) note(instr ssa.Instruction) {
	var called ssa.Value
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		common := instr.Common()
		if m := common.Method; m != nil {
			c.invoked[m.Name()] = append(c.invoked[m.Name()], m)
		}
		if callee := common.StaticCallee(); callee != nil {
			c.byName[declared(callee)] = true
		}
		called = common.Value
	case *ssa.MakeClosure:
		fn := declared(instr.Fn.(*ssa.Function))
		c.byName[fn] = true
		c.handed[fn] = c.handed[fn] || !onlyCalled(instr)
		called = instr.Fn
	}
	for _, v := range instr.Operands(nil) {
		if fn, ok := (*v).(*ssa.Function); ok && fn != called {
			c.asValue[declared(fn)] = true
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
			if slices.Contains(r.Common().Args, v) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// invokes reports whether a call of an interface method may be one of fn.
func (c *callers) invokes(fn *ssa.Function) bool {
	return fn.Signature.Recv() != nil && slices.ContainsFunc(c.invoked[fn.Name()], func(m *types.Func) bool {
		sig := m.Signature()
		return types.Identical(sig.Params(), fn.Signature.Params()) && types.Identical(sig.Results(), fn.Signature.Results())
	})
}

// importable reports whether another package can call fn by name.
func importable(fn *ssa.Function) bool {
	o := fn.Object()
	if o == nil || !o.Exported() || o.Pkg() == nil || o.Pkg().Name() == "main" {
		return false
	}
	recv := fn.Signature.Recv()
	return recv == nil || exportedName(path.OwnerName(recv.Type()))
}

// exportedName reports whether a qualified name, of a type or a variable, is
// exported.
func exportedName(name string) bool {
	return exported(name[strings.LastIndexByte(name, '.')+1:])
}

// declared returns the function that fn, an instance or the thunk of a method
// expression, stands for.
func declared(fn *ssa.Function) *ssa.Function {
	if o := path.Generic(fn); o != fn {
		return o
	}
	if m, ok := fn.Object().(*types.Func); ok && fn.Synthetic != "" && len(fn.FreeVars) == 0 {
		if d := fn.Prog.FuncValue(m); d != nil {
			return d
		}
	}
	return fn
}
