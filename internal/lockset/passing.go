package lockset

import (
	"go/types"
	"iter"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Functions like fmt.Sprintf and sort.Slice only call what they are passed, mostly
// nothing that has to do with locks. What such a call does is what these calls would
// do where it stands.

// passing is a call in fn of a function of another package that calls what it is
// passed.
type passing struct {
	r       *relevance
	fn      *ssa.Function
	call    *ssa.CallCommon
	callers map[*ssa.Function][]*ssa.Function // to add to; nil when these are complete
}

// touch returns what the callee does to locks, which makes the calls made.
func (p *passing) touch(made []summary.Call) touch {
	found := nothing
	for i := range made {
		c := &made[i]
		param := c.Fn.Root()
		if param.Kind != path.Param || param.Index >= len(p.call.Args) || hasStep(c.Fn, path.Field) {
			return calls // of what is stored somewhere
		}
		arg := p.call.Args[param.Index]
		if c.Fn == param {
			found = max(found, p.value(arg, c))
			continue
		}
		elements, all := elementsOf(arg)
		if !all {
			return calls
		}
		for _, v := range elements {
			found = max(found, p.value(v, c))
		}
	}
	return found
}

// elementsOf returns the elements of the variadic argument v, and whether these are
// all.
func elementsOf(v ssa.Value) (elements []ssa.Value, all bool) {
	if c, ok := v.(*ssa.Const); ok {
		return nil, c.IsNil()
	}
	slice, ok := v.(*ssa.Slice)
	if !ok {
		return nil, false
	}
	array, ok := slice.X.(*ssa.Alloc)
	if !ok || array.Comment != "varargs" {
		return nil, false
	}
	for st := range elementStores(array) {
		elements = append(elements, st.Val)
	}
	return elements, true
}

// elementStores yields the stores to the elements of an array, such as that behind a
// slice literal.
func elementStores(array *ssa.Alloc) iter.Seq[*ssa.Store] {
	return func(yield func(*ssa.Store) bool) {
		for _, r := range *array.Referrers() {
			at, ok := r.(*ssa.IndexAddr)
			if !ok {
				continue
			}
			for _, use := range *at.Referrers() {
				if st, ok := use.(*ssa.Store); ok && !yield(st) {
					return
				}
			}
		}
	}
}

// value returns what call c does to locks where it is a call of v.
func (p *passing) value(v ssa.Value, c *summary.Call) touch {
	switch w := v.(type) {
	case *ssa.Const:
		return nothing
	case *ssa.ChangeInterface:
		return p.value(w.X, c)
	case *ssa.ChangeType:
		return p.value(w.X, c)
	case *ssa.MakeInterface:
		return p.methodOf(w.X.Type(), c)
	case *ssa.Function:
		return p.function(w)
	case *ssa.MakeClosure:
		return nothing // the package runs it, see runs
	}
	switch {
	case fromCaller(v):
		return calls
	case !types.IsInterface(v.Type()):
		if c.Method != "" {
			return p.methodOf(v.Type(), c)
		}
		if p.r.locks {
			return calls
		}
	case p.callers != nil:
		name := methodName(c.Method)
		p.r.invokers[name] = append(p.r.invokers[name], invoker{p.fn, v.Type(), gotHere(v)})
	}
	return nothing
}

// methodOf returns what call c does where it is a call of a value of type t.
func (p *passing) methodOf(t types.Type, c *summary.Call) touch {
	if obj, _, _ := types.LookupFieldOrMethod(t, true, path.Home(t), methodName(c.Method)); obj != nil {
		if m, ok := obj.(*types.Func); ok {
			return p.method(m.Origin())
		}
	}
	if c.Parts && hasParts(t) && !p.r.e.answers(t) {
		return calls // of one of them
	}
	return nothing
}

// method returns what calling the method m does, or notes that it is called.
func (p *passing) method(m *types.Func) touch {
	if m.Pkg() == nil || types.IsInterface(m.Signature().Recv().Type()) {
		return calls
	}
	return p.function(path.Declared(p.r.e.Prog, m))
}

// hasParts reports whether a value of type t is made of others that can have
// methods.
func hasParts(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return false
	case *types.Slice:
		return mayHaveMethods(u.Elem())
	case *types.Array:
		return mayHaveMethods(u.Elem())
	}
	return true
}

// function returns what calling g does, or notes that it is called.
func (p *passing) function(g *ssa.Function) touch {
	if g == nil {
		return calls
	}
	g = path.Generic(g)
	switch {
	case len(g.Blocks) == 0 || !p.r.inPackage(g):
		return p.r.told(g)
	case p.callers == nil:
		return p.r.known[g]
	}
	p.callers[g] = append(p.callers[g], p.fn)
	return nothing
}
