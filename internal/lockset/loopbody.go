package lockset

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// The body of a range-over-func loop is a function of its own here, and a part
// of the function around it for the programmer: what it defers runs when that
// one returns.

// isLoopBody reports whether fn is the body of a range-over-func loop.
func isLoopBody(fn *ssa.Function) bool {
	return fn != nil && fn.Synthetic == "range-over-func yield"
}

// noteLoops notes which range-over-func loops of the function at hand no path leads to.
func (x *executor) noteLoops() {
	if len(x.fn.AnonFuncs) == 0 {
		return
	}
	for _, b := range x.fn.Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && isLoopBody(mc.Fn.(*ssa.Function)) {
				if x.engine.skipped == nil {
					x.engine.skipped = map[*ssa.Function]bool{}
				}
				x.engine.skipped[mc.Fn.(*ssa.Function)] = !x.unsure && len(x.in[b.Index].states) == 0
			}
		}
	}
}

// inSkippedLoop reports whether fn is the body of a loop that no path leads to, or none that
// the compiler knows.
func (e *Engine) inSkippedLoop(fn *ssa.Function) bool {
	if !isLoopBody(fn) {
		return false
	}
	e.Findings(fn.Parent()) // knows
	return e.skipped[fn] || maker(fn) == nil || e.inSkippedLoop(fn.Parent())
}

// postponed returns s after the loop body at hand deferred a call for the
// function around it: the locks that the call releases are released there.
func (x *executor) postponed(s *state, d *ssa.Defer) *state {
	fn, args := x.operands(s, d.Common())
	targets := x.known(x.callee(d, fn), "", args)
	if len(targets) == 0 && (d.Call.IsInvoke() || d.Call.StaticCallee() == nil) {
		return s.postpone(x.table.Unknown())
	}
	for _, t := range targets {
		f := &frame{target: t, site: d}
		x.substitution(s, f)
		for i := range t.sum.Exits {
			for _, r := range t.sum.Exits[i].Released {
				s = s.postpone(x.lockIn(f, r))
			}
		}
	}
	return s
}

// postpone returns s with lock p to be released when the function returns.
func (s *state) postpone(p *path.Node) *state {
	i, ok := slices.BinarySearchFunc(s.later, p.ID(), func(n *path.Node, id int) int { return cmp.Compare(n.ID(), id) })
	if ok {
		return s
	}
	t := *s
	t.later = inserted(s.later, i, p)
	return &t
}

// settleLater returns s after the calls that loop bodies deferred.
func (x *executor) settleLater(s *state) *state {
	if len(s.later) == 0 {
		return s
	}
	for _, p := range s.later {
		s = s.release(p, x.aliasesIn(s))
	}
	t := *s
	t.later = nil
	return &t
}

// nextTurn looks at a second turn of the loop body that f runs from s, where
// the first one goes on with a lock held. What the first turn met at its
// element of the sequence is another element in the second.
func (x *executor) nextTurn(s *state, f *frame) {
	if !isLoopBody(f.fn) {
		return
	}
	for i := range f.sum.Exits {
		e := &f.sum.Exits[i]
		if len(e.Held) == 0 || !goesOn(e) {
			continue
		}
		first := *f
		t, ok := x.outcome(s, &first, e)
		if !ok {
			continue
		}
		t = t.forget(func(l *lockState) bool {
			return l.path.Any(func(n *path.Node) bool { return n.Site == f.site || slices.Contains(f.args, n) })
		})
		second := *f
		x.substitution(t, &second)
		x.acquires(t, &second)
	}
}

// turns notes which findings of the loop body that f runs from s, if it is one of the
// function at hand, some turn may meet: the first one, or one after others that have
// changed what they change.
func (x *executor) turns(s *state, f *frame) {
	if !isLoopBody(f.fn) || f.fn.Parent() != x.fn {
		return
	}
	t, turn := s.changedBy(f), *f
	x.substitution(t, &turn)
	relocks := func(e summary.Exit) bool {
		_, ok := x.guard(t, &turn, e.Guard)
		return ok && changesLocks(e)
	}
	if slices.ContainsFunc(f.sum.Exits, relocks) || len(f.sum.Lost) > 0 {
		t = t.forget(func(*lockState) bool { return true })
	}
	n := x.engine.nodes[f.fn]
	n.turned = true
	for _, found := range n.findings {
		if _, ok := x.guard(t, &turn, found.when); ok {
			found.met = true
		}
	}
}

// changesLocks reports whether a function that leaves by e has changed the locks held.
func changesLocks(e summary.Exit) bool { return len(e.Held)+len(e.Released)+len(e.Later) > 0 }

// goesOn reports whether a loop body that leaves by e asks for the next
// element.
func goesOn(e *summary.Exit) bool {
	return len(e.Results) == 1 && e.Results[0] != nil && e.Results[0].Kind == path.Const && e.Results[0].Name == "true"
}
