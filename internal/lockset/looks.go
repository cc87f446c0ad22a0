package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// maxLooked bounds the classes of the cells that a pure function looks at.
const maxLooked = 8

// looks is what a function does that changes nothing.
type looks struct {
	idle  bool     // it changes nothing, as far as all its instructions tell
	cells []string // classes of the cells that it loads, sorted
	vague bool     // it loads others, too, or too many
}

// looksOf returns the classes of the cells that tell, with the arguments, what fn does and
// returns; false if it may depend on more, or change something.
func (e *Engine) looksOf(fn *ssa.Function) (cells []string, pure bool) {
	l := e.looked(fn)
	return l.cells, l.idle && !l.vague
}

// looked returns what fn does if it changes nothing.
func (e *Engine) looked(fn *ssa.Function) *looks {
	l, ok := e.pure[fn]
	if !ok {
		if e.pure == nil {
			e.pure = map[*ssa.Function]*looks{}
		}
		l = &looks{}
		e.pure[fn] = l // a function that calls itself is not known to be pure
		l.idle = e.Pure(path.FuncName(fn)) || len(fn.Blocks) > 0 && e.computes(fn, l)
	}
	return l
}

// computes reports whether all instructions of fn are about values and what they look at,
// and adds that to l.
func (e *Engine) computes(fn *ssa.Function, l *looks) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if !e.isLook(instr, l) {
				return false
			}
		}
	}
	return true
}

// isLook reports whether instr is about values, and adds the cells that it loads to l.
func (e *Engine) isLook(instr ssa.Instruction, l *looks) bool {
	switch instr := instr.(type) {
	case *ssa.BinOp, *ssa.Phi, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.TypeAssert,
		*ssa.Extract, *ssa.Field, *ssa.Index, *ssa.Alloc, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.If, *ssa.Jump, *ssa.Return, *ssa.DebugRef:
		return true
	case *ssa.UnOp:
		if instr.Op == token.MUL && !inFrame(instr.X) {
			_, element := instr.X.(*ssa.IndexAddr)
			l.at(tracked(instr.Type(), element), path.ClassAt(instr.X))
		}
		return instr.Op != token.ARROW
	case *ssa.Store:
		return inFrame(instr.Addr)
	case *ssa.Convert:
		return !path.IsSlice(instr.X.Type()) // string(b) reads b
	case *ssa.Slice:
		return path.IsBasic(instr.X.Type(), types.IsString)
	case *ssa.Lookup:
		l.at(tracked(instr.Type(), true), path.ElementClass(instr.X))
		return true
	case *ssa.Range:
		if !path.IsBasic(instr.X.Type(), types.IsString) {
			l.at(tracked(instr.X.Type().Underlying().(*types.Map).Elem(), true), path.ElementClass(instr.X))
		}
		return true
	case *ssa.Next:
		return true
	case *ssa.Call:
		return e.isLookCall(&instr.Call, l)
	}
	return false
}

func (e *Engine) isLookCall(c *ssa.CallCommon, l *looks) bool {
	b, ok := c.Value.(*ssa.Builtin)
	if !ok {
		callee := c.StaticCallee()
		if callee == nil {
			return false
		}
		if e.isLoad(callee) {
			l.at(true, path.ClassAt(c.Args[0]))
			return true
		}
		inner := e.looked(callee)
		l.at(!inner.vague, inner.cells...)
		return inner.idle
	}
	switch b.Name() {
	case "len":
		if _, ok := c.Args[0].Type().Underlying().(*types.Map); ok {
			l.at(true, path.ElementClass(c.Args[0]))
			return true
		}
		return path.IsSlice(c.Args[0].Type()) || path.IsBasic(c.Args[0].Type(), types.IsString)
	case "min", "max":
		return true
	}
	return false
}

// isLoad reports whether fn, of another package, returns the content of its argument, and
// does nothing else: it is one of the loads of package sync/atomic.
func (e *Engine) isLoad(fn *ssa.Function) bool {
	if len(fn.Blocks) > 0 {
		return false
	}
	sum := e.Known(path.FuncName(fn), fn)
	return sum != nil && len(sum.Exits) == 1 && len(sum.Exits[0].Results) == 1 && sum.Exits[0].Results[0] == e.Table.Deref(e.Table.Param(0), nil) &&
		len(sum.Exits[0].Stores)+len(sum.Exits[0].Dirty)+len(sum.Acquires)+len(sum.Calls) == 0
}

// at adds the classes to those of the cells that l loads. It is vague if stores to them
// are not seen, if one is not a class of cells that can be told from all others, or there
// are too many.
func (l *looks) at(seen bool, classes ...string) {
	for _, c := range classes {
		seen = seen && c != "" && c != path.Elements
		if i, ok := slices.BinarySearch(l.cells, c); !ok && seen {
			l.cells = inserted(l.cells, i, c)
		}
	}
	l.vague = l.vague || !seen || len(l.cells) > maxLooked
}

// inFrame reports whether addr is in a variable that does not outlive the call.
func inFrame(addr ssa.Value) bool {
	a := allocOf(addr)
	return a != nil && !a.Heap
}
