package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A callee that leaves a lock held in some outcomes tells its caller by a
// result: the error is nil, say. Who asks a function about that result
// (`if retryable(err)`) learns whether the lock is held, and the analyzer does
// not.

// sign is a result of a call that is a constant where the call has left a lock
// held.
type sign struct {
	call   *ssa.Call
	result int
	failed bool // it is an error, where the lock should not be held
}

// signs returns the results of the call of frame f that tell exit e, which
// leaves lock p held, from an exit that does not.
func (f *frame) signs(e *summary.Exit, p *path.Node) []sign {
	call, ok := f.site.(*ssa.Call)
	if !ok || f.depth > 0 {
		return nil
	}
	var out []sign
	for i := range call.Call.Signature().Results().Len() {
		c := e.Constant(i)
		if c != "" && slices.ContainsFunc(f.sum.Exits, func(o summary.Exit) bool { return !o.Holds(p) && o.Constant(i) != c }) {
			out = append(out, sign{call, i, false})
		}
	}
	if last := call.Call.Signature().Results().Len() - 1; f.isLeak(e, p, last) {
		out = append(out, sign{call, last, true})
	}
	return out
}

// isLeak reports whether the exit e returns an error, the last result, with the lock p
// held, and another one does not hold it.
func (f *frame) isLeak(e *summary.Exit, p *path.Node, last int) bool {
	return last >= 0 && isError(f.site.Common().Signature().Results().At(last).Type()) && returnsError(e, last) == summary.True &&
		slices.ContainsFunc(f.sum.Exits, func(o summary.Exit) bool { return !o.Holds(p) && returnsError(&o, last) != summary.True })
}

// asserted returns s after a call of a method of what a function has made of an error that
// tells of a lock, `Expect(err).NotTo(HaveOccurred())`, without that lock: it may go on
// without an error only. Where a branch has decided so before, it is known.
func (s *state) asserted(c *ssa.CallCommon, at *ssa.BasicBlock) *state {
	if !c.IsInvoke() || isError(c.Value.Type()) {
		return s
	}
	return s.forget(func(l *lockState) bool {
		return l.held && slices.ContainsFunc(l.signs, func(g sign) bool {
			return g.failed && g.asked(c.Value, false, map[ssa.Value]bool{}) && !g.decided(at)
		})
	})
}

// decided reports whether a branch on the way to block at compares the result g.
func (g sign) decided(at *ssa.BasicBlock) bool {
	for b := at.Idom(); b != nil; b = b.Idom() {
		if test, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
			if cmp, ok := test.Cond.(*ssa.BinOp); ok && (g.is(cmp.X) || g.is(cmp.Y)) {
				return true
			}
		}
	}
	return false
}

// doubt returns s after a branch on cond, which can go both ways as far as the
// analyzer sees, without the locks that a sign tells of which a function has
// been asked for cond.
func (s *state) doubt(cond ssa.Value) *state {
	return s.forget(func(l *lockState) bool {
		return l.held && slices.ContainsFunc(l.signs, func(g sign) bool { return !g.failed && g.asked(cond, false, map[ssa.Value]bool{}) })
	})
}

// asked reports whether v is what a function answers of g. Answered tells that
// the value so far is such an answer if it is made of g.
func (g sign) asked(v ssa.Value, answered bool, seen map[ssa.Value]bool) bool {
	if g.is(v) {
		return answered
	}
	instr, ok := v.(ssa.Instruction)
	if !ok || seen[v] {
		return false
	}
	seen[v] = true
	if _, call := v.(*ssa.Call); call {
		answered = true
	}
	var ops [8]*ssa.Value
	return slices.ContainsFunc(instr.Operands(ops[:0]), func(op *ssa.Value) bool { return *op != nil && g.asked(*op, answered, seen) })
}

// is reports whether v is the result g.
func (g sign) is(v ssa.Value) bool {
	if x, ok := v.(*ssa.Extract); ok {
		return x.Tuple == g.call && x.Index == g.result
	}
	return v == g.call && g.call.Call.Signature().Results().Len() == 1
}
