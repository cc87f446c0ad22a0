package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Bounds. Past each of them knowledge is dropped, never invented.
const (
	maxAlike     = 8   // states of one block with the same locks; more are merged
	maxAlikeIdle = 4   // the same of states that know of no lock
	maxAlikeFew  = 2   // the same in functions that do nothing to locks but by what they are passed, and in tests
	maxStates    = 32  // states of one block; past it locks that differ are not known any more
	maxVisits    = 400 // executions of a block beyond the allowance per block
	perBlock     = 40  // allowance of executions per block
	maxDefers    = 32  // pending defers
)

// alike returns how many states with the locks of s are kept apart in a block.
func (x *executor) alike(s *state) int {
	switch {
	case x.few:
		return maxAlikeFew
	case len(s.locks) == 0:
		return maxAlikeIdle
	}
	return maxAlike
}

// entry is a state at the start of a block.
type entry struct {
	s    *state
	done bool
}

// solve runs the function at hand from its entry to a fixpoint: blocks in
// reverse postorder, each state once.
func (x *executor) solve() {
	x.in = make([][]entry, len(x.fn.Blocks))
	x.in[0] = []entry{{s: &state{}}}
	budget := maxVisits + perBlock*len(x.fn.Blocks)
	for {
		b, s := x.next()
		if b == nil {
			return
		}
		if budget--; budget < 0 {
			x.giveUp("too many states")
			return
		}
		x.block(b, s)
		if x.unsure {
			return
		}
	}
}

// next returns the first block with a state that has not been executed.
func (x *executor) next() (*ssa.BasicBlock, *state) {
	for ; x.first < len(x.graph.order); x.first++ {
		b := x.graph.order[x.first]
		in := x.in[b.Index]
		for i := range in {
			if !in[i].done {
				in[i].done = true
				return b, in[i].s
			}
		}
	}
	return nil, nil
}

// block executes b from state s and hands the results to its successors.
func (x *executor) block(b *ssa.BasicBlock, s *state) {
	states := []*state{s}
	for _, instr := range b.Instrs {
		if _, ok := instr.(*ssa.Phi); ok {
			continue
		}
		var next []*state
		for _, s := range states {
			next = append(next, x.instr(s, instr)...)
		}
		states = x.blur(x.compact(next))
	}
	for _, s := range states {
		x.leave(b, s)
	}
}

// compact merges states that say the same and bounds the rest.
func (x *executor) compact(states []*state) []*state {
	if len(states) < 2 {
		return states
	}
	var out []*state
	for _, s := range states {
		out = x.addState(out, s)
	}
	return out
}

func (x *executor) addState(list []*state, s *state) []*state {
	for i, t := range list {
		if t.subsumes(s) {
			return list
		}
		if j, ok := t.join(s); ok {
			return x.addState(slices.Delete(slices.Clone(list), i, i+1), j)
		}
	}
	alike := 0
	for _, t := range list {
		if t.sameLocks(s) {
			alike++
		}
	}
	if alike < x.alike(s) {
		return append(list, s)
	}
	var rest []*state
	for _, t := range list {
		if t.sameLocks(s) {
			s = t.merge(s)
		} else {
			rest = append(rest, t)
		}
	}
	return append(rest, s)
}

// leave passes s to the successors of b, by the outcome of b's condition.
func (x *executor) leave(b *ssa.BasicBlock, s *state) {
	switch len(b.Succs) {
	case 1:
		x.flow(s, b, 0)
	case 2:
		cond, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			x.flow(s, b, 0)
			x.flow(s, b, 1)
			return
		}
		x.branch(b, s, cond)
	}
}

// branch passes s to the successors of b that cond, which ends b, can lead to.
func (x *executor) branch(b *ssa.BasicBlock, s *state, cond *ssa.If) {
	l := summary.Is(x.eval(s, cond.Cond), "true")
	yes, can := s.assume(l)
	no, cannot := s.assume(l.Not())
	can, cannot = can && !x.excluded(s, l, cond), cannot && !x.excluded(s, l.Not(), cond)
	cannot = cannot && !x.belowZero(s, b, cond)
	if can && cannot {
		yes, no = yes.doubt(cond.Cond), no.doubt(cond.Cond)
		if x.isOption(l.Path) || x.asksOptions(s, cond.Cond) {
			yes, no = yes.ask(), no.ask()
		}
	}
	if can {
		x.flow(x.identify(x.taken(yes, l), cond.Cond, token.EQL), b, 0)
	}
	if cannot {
		x.flow(x.identify(x.taken(no, l.Not()), cond.Cond, token.NEQ), b, 1)
	}
}

// assume returns s on the paths where l holds, and false if there are none.
func (s *state) assume(l summary.Literal) (*state, bool) {
	g, ok := s.cond.And(l)
	if !ok {
		return nil, false
	}
	t := *s
	t.cond = g
	return &t, true
}

// identify returns s, on the branch where the comparison cond by op says that
// two pointers, numbers or strings are equal, with one of them written as the
// other.
func (x *executor) identify(s *state, cond ssa.Value, op token.Token) *state {
	test, ok := cond.(*ssa.BinOp)
	if !ok || test.Op != op {
		return s
	}
	switch u := test.X.Type().Underlying().(type) {
	case *types.Pointer:
	case *types.Basic:
		if u.Info()&(types.IsInteger|types.IsString) == 0 {
			return s
		}
	default:
		return s
	}
	keep, gone := x.eval(s, test.X), x.eval(s, test.Y)
	if keep == gone || keep.Kind == path.Const || gone.Kind == path.Const || keep.Kind == path.Unknown || gone.Kind == path.Unknown {
		return s
	}
	if gone.Visible() && !keep.Visible() || gone.Visible() == keep.Visible() && gone.ID() < keep.ID() {
		keep, gone = gone, keep
	}
	n := *s
	n.env, n.locks = s.env.set(gone, keep), nil
	t := &n
	for _, l := range s.locks {
		if p := x.table.Replace(l.path, gone, keep); t.lock(p) == nil {
			t = t.setLock(l.renamed(p))
		}
	}
	return t
}

// enter adds s to the states at the start of b, merged where that loses
// nothing or where a bound asks for it.
func (x *executor) enter(b *ssa.BasicBlock, s *state) {
	x.first = min(x.first, x.graph.rpo[b.Index])
	in := x.in[b.Index]
	alike := 0
	for i, e := range in {
		if e.s.subsumes(s) {
			return
		}
		if !e.s.sameLocks(s) {
			continue
		}
		if j, ok := e.s.join(s); ok {
			x.in[b.Index] = slices.Delete(in, i, i+1)
			x.enter(b, j)
			return
		}
		alike++
	}
	if alike < x.alike(s) {
		x.in[b.Index] = x.bounded(append(in, entry{s: s}))
		return
	}
	var rest []entry
	for _, e := range in {
		if e.s.sameLocks(s) {
			s = e.s.merge(s)
		} else {
			rest = append(rest, e)
		}
	}
	x.in[b.Index] = append(rest, entry{s: s})
}

// bounded returns the entries, blurred if there are too many.
func (x *executor) bounded(in []entry) []entry {
	if len(in) <= maxStates {
		return in
	}
	states := make([]*state, len(in))
	for i, e := range in {
		states[i] = e.s
	}
	var out []entry
	for _, s := range x.blur(states) {
		out = append(out, entry{s: s})
	}
	return out
}
