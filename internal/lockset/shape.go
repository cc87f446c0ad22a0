package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// The flow of values is dear, and most dynamic calls can reach no function that
// touches a lock wherever values flow.

// candidates are the functions that touch a lock and that dynamic calls could reach,
// wherever values flow: those that are used as values, and the methods of objects that
// are put into interfaces.
type candidates struct {
	values  map[shape][]*types.Signature // no two of them identical
	methods map[string][]candidate       // by the name of the method
	reached map[methodID]bool            // what mayBeReached has found of interfaces
}

// candidate is a type of objects that have a method, and what that does to locks.
type candidate struct {
	typ   types.Type
	touch touch
}

// shape is what a function has in common with the dynamic calls that may reach it.
type shape struct{ params, results int }

func shapeOf(sig *types.Signature) shape { return shape{sig.Params().Len(), sig.Results().Len()} }

// mayBeReached reports whether the dynamic call c could reach a function that
// touches a lock.
func (r *relevance) mayBeReached(c *ssa.CallCommon) bool {
	if r.candidates == nil {
		r.listCandidates()
	}
	if c.IsInvoke() {
		k := methodID{c.Value.Type(), c.Method.Name()}
		reached, ok := r.candidates.reached[k]
		if !ok {
			least := calls
			if c.Method.Signature().Params().Len() == 0 {
				least = acts // what else it could call is its own, and of a caller who knows the object
			}
			reached = slices.ContainsFunc(r.candidates.methods[k.name], func(m candidate) bool { return m.touch >= least && mayImplement(m.typ, k.recv) })
			r.candidates.reached[k] = reached
		}
		return reached
	}
	sig := c.Signature()
	return slices.ContainsFunc(r.candidates.values[shapeOf(sig)], func(v *types.Signature) bool {
		return types.Identical(v, sig) || ofTypeParams(v) || ofTypeParams(sig)
	})
}

// mayImplement reports whether objects of type t can be in the interface it, or may be
// if one of them has type parameters.
func mayImplement(t, it types.Type) bool {
	i, ok := it.Underlying().(*types.Interface)
	return !ok || ofTypeParams(t) || ofTypeParams(it) || types.Implements(t, i)
}

// listCandidates fills in the candidates.
func (r *relevance) listCandidates() {
	r.candidates = &candidates{values: map[shape][]*types.Signature{}, methods: map[string][]candidate{}, reached: map[methodID]bool{}}
	for t := range r.boxed {
		r.addMethods(t)
	}
	for fn := range r.valued {
		r.addValue(fn)
	}
}

// addValue adds fn, which is used as a value.
func (r *relevance) addValue(fn *ssa.Function) {
	sig := fn.Signature
	s := shapeOf(sig)
	same := func(v *types.Signature) bool { return types.Identical(v, sig) }
	if !slices.ContainsFunc(r.candidates.values[s], same) && r.e.touches(path.Generic(fn)) != nothing {
		r.candidates.values[s] = append(r.candidates.values[s], sig)
	}
}

// addMethods adds the methods of objects of type t: those that touch a lock, and those
// that a type of the package has from types of other packages that are embedded in it.
func (r *relevance) addMethods(t types.Type) {
	set := r.e.Prog.MethodSets.MethodSet(t)
	for i := range set.Len() {
		sel := set.At(i)
		m := sel.Obj().(*types.Func)
		fn := r.e.Prog.FuncValue(m.Origin())
		touch, here := r.known[fn]
		switch {
		case here && touch == nothing, !here && len(sel.Index()) == 1:
			continue
		case !here:
			touch = acts
		}
		r.candidates.methods[m.Name()] = append(r.candidates.methods[m.Name()], candidate{t, touch})
	}
}
