package lockset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// The flow of values is dear, and most dynamic calls can reach no function that
// touches a lock wherever values flow.

// mayBeReached reports whether the dynamic call c could reach a function that
// touches a lock.
func (r *relevance) mayBeReached(c *ssa.CallCommon) bool {
	if r.candidates == nil {
		r.listCandidates()
	}
	return r.candidates[shapeOf(c)]
}

// shape is what a function has in common with the dynamic calls that may reach it:
// the method, if it is called by its name, and how many parameters and results
// there are.
type shape struct {
	method          string
	params, results int
}

func shapeOfFunc(sig *types.Signature) shape {
	return shape{params: sig.Params().Len(), results: sig.Results().Len()}
}

// shapeOf returns the shape of the functions that the dynamic call c can reach.
func shapeOf(c *ssa.CallCommon) shape {
	s := shapeOfFunc(c.Signature())
	if c.IsInvoke() {
		s.method = c.Method.Name()
	}
	return s
}

// listCandidates fills in the shapes of dynamic calls that could reach a function
// which touches a lock: one that is used as a value, or a method of an object that is
// put into an interface.
func (r *relevance) listCandidates() {
	r.candidates = map[shape]bool{}
	seen := map[types.Type]bool{}
	var ops [16]*ssa.Value
	for _, fn := range r.e.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if m, ok := instr.(*ssa.MakeInterface); ok && !seen[m.X.Type()] {
					seen[m.X.Type()] = true
					r.addMethods(m.X.Type())
				}
				for i, op := range instr.Operands(ops[:0]) {
					if f, ok := (*op).(*ssa.Function); ok && (i > 0 || !isCall(instr)) {
						r.addValue(f)
					}
				}
			}
		}
	}
}

func isCall(instr ssa.Instruction) bool {
	_, ok := instr.(ssa.CallInstruction)
	return ok
}

// addValue adds the shape of the calls of fn, which is used as a value.
func (r *relevance) addValue(fn *ssa.Function) {
	if r.e.touches(genericOf(fn)) != nothing {
		r.candidates[shapeOfFunc(fn.Signature)] = true
	}
}

// genericOf returns the function that fn is an instance of, or fn.
func genericOf(fn *ssa.Function) *ssa.Function {
	if o := fn.Origin(); o != nil {
		return o
	}
	return fn
}

// addMethods adds the methods of objects of type t: those that touch a lock, and those
// that a type of the package has from types of other packages that are embedded in it.
func (r *relevance) addMethods(t types.Type) {
	set := r.e.Prog.MethodSets.MethodSet(t)
	for i := range set.Len() {
		sel := set.At(i)
		m := sel.Obj().(*types.Func)
		fn := r.e.Prog.FuncValue(m.Origin())
		if _, here := r.known[fn]; here && r.known[fn] == nothing || !here && len(sel.Index()) == 1 {
			continue
		}
		s := shapeOfFunc(m.Signature())
		s.method = m.Name()
		r.candidates[s] = true
	}
}
