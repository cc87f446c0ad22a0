package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Which instructions store something where its package calls it later, under a
// lock.

// wiring is what a function of another package stores in such places, and what
// it returns.
type wiring struct {
	stores  []summary.Store
	results []*path.Node
}

// wiring returns what fn, a function of another package, stores, if some of that
// is called under a lock later; else nil.
func (e *Engine) wiring(fn *ssa.Function) *wiring {
	fn = path.Generic(fn)
	w, ok := e.wirings[fn]
	if !ok {
		if stores, results := e.Wiring(fn); len(stores) > 0 {
			w = &wiring{stores, results}
		}
		if e.wirings == nil {
			e.wirings = map[*ssa.Function]*wiring{}
		}
		e.wirings[fn] = w
	}
	return w
}

// Wires reports whether one of the stores is to a place whose contents its
// package, be it this one, calls under a lock, or in an object that may be there.
func (e *Engine) Wires(stores []summary.Store) bool {
	for _, st := range stores {
		for n := st.Addr; n != nil; n = n.Parent {
			holder := n.Owner
			if n.Kind == path.Global {
				holder = n.Name
			}
			if holder != "" && (len(e.StoredIn(holder)) > 0 || len(e.StoredCalls(holder)) > 0 || e.ledThrough(n)) {
				return true
			}
		}
	}
	return false
}

// ledThrough reports whether a call that this package makes under a lock, of what is stored
// somewhere, finds that by the field f, of an object that is stored there.
func (e *Engine) ledThrough(f *path.Node) bool {
	if f.Kind != path.Field {
		return false
	}
	is := func(n *path.Node) bool { return n.Kind == path.Field && n.Owner == f.Owner && n.Name == f.Name }
	for _, calls := range e.stored {
		if slices.ContainsFunc(calls, func(c summary.Stored) bool { return c.Value.Any(is) }) {
			return true
		}
	}
	return false
}

// registering reports whether instr may store something that is called later.
func (e *Engine) registering(instr ssa.Instruction) bool {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return e.registersStore(instr)
	}
	callee := call.Common().StaticCallee()
	return callee != nil && e.elsewhere(callee) && (e.wiring(callee) != nil || e.takesOptions(callee))
}

// takesOptions reports whether fn, a function of another package, may apply what it is
// passed to a new object of which its package calls under a lock what is stored there.
func (e *Engine) takesOptions(fn *ssa.Function) bool {
	sig := fn.Signature
	if !sig.Variadic() || sig.Results().Len() == 0 {
		return false
	}
	t := pointedTo(sig.Results().At(0).Type())
	return e.callsStored(t)
}

// callsStored reports whether t is a type of another package, which calls under a lock what
// is stored in its objects.
func (e *Engine) callsStored(t *types.Named) bool {
	return e.abroad(t) && len(e.StoredCalls(path.OwnerName(t))) > 0
}

// elsewhere reports whether fn, or the generic function that it is an instance of, is of
// another package, so that its body is not at hand.
func (e *Engine) elsewhere(fn *ssa.Function) bool {
	fn = path.Generic(fn)
	return len(fn.Blocks) == 0 && !e.owns(fn)
}

// registersStore is registering for stores.
func (e *Engine) registersStore(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		return callable(instr.Val.Type()) && (e.calledLater(instr.Addr) || e.copied(instr) != nil)
	case *ssa.MapUpdate:
		return callable(instr.Value.Type()) && e.calledLater(instr.Map)
	}
	return false
}

// copied returns the load of the object that st stores a copy of, if its package calls
// under a lock what such objects hold; else nil.
func (e *Engine) copied(st *ssa.Store) *ssa.UnOp {
	load, ok := st.Val.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil
	}
	if t := pointedTo(load.X.Type()); !e.callsStored(t) || !path.IsStruct(t) {
		return nil
	}
	return load
}

// callable reports whether a value of type t can be called or hold something
// that can.
func callable(t types.Type) bool {
	_, basic := path.Innermost(t).Underlying().(*types.Basic)
	return !basic
}

// calledLater reports whether a part of the way to the cell or container v is a
// place of another package whose contents are called under a lock.
func (e *Engine) calledLater(v ssa.Value) bool {
	for {
		switch w := v.(type) {
		case *ssa.FieldAddr:
			if t := pointedTo(w.X.Type()); e.callsStored(t) {
				return true
			}
			v = w.X
		case *ssa.IndexAddr:
			v = w.X
		case *ssa.UnOp:
			v = w.X
		case *ssa.Global:
			return !e.Own(w.Pkg) && len(e.StoredCalls(w.Pkg.Pkg.Path()+"."+w.Name())) > 0
		default:
			return false
		}
	}
}

// abroad reports whether t is a named type of another package.
func (e *Engine) abroad(t *types.Named) bool {
	return t != nil && t.Obj().Pkg() != nil && e.Imported(t.Obj().Pkg().Path()) != nil
}

// pointedTo returns the named type that t is a pointer to, or nil.
func pointedTo(t types.Type) *types.Named {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		n, _ := types.Unalias(p.Elem()).(*types.Named)
		return n
	}
	return nil
}
