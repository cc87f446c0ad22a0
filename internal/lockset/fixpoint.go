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
	maxAlike     = 8   // similar states of one block; more are merged
	maxAlikeIdle = 4   // the same of states that know of no lock
	maxAlikeFew  = 2   // the same in functions that do nothing to locks but by what they are passed, and in tests
	maxStates    = 32  // states of one block; past it locks that differ are not known any more
	maxVisits    = 400 // executions of a block beyond the allowance per block
	perBlock     = 40  // allowance of executions per block
	maxDefers    = 32  // pending defers
	maxLiterals  = 128 // literals of a condition; past it those that say what a value is not are not noted, past twice as many none
)

// alike returns how many states similar to s are kept apart in a block.
func (x *executor) alike(s *state) int {
	switch {
	case x.few:
		return maxAlikeFew
	case len(s.locks) == 0:
		return maxAlikeIdle
	}
	return maxAlike
}

// arrivals are the states at the start of a block.
type arrivals struct {
	states []*state
	todo   []*state // those that have not been executed
}

// take replaces the states, of which the new ones are to be executed.
func (a *arrivals) take(states []*state) {
	a.todo = slices.DeleteFunc(slices.Clone(states), func(s *state) bool {
		return slices.Contains(a.states, s) && !slices.Contains(a.todo, s)
	})
	a.states = states
}

// solve runs the function at hand from its entry to a fixpoint: blocks in
// reverse postorder, each state once.
func (x *executor) solve() {
	x.in = make([]arrivals, len(x.fn.Blocks))
	x.in[0].take([]*state{{}})
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
		if a := &x.in[b.Index]; len(a.todo) > 0 {
			s := a.todo[0]
			a.todo = a.todo[1:]
			return b, s
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

// addState returns list with s, merged where that loses nothing or where a bound asks
// for it. It is list itself if that has all paths of s.
func (x *executor) addState(list []*state, s *state) []*state {
	alike := 0
	for i, t := range list {
		if t.subsumes(s) {
			return list
		}
		if j, ok := t.join(s); ok {
			return x.addState(slices.Delete(slices.Clone(list), i, i+1), j)
		}
		if t.similar(s) {
			alike++
		}
	}
	if alike < x.alike(s) {
		return append(list, s)
	}
	return x.mergeAlike(append(slices.Clip(list), s), s)
}

// mergeAlike returns list with one state left, of those similar to s, for each set of
// locks; if these are still too many, what some of them have released is not known.
func (x *executor) mergeAlike(list []*state, s *state) []*state {
	var merged, rest []*state
	for _, t := range list {
		if !t.similar(s) {
			rest = append(rest, t)
			continue
		}
		if i := slices.IndexFunc(merged, t.sameLocks); i >= 0 {
			merged[i] = merged[i].merge(t)
		} else {
			merged = append(merged, t)
		}
	}
	for len(merged) > x.alike(s) {
		last := len(merged) - 1
		merged = append(merged[:last-1], x.fuse(merged[last-1], merged[last]))
	}
	return append(rest, merged...)
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
	n := x.eval(s, cond.Cond)
	x.noteTest(cond.Cond, n)
	l := summary.Is(n, "true")
	yes, can := s.assume(l)
	no, cannot := s.assume(l.Not())
	can, cannot = can && !x.excluded(s, l, cond), cannot && !x.excluded(s, l.Not(), cond)
	cannot = cannot && !x.belowZero(s, b, cond)
	if can {
		yes, can = x.parameter(yes, l)
	}
	if cannot {
		no, cannot = x.parameter(no, l.Not())
	}
	if can && cannot {
		yes, no = yes.doubt(cond.Cond), no.doubt(cond.Cond)
		if l.Path.Kind == path.Value || l.Path.IsAnswered() {
			x.noteAsked(s, cond.Cond, b)
		}
		x.noteEntry(s, cond.Cond, b)
		if x.isOption(l.Path) || x.asksOptions(s, cond.Cond) || asksTypeArgument(cond.Cond) {
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

// parameter returns s, where l has just been found true, with what that says of a parameter:
// a φ that gets only it or constants which l excludes is that parameter. States may have
// been merged that knew. It is false if there are no such paths.
func (x *executor) parameter(s *state, l summary.Literal) (*state, bool) {
	phi, ok := l.Path.Site.(*ssa.Phi)
	if !ok || l.Path.Kind != path.Value {
		return s, true
	}
	var only *ssa.Parameter
	for _, e := range phi.Edges {
		p, ok := e.(*ssa.Parameter)
		switch {
		case ok && (only == nil || only == p):
			only = p
		case ok || !excludes(l, x.eval(s, e)):
			return s, true
		}
	}
	if only == nil {
		return s, true
	}
	return s.assume(summary.Literal{Path: x.eval(s, only), Const: l.Const, Neg: l.Neg})
}

// excludes reports whether l does not hold of the value n.
func excludes(l summary.Literal, n *path.Node) bool {
	_, ok := summary.Guard(nil).And(summary.Literal{Path: n, Const: l.Const, Neg: l.Neg})
	return !ok
}

// assume returns s on the paths where l holds, and false if there are none.
func (s *state) assume(l summary.Literal) (*state, bool) {
	if n := len(s.cond); n >= maxLiterals && (l.Neg || n >= 2*maxLiterals) {
		return s, s.cond.Implies(l) != summary.False
	}
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

// enter adds s to the states at the start of b.
func (x *executor) enter(b *ssa.BasicBlock, s *state) {
	x.first = min(x.first, x.graph.rpo[b.Index])
	a := &x.in[b.Index]
	if states := x.addState(a.states, s); len(states) != len(a.states) || states[len(states)-1] != a.states[len(states)-1] {
		a.take(x.blur(states))
	}
}
