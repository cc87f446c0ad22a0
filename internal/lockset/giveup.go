package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A function that unlocks may be kept for later, in a slice or by another
// goroutine, and so may a pointer to the lock. Who calls it, and when, is not
// followed: nothing is known of the lock from there on.

// giveUpLocks returns s after val, or a struct with val in it, went where it is
// not followed.
func (x *executor) giveUpLocks(s *state, val *path.Node) *state {
	if x.aimless(s) {
		return s
	}
	for _, v := range s.partsOf(val) {
		targets := x.known(v, "", nil)
		if v.Visible() && !v.Remote() && x.unlocks(v) && (!isFuncPath(v) || slices.ContainsFunc(targets, target.releases)) {
			x.noteKept(v)
		}
		p := v
		if p.Kind == path.RLocker {
			p = p.Parent
		}
		if l := s.lock(p); l != nil && l.held {
			s = s.share(p, x.aliasesIn(s))
		}
		for _, t := range targets {
			if t.releases() {
				s = x.releasedElsewhere(s, &frame{target: t})
			}
		}
	}
	return s
}

// maxKept bounds what a function keeps; with more it may lose any lock.
const maxKept = 32

// noteKept notes that v, which callers can name, goes where it is not followed.
func (x *executor) noteKept(v *path.Node) {
	switch {
	case slices.Contains(x.kept, v):
	case len(x.kept) >= maxKept:
		x.noteLost(x.table.Unknown())
	default:
		x.kept = append(x.kept, v)
	}
}

// releases reports whether t may release a lock that it has not taken. Callers
// need not know of other functions that are kept.
func (t target) releases() bool {
	return len(t.sum.Lost) > 0 || slices.ContainsFunc(t.sum.Exits, func(e summary.Exit) bool {
		return len(e.Released) > 0 || slices.ContainsFunc(e.Held, func(h summary.Held) bool { return h.Retaken })
	})
}

// partsOf returns val and what is known to be in its fields. A lock that an object
// refers to is most likely the one that its methods take, which is no reason to
// lose sight of it; functions are there to be called.
func (s *state) partsOf(val *path.Node) []*path.Node {
	parts := []*path.Node{val}
	if val.Kind == path.Struct {
		parts = append(parts, val.Args...)
	}
	if freshRoot(val) == val {
		for _, b := range s.mem {
			if b.key.HasPrefix(val) && isFuncPath(b.val) {
				parts = append(parts, b.val)
			}
		}
	}
	return parts
}

// unlocks reports whether n can release a lock by its type: it is a function or
// a pointer to a lock.
func (x *executor) unlocks(n *path.Node) bool {
	t := x.typeOf(n)
	if t == nil {
		return isFuncPath(n)
	}
	switch u := t.Underlying().(type) {
	case *types.Signature:
		return true
	case *types.Interface:
		return isLocker(u)
	}
	return isLock(t)
}

// isFunc reports whether n is a function value.
func (x *executor) isFunc(n *path.Node) bool {
	if t := x.typeOf(n); t != nil {
		_, ok := t.Underlying().(*types.Signature)
		return ok
	}
	return isFuncPath(n)
}

func isFuncPath(n *path.Node) bool { return n.Kind == path.Closure || n.Kind == path.Func }

// releasedElsewhere returns s without the locks that the target of f, which
// runs at some other time, releases.
func (x *executor) releasedElsewhere(s *state, f *frame) *state {
	x.substitution(s, f)
	for _, q := range f.sum.Lost {
		s = s.share(x.lockIn(f, q), x.aliasesIn(s))
	}
	for i := range f.sum.Exits {
		for _, r := range f.sum.Exits[i].Released {
			s = s.share(x.lockIn(f, r), x.aliasesIn(s))
		}
		for _, h := range f.sum.Exits[i].Held {
			if h.Retaken {
				s = s.share(x.lockIn(f, h.Path), x.aliasesIn(s))
			}
		}
	}
	return s
}

// keep returns s after val was stored to addr by instr, or by a function that
// is called here.
func (x *executor) keep(s *state, addr, val *path.Node, instr ssa.Instruction) *state {
	if inContainer(addr) && !isArgument(instr) || addr.Kind == path.Unknown {
		return x.giveUpLocks(s, val)
	}
	return s
}

// inContainer reports whether the cell at addr is in an element of a
// container.
func inContainer(addr *path.Node) bool {
	for ; addr != nil; addr = addr.Parent {
		switch addr.Kind {
		case path.Index, path.Lookup, path.Elem:
			return true
		}
	}
	return false
}

// isArgument reports whether instr stores an argument of a variadic call.
func isArgument(instr ssa.Instruction) bool {
	st, ok := instr.(*ssa.Store)
	if !ok {
		return false
	}
	elem, ok := st.Addr.(*ssa.IndexAddr)
	if !ok {
		return false
	}
	array, ok := elem.X.(*ssa.Alloc)
	if !ok || !isVarargs(array) {
		return false
	}
	for _, use := range *array.Referrers() {
		if part, ok := use.(*ssa.Slice); ok {
			return !slices.ContainsFunc(*part.Referrers(), isBuiltin)
		}
	}
	return false
}

// isVarargs reports whether array is that of the arguments of a variadic call.
func isVarargs(array *ssa.Alloc) bool { return array.Comment == "varargs" }

func isBuiltin(instr ssa.Instruction) bool {
	c, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	_, ok = c.Call.Value.(*ssa.Builtin)
	return ok
}

// sends returns s after the select statement may have sent what it can.
func (x *executor) sends(s *state, sel *ssa.Select) *state {
	for _, c := range sel.States {
		if c.Send != nil {
			s = x.giveUpLocks(s, x.eval(s, c.Send))
		}
	}
	return s
}

// keptBy returns s after the call of frame f without the locks that the target
// can release later: by a function that it was passed and did not call, or by a
// pointer that it has put somewhere.
func (x *executor) keptBy(s *state, f *frame) *state {
	if x.aimless(s) {
		return s
	}
	for _, k := range f.sum.Kept {
		s = x.giveUpLocks(s, f.sub.Apply(k))
	}
	for i, a := range f.args {
		if a != nil && x.isFunc(a) && !isLoopBody(a.Fn) && !f.sum.TellsOf(i) && !f.ignores(i) {
			s = x.giveUpLocks(s, a)
		}
	}
	return s
}

// ignores reports whether the target does nothing with its parameter i.
func (f *frame) ignores(i int) bool {
	return f.fn != nil && len(f.fn.Blocks) > 0 && i < len(f.fn.Params) && len(*f.fn.Params[i].Referrers()) == 0
}

// lentBy returns s after a call that is not followed without the locks that the methods
// of its arguments release: of those methods that it can call, by the interfaces that it
// takes.
func (x *executor) lentBy(s *state, site ssa.CallInstruction, args []*path.Node) *state {
	if x.aimless(s) {
		return s
	}
	c := site.Common()
	args = args[len(args)-len(c.Args):] // without the receiver of an interface method
	for i, a := range c.Args {
		t, ok := a.Type().Underlying().(*types.Interface)
		if !ok || !isConcrete(x.typeOf(args[i])) {
			continue
		}
		for m := range t.Methods() {
			for _, target := range x.known(args[i], methodKey(m), args[i:i+1]) {
				if target.releases() {
					s = x.releasedElsewhere(s, &frame{target: target, site: site})
				}
			}
		}
	}
	return s
}
