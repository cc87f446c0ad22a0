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
	maxAlike    = 8   // states of one block with the same locks; more are merged
	maxAlikeFew = 2   // the same in functions that do nothing to locks but by what they are passed
	maxStates   = 32  // states of one block; past it locks that differ are not known any more
	maxVisits   = 400 // executions of a block beyond the allowance per block
	perBlock    = 40  // allowance of executions per block
	maxDefers   = 32  // pending defers
)

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
	if alike < x.alike {
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
		l := summary.Is(x.eval(s, cond.Cond), "true")
		if t, ok := s.assume(l); ok && !x.excluded(s, l, cond) {
			x.flow(x.identify(x.taken(t, l), cond.Cond, token.EQL), b, 0)
		}
		if t, ok := s.assume(l.Not()); ok && !x.excluded(s, l.Not(), cond) {
			x.flow(x.identify(x.taken(t, l.Not()), cond.Cond, token.NEQ), b, 1)
		}
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
// two pointers are equal, with one of them written as the other.
func (x *executor) identify(s *state, cond ssa.Value, op token.Token) *state {
	test, ok := cond.(*ssa.BinOp)
	if !ok || test.Op != op {
		return s
	}
	if _, ok := test.X.Type().Underlying().(*types.Pointer); !ok {
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
		l.path = x.table.Replace(l.path, gone, keep)
		if t.lock(l.path) == nil {
			t = t.setLock(l)
		}
	}
	return t
}

// flow enters successor i of b with state s.
func (x *executor) flow(s *state, b *ssa.BasicBlock, i int) {
	to := b.Succs[i]
	s = x.bindPhis(s, b, to, predIndex(b, i))
	s = x.prune(s, to)
	x.enter(to, s)
}

// predIndex returns which predecessor of its target the i-th edge out of b is.
func predIndex(b *ssa.BasicBlock, i int) int {
	to, nth := b.Succs[i], 0
	for _, s := range b.Succs[:i] {
		if s == to {
			nth++
		}
	}
	for j, p := range to.Preds {
		if p == b {
			if nth == 0 {
				return j
			}
			nth--
		}
	}
	return 0
}

// bindPhis gives the φs of to their values on the edge from b. On a back edge
// what was known of the values of the iteration before is renamed through the
// φs or forgotten.
func (x *executor) bindPhis(s *state, from, to *ssa.BasicBlock, pred int) *state {
	t := x.table
	before := s.cond
	body := x.graph.loops[[2]int{from.Index, to.Index}]
	var names, vals []*path.Node
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		v := x.eval(s, phi.Edges[pred])
		if x.graph.heads[to] && isNumber(phi.Type()) && !allConst(phi) {
			v = t.Unknown()
		}
		names, vals = append(names, t.Value(phi)), append(vals, v)
	}
	if body != nil {
		s = x.nextIteration(s, body, names, vals)
	}
	n := *s
	for i, name := range names {
		v := vals[i]
		if v == name || v.Kind == path.Unknown || body != nil && x.stale(v, body) {
			n.env = n.env.where(func(b binding) bool { return b.key != name })
			continue
		}
		n.env = n.env.set(name, v)
	}
	return x.countTurn(&n, before, to, pred)
}

func allConst(phi *ssa.Phi) bool {
	for _, e := range phi.Edges {
		if _, ok := e.(*ssa.Const); !ok && e != phi {
			return false
		}
	}
	return true
}

// stale reports whether n mentions a value defined in the loop: after the
// back edge that name stands for another value.
func (x *executor) stale(n *path.Node, body map[*ssa.BasicBlock]bool) bool {
	return n.Any(func(m *path.Node) bool {
		instr, ok := m.Site.(ssa.Instruction)
		return ok && instr.Parent() == x.fn && body[instr.Block()]
	})
}

// nextIteration rewrites s, at the end of an iteration of the loop, in the
// terms of the next one.
func (x *executor) nextIteration(s *state, body map[*ssa.BasicBlock]bool, names, vals []*path.Node) *state {
	t := x.table
	rename := func(n *path.Node) *path.Node {
		for i, v := range vals {
			if v.Kind != path.Unknown && x.stale(v, body) {
				n = t.Replace(n, v, t.Extract(names[i], -1))
			}
		}
		gone := n.Any(func(m *path.Node) bool {
			if m.Kind == path.Extract && m.Index == -1 {
				return false
			}
			instr, ok := m.Site.(ssa.Instruction)
			if !ok || instr.Parent() != x.fn || !body[instr.Block()] {
				return false
			}
			phi, ok := m.Site.(*ssa.Phi)
			return !ok || !slices.Contains(names, t.Value(phi))
		}) || mentionsOld(n, names)
		if gone {
			return t.Unknown()
		}
		for _, name := range names {
			n = t.Replace(n, t.Extract(name, -1), name)
		}
		return n
	}
	return s.rename(rename)
}

// mentionsOld reports whether n mentions one of names other than as the
// value that it is about to get.
func mentionsOld(n *path.Node, names []*path.Node) bool {
	if n == nil || n.Kind == path.Extract && n.Index == -1 {
		return false
	}
	if slices.Contains(names, n) || mentionsOld(n.Parent, names) || mentionsOld(n.Key, names) {
		return true
	}
	return slices.ContainsFunc(n.Args, func(a *path.Node) bool { return mentionsOld(a, names) })
}

// rename returns s with every path rewritten by f; what f makes Unknown is
// forgotten.
func (s *state) rename(f func(*path.Node) *path.Node) *state {
	n := &state{defers: s.defers, dirty: s.dirty, blurred: s.blurred}
	for _, l := range s.locks {
		if l.path = f(l.path); l.path.Kind != path.Unknown {
			n = n.setLock(l)
		}
	}
	for _, p := range s.later {
		n = n.postpone(f(p))
	}
	n.cond, _ = s.cond.Map(f)
	for _, b := range s.env {
		if k, v := f(b.key), f(b.val); k.Kind != path.Unknown && v.Kind != path.Unknown {
			n.env = n.env.set(k, v)
		}
	}
	for _, b := range s.mem {
		k, v := f(b.key), f(b.val)
		switch {
		case k.Kind == path.Unknown:
			n = n.soil(cellClass(b.key))
		case v.Kind == path.Unknown:
			n = n.soil(cellClass(k))
			if freshRoot(k) != nil {
				n = n.soil(rootClass(k))
			}
		default:
			n.mem = n.mem.set(k, v)
		}
	}
	return n
}

// prune forgets what nothing after the start of b can ask for: values that
// are dead and named nowhere else.
func (x *executor) prune(s *state, b *ssa.BasicBlock) *state {
	dead := func(n *path.Node) bool {
		v, ok := n.Site.(ssa.Value)
		if !ok || n.Kind != path.Value || x.graph.isLive(v, b) || x.graph.counts(v, b) {
			return false
		}
		instr, ok := v.(ssa.Instruction)
		return !ok || instr.Block() != b // what b computes may be known ahead
	}
	env := s.env.where(func(e binding) bool { return !dead(e.key.Root()) })
	named := func(n *path.Node) bool { return env.names(n) || s.mem.names(n) || s.defers.names(n) }
	cond := s.cond.Where(func(l summary.Literal) bool {
		if l.Path.Visible() {
			return true
		}
		return !l.Path.Any(func(n *path.Node) bool { return n.Kind == path.Value && dead(n) && !named(n) })
	})
	if len(env) == len(s.env) && len(cond) == len(s.cond) {
		return s
	}
	n := *s
	n.env, n.cond = env, cond
	return &n
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
	if alike < x.alike {
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
