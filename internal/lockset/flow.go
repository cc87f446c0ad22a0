package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// What becomes of a state on the edge from a block to another.

// flow enters successor i of b with state s.
func (x *executor) flow(s *state, b *ssa.BasicBlock, i int) {
	to := b.Succs[i]
	if x.graph.heads[b] && len(b.Succs) == 2 {
		if x.graph.inBody(b, to) {
			s = x.turning(s, b)
		} else {
			s = x.ended(s, b)
		}
		if s == nil {
			return
		}
	}
	s = x.inTurn(s, to)
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
	edge := [2]int{from.Index, to.Index}
	body := x.graph.loops[edge]
	if body != nil {
		s = x.othersChange(s, edge, body)
	}
	var names, vals []*path.Node
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		v := x.eval(s, phi.Edges[pred])
		if x.graph.heads[to] && path.IsBasic(phi.Type(), path.Real) && !allConst(phi) {
			v = t.Unknown()
		}
		names, vals = append(names, t.Value(phi)), append(vals, v)
	}
	if body != nil {
		all := x.covered(s, to, vals)
		s = x.nextIteration(x.releasedEach(s, to), body, names, vals)
		for _, l := range all {
			s = s.setLock(l)
		}
	} else {
		s = x.begin(s, to)
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
func (x *executor) stale(n *path.Node, body bits) bool {
	return n.Any(func(m *path.Node) bool {
		instr, ok := m.Site.(ssa.Instruction)
		return ok && instr.Parent() == x.fn && body.has(instr.Block().Index)
	})
}

// nextIteration rewrites s, at the end of an iteration of the loop, in the
// terms of the next one.
func (x *executor) nextIteration(s *state, body bits, names, vals []*path.Node) *state {
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
			if !ok || instr.Parent() != x.fn || !body.has(instr.Block().Index) {
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
	return s.rename(t, rename)
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
// forgotten. A release stays: it was that of some lock. What a function value
// that was kept releases has been given up where it was kept.
func (s *state) rename(t *path.Table, f func(*path.Node) *path.Node) *state {
	n := &state{defers: s.defers, dirty: s.dirty, called: s.called, asked: s.asked, blurred: s.blurred}
	for _, l := range s.locks {
		p := f(l.path)
		stays := p.Kind != path.Unknown || !l.held && !isCapture(l.path)
		if p.Kind == path.Unknown {
			p = someLock(t, l.path)
		}
		if stays {
			n = n.setLock(l.renamed(p))
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

// isCapture reports whether the way to p leads through a function value.
func isCapture(p *path.Node) bool {
	return p.Any(func(n *path.Node) bool { return n.Kind == path.Capture })
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
