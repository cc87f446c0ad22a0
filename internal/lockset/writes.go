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

// instr adds what one instruction changes.
func (w *writes) instr(e *Engine, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Store:
		w.store(instr)
	case *ssa.MapUpdate:
		w.add(elementClass(instr.Map))
	case *ssa.Go:
		w.unknown = true
	case ssa.CallInstruction:
		w.call(e, instr.Common())
	}
}

// add adds the class; none means that it is not known what is changed.
func (w *writes) add(class string) {
	if class == "" {
		w.unknown = true
		return
	}
	if i, ok := slices.BinarySearch(w.classes, class); !ok {
		w.classes = slices.Insert(w.classes, i, class)
	}
}

// store adds the cells that st changes: a struct has many.
func (w *writes) store(st *ssa.Store) {
	if isLocal(st.Addr) {
		return
	}
	if owner := path.OwnerName(st.Val.Type()); owner != "" {
		if _, isStruct := st.Val.Type().Underlying().(*types.Struct); isStruct {
			w.add(allFields(owner))
			return
		}
	}
	if _, variable := st.Addr.(*ssa.Alloc); !variable {
		w.add(classAt(st.Addr))
	}
}

// call adds what a call changes.
func (w *writes) call(e *Engine, c *ssa.CallCommon) {
	callee := c.StaticCallee()
	switch b, builtin := c.Value.(*ssa.Builtin); {
	case builtin && (b.Name() == "copy" || b.Name() == "delete" || b.Name() == "clear"):
		w.add(elementClass(c.Args[0]))
	case builtin:
	case callee == nil:
		w.unknown = true
	case len(callee.Blocks) > 0:
		if o := callee.Origin(); o != nil {
			callee = o
		}
		inner := e.writesOf(callee)
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

// classAt returns the class of the cells at addr, as [path.Node.Class] names it.
func classAt(addr ssa.Value) string {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		t := addr.X.Type().Underlying().(*types.Pointer).Elem()
		return path.OwnerName(t) + "." + t.Underlying().(*types.Struct).Field(addr.Field).Name()
	case *ssa.IndexAddr:
		return elementClass(addr.X)
	case *ssa.Global:
		return addr.Pkg.Pkg.Path() + "." + addr.Name()
	}
	return ""
}

// elementClass returns the class of the elements of the container c.
func elementClass(c ssa.Value) string {
	for {
		switch v := c.(type) {
		case *ssa.Slice:
			c = v.X
			continue
		case *ssa.UnOp:
			return "[]" + classAt(v.X)
		}
		return "[]" + classAt(c) // an array, or one of which nothing is known
	}
}
