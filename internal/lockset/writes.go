package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Functions that have nothing to do with locks are not run, unless they are small.
// What they may change is found by a look at their stores.

// maxWritten bounds the classes of cells that a function is known to change.
const maxWritten = 24

// writes are the classes of the cells that a function, or what it calls, may change.
type writes struct {
	classes []string // sorted
	unknown bool     // there are more
}

// writesOf returns what fn, a function of the package, may change. In a cycle of calls
// that is not known.
func (e *Engine) writesOf(fn *ssa.Function) *writes {
	w, ok := e.written[fn]
	if ok {
		return w
	}
	if e.written == nil {
		e.written = map[*ssa.Function]*writes{}
	}
	e.written[fn] = &writes{unknown: true}
	w = &writes{}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			w.instr(e, instr)
		}
	}
	w.unknown = w.unknown || len(w.classes) > maxWritten
	e.written[fn] = w
	return w
}

// changedIn returns s after the call at site of a function of the package that is not
// run, with what that may change forgotten, and whether this is all there is.
func (x *executor) changedIn(s *state, site ssa.CallInstruction) (*state, bool) {
	callee := site.Common().StaticCallee()
	if callee == nil || len(callee.Blocks) == 0 {
		return s, false
	}
	w := x.engine.writesOf(callee)
	return s.clobber(w.classes...), !w.unknown
}

// instr adds what one instruction changes.
func (w *writes) instr(e *Engine, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Store:
		w.store(instr)
	case *ssa.MapUpdate:
		w.add(path.ElementClass(instr.Map))
	case *ssa.Send:
		w.add(path.ElementClass(instr.Chan))
	case *ssa.Go, *ssa.Select, *ssa.MakeClosure:
		w.unknown = true
	case ssa.CallInstruction:
		w.call(e, instr.Common())
	}
}

// add adds the class; none means that it is not known what is changed.
func (w *writes) add(class string) {
	if class == "" || class == path.Elements {
		w.unknown = true
		return
	}
	if i, ok := slices.BinarySearch(w.classes, class); !ok {
		w.classes = slices.Insert(w.classes, i, class)
	}
}

// store adds the cells that st changes.
func (w *writes) store(st *ssa.Store) {
	if allocOf(st.Addr) == nil {
		w.value(st.Val.Type(), path.ClassAt(st.Addr))
	}
}

// allocOf returns the variable or new object of the function that addr is in, or nil.
func allocOf(addr ssa.Value) *ssa.Alloc {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return addr
	case *ssa.FieldAddr:
		return allocOf(addr.X)
	case *ssa.IndexAddr:
		return allocOf(addr.X)
	}
	return nil
}

// value adds the cells of a value of type t, in a cell of the given class: a struct and
// an array have many.
func (w *writes) value(t types.Type, class string) {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		owner := path.OwnerName(t)
		if owner == "" {
			w.unknown = true
			return
		}
		w.add(allFields(owner))
		for f := range u.Fields() {
			w.parts(f.Type(), owner+"."+f.Name())
		}
		return
	case *types.Array:
		w.parts(t, class)
	}
	w.add(class)
}

// parts adds what a value of type t has inside.
func (w *writes) parts(t types.Type, class string) {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		w.value(t, class)
	case *types.Array:
		w.value(u.Elem(), path.Elements+class)
	}
}

// call adds what a call changes.
func (w *writes) call(e *Engine, c *ssa.CallCommon) {
	callee := c.StaticCallee()
	switch b, builtin := c.Value.(*ssa.Builtin); {
	case builtin && (b.Name() == "copy" || b.Name() == "delete" || b.Name() == "clear" || b.Name() == "append" && growsInPlace(c.Args[0])):
		w.add(path.ElementClass(c.Args[0]))
	case builtin && b.Name() == "close":
		w.add(path.ClosedClass)
	case builtin:
	case callee == nil:
		w.unknown = true
	case len(callee.Blocks) > 0:
		inner := e.writesOf(path.Generic(callee))
		w.unknown = w.unknown || inner.unknown
		w.classes = unite(w.classes, inner.classes)
	default:
		w.foreign(e, c, callee)
	}
}

// foreign adds what a function of another package changes: what it tells, or, if it
// tells nothing, whatever it is passed a reference to.
func (w *writes) foreign(e *Engine, c *ssa.CallCommon, callee *ssa.Function) {
	if s := e.Known(path.FuncName(callee), callee); s != nil {
		w.summary(s)
		return
	}
	for _, a := range c.Args {
		if _, basic := a.Type().Underlying().(*types.Basic); !basic {
			w.unknown = true
		}
	}
}

func (w *writes) summary(s *summary.Summary) {
	if len(s.Calls) > 0 || s.Unsure {
		w.unknown = true
	}
	for i := range s.Exits {
		w.classes = unite(w.classes, s.Exits[i].Dirty)
		for _, st := range s.Exits[i].Stores {
			if st.Addr.Root().Kind != path.Fresh {
				w.add(st.Addr.Class())
			}
		}
	}
}

// growsInPlace reports whether the slice v is a part of another one, where append may
// store.
func growsInPlace(v ssa.Value) bool {
	s, ok := v.(*ssa.Slice)
	return ok && path.IsSlice(s.X.Type())
}
