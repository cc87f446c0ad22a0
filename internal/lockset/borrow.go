package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Who is passed an object may release a lock by it, now or later. A function that
// only looks at what is in the object does not: `if tx.get(k) == ""`.

// param is a parameter of a function.
type param struct {
	fn *ssa.Function
	i  int
}

// handedTo returns the arguments of the call of the targets that are more to them
// than something to look at.
func (e *Engine) handedTo(site ssa.CallInstruction, targets []target, complete bool, args []*path.Node) []*path.Node {
	fns := []*ssa.Function{site.Common().StaticCallee()}
	if complete {
		fns = fns[:0]
		for _, t := range targets {
			fns = append(fns, t.fn)
		}
	}
	var out []*path.Node
	for i, a := range args {
		if len(fns) == 0 || slices.ContainsFunc(fns, func(fn *ssa.Function) bool { return !e.borrows(param{fn, i}) }) {
			out = append(out, a)
		}
	}
	return out
}

// borrows reports whether the function does no more with what it is passed as p than
// look at what is in it, set numbers and flags there, and take or release its locks.
func (e *Engine) borrows(p param) bool {
	if p.fn == nil {
		return false
	}
	if recv := p.fn.Signature.Recv(); recv != nil && isLock(recv.Type()) {
		return true // what it does to the lock is followed
	}
	p.fn = path.Generic(p.fn)
	if p.i >= len(p.fn.Params) || len(p.fn.Blocks) == 0 {
		return false
	}
	ok, known := e.borrowed[p]
	if !known {
		if e.borrowed == nil {
			e.borrowed = map[param]bool{}
		}
		e.borrowed[p] = false // a function that calls itself is not known to
		ok = e.looksAt(p.fn.Params[p.i], map[ssa.Value]bool{})
		e.borrowed[p] = ok
	}
	return ok
}

// looksAt reports whether the function of v only looks at what is in v. What it
// finds there may lead back, unless that is a number, a string or the like.
func (e *Engine) looksAt(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] || inert(v.Type()) {
		return true
	}
	seen[v] = true
	return !slices.ContainsFunc(*v.Referrers(), func(use ssa.Instruction) bool { return !e.looks(use, v, seen) })
}

// looks is looksAt for one use of v.
func (e *Engine) looks(use ssa.Instruction, v ssa.Value, seen map[ssa.Value]bool) bool {
	switch use := use.(type) {
	case *ssa.DebugRef, *ssa.If, *ssa.BinOp:
		return true
	case *ssa.Store:
		return use.Val != v
	case *ssa.MapUpdate:
		return use.Map == v && use.Key != v && use.Value != v
	case *ssa.UnOp:
		return use.Op == token.MUL && e.looksAt(use, seen)
	case *ssa.FieldAddr, *ssa.Field, *ssa.IndexAddr, *ssa.Index, *ssa.Lookup, *ssa.Extract, *ssa.Phi, *ssa.Slice, *ssa.Range, *ssa.Next,
		*ssa.ChangeType, *ssa.ChangeInterface, *ssa.TypeAssert:
		return e.looksAt(use.(ssa.Value), seen)
	case ssa.CallInstruction:
		return e.looksIn(use, v)
	}
	return false
}

// looksIn is looks for a call.
func (e *Engine) looksIn(site ssa.CallInstruction, v ssa.Value) bool {
	c := site.Common()
	if b, ok := c.Value.(*ssa.Builtin); ok {
		return b.Name() == "len" || b.Name() == "cap" || b.Name() == "delete" || b.Name() == "clear"
	}
	if _, starts := site.(*ssa.Go); starts {
		return false
	}
	callee := c.StaticCallee()
	if callee == nil || c.Value == v {
		return false
	}
	for i, a := range c.Args {
		if a == v && !e.borrows(param{callee, i}) {
			return false
		}
	}
	return true
}

// isLock reports whether t is a pointer to a lock of package sync.
func isLock(t types.Type) bool {
	owner := path.OwnerName(t)
	return owner == "sync.Mutex" || owner == "sync.RWMutex"
}

// inert reports whether a value of type t leads to no object: a number, a string, or a
// struct or tuple of such.
func inert(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() != types.UnsafePointer
	case *types.Struct:
		for f := range u.Fields() {
			if !inert(f.Type()) {
				return false
			}
		}
		return true
	case *types.Array:
		return inert(u.Elem())
	}
	return false
}
