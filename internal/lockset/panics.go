package lockset

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// maxPanics bounds the panics of a function that callers are told of.
const maxPanics = 4

// panics leaves the function by a panic at pos: the defers run, and if one of them
// recovers the function returns to its caller. Else the caller is told which
// locks are left held.
func (x *executor) panics(s *state, pos token.Pos) {
	s = x.panicAt(s, pos)
	recovers := x.willRecover(s)
	for _, t := range x.runDefers(s, true) {
		switch {
		case !recovers:
			x.leavePanicking(t)
		case x.fn.Recover != nil:
			x.enter(x.fn.Recover, x.prune(t, x.fn.Recover))
		}
	}
}

// panicAt returns s where the steps to each lock held tell that a panic at pos has
// left it held.
func (x *executor) panicAt(s *state, pos token.Pos) *state {
	step := x.stepAt(pos, summary.Panics, "panics", false)
	for _, l := range s.locks {
		if l.held {
			n := *l
			n.steps = append(slices.Clip(l.steps), step)
			s = s.setLock(&n)
		}
	}
	return s
}

// unwinds leaves the function by the panics of the target that leave a lock
// held. What the deferred calls of a function that recovers do is looked at; how
// it goes on after that is not: most functions that panic are not meant to.
func (x *executor) unwinds(s *state, f *frame) {
	if f.depth > 0 {
		return
	}
	for i := range f.sum.Panics {
		e := &f.sum.Panics[i]
		g, ok := x.guard(s, f, e.Guard)
		if !ok {
			continue
		}
		t := s.under(g)
		for _, h := range e.Held {
			t = x.holdIn(t, f, h)
		}
		switch {
		case x.willRecover(s):
			x.runDefers(t, true)
		case s.defers == nil:
			x.leavePanicking(t)
		}
	}
}

// leavePanicking notes that the function leaves its callers by a panic in state
// s, if it holds locks that they can name.
func (x *executor) leavePanicking(s *state) {
	if x.top || len(x.panicked) >= maxPanics {
		return
	}
	e := summary.Exit{Guard: s.cond.Visible()}
	for _, l := range s.locks {
		if l.held && !l.shared && l.path.Visible() {
			e.Held = append(e.Held, summary.Held{Path: l.path, Mode: l.mode, Retaken: l.released, Steps: l.steps})
		}
	}
	if len(e.Held) == 0 {
		return
	}
	for i := range x.panicked {
		if o := &x.panicked[i]; sameHeld(o.Held, e.Held) {
			if g, ok := o.Guard.Join(e.Guard); ok {
				o.Guard = g
				return
			}
		}
	}
	x.panicked = append(x.panicked, e)
}

// unwinding returns s for the deferred calls to run, by a panic or not. What recover
// returns to them is not nil where the panic is one of the function itself; else any
// call before may have panicked.
func (x *executor) unwinding(s *state, panicking bool) *state {
	if !x.willRecover(s) {
		return s
	}
	if panicking {
		return s.remember(x.recovered, x.table.NotNil())
	}
	return s.remember(x.recovered, x.table.Deref(x.recovered, s.defers.site))
}

// unwound returns s after the deferred calls.
func (x *executor) unwound(s *state) *state {
	if s.mem.get(x.recovered) == nil {
		return s
	}
	n := *s
	n.mem = s.mem.where(func(b binding) bool { return b.key != x.recovered })
	return &n
}

// willRecover reports whether a pending call of s calls recover.
func (x *executor) willRecover(s *state) bool {
	for d := s.defers; d != nil; d = d.below {
		if x.recovers(d.fn) {
			return true
		}
	}
	return false
}

// recovers reports whether the deferred function fn calls recover.
func (x *executor) recovers(fn *path.Node) bool {
	return fn != nil && fn.Fn != nil && slices.ContainsFunc(fn.Fn.Blocks, func(b *ssa.BasicBlock) bool {
		return slices.ContainsFunc(b.Instrs, isRecover)
	})
}

func isRecover(instr ssa.Instruction) bool {
	c, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := c.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "recover"
}
