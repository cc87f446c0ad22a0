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
// which touches a lock.
func (r *relevance) listCandidates() {
	r.candidates = map[shape]bool{}
	pkgs := map[*ssa.Package]bool{}
	for fn, t := range r.known {
		if pkgs[fn.Pkg] = true; t != nothing {
			r.addCandidate(fn.Signature, fn.Name())
		}
	}
	for pkg := range pkgs {
		if pkg == nil {
			continue
		}
		for _, m := range pkg.Members {
			if t, ok := m.(*ssa.Type); ok && !types.IsInterface(t.Type()) {
				r.addPromoted(t.Type())
			}
		}
	}
}

// addCandidate adds the shapes of the calls of a function: also as a method value
// and as a method expression.
func (r *relevance) addCandidate(sig *types.Signature, name string) {
	s := shapeOfFunc(sig)
	r.candidates[s] = true
	if sig.Recv() != nil {
		s.method = name
		r.candidates[s] = true
		s.method = ""
		s.params++
		r.candidates[s] = true
	}
}

// addPromoted adds the methods that the struct type t has from types of other
// packages that are embedded in it.
func (r *relevance) addPromoted(t types.Type) {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for f := range st.Fields() {
		if f.Embedded() {
			for m := range types.NewMethodSet(f.Type()).Methods() {
				r.addCandidate(m.Obj().(*types.Func).Signature(), m.Obj().Name())
			}
		}
	}
}
