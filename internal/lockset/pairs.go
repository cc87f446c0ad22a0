package lockset

import (
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Two locks of one class that a function takes under each other are one lock
// if its caller passes one object twice. Summaries tell such pairs.

// under notes that a is acquired while locks of its class are held by other
// names.
func (x *executor) under(s *state, a *summary.Acquire) {
	for _, l := range s.locks {
		if l.held && alike(l.path, a.Path) {
			x.exposePair(summary.Pair{Held: summary.Held{Path: l.path, Mode: l.mode, Steps: l.steps}, Taken: *a})
		}
	}
}

// alike reports whether p and q are different locks here that a caller may
// make one.
func alike(p, q *path.Node) bool {
	if p.Kind == path.Deref && q.Kind == path.Deref {
		return p != q && alikeFields(p.Parent, q.Parent) // pointers to locks
	}
	return p != q && alikeFields(p, q)
}

func alikeFields(p, q *path.Node) bool {
	return p.Visible() && q.Visible() && !p.Remote() && !q.Remote() && p.Class() != "" && p.Class() == q.Class()
}

// exposePair notes p for the callers, unless it is known already. Conditions
// are never weakened to merge two: that would claim pairs that do not happen.
func (x *executor) exposePair(p summary.Pair) {
	if len(p.Taken.Steps) > maxSteps || len(p.Held.Steps) > maxSteps || x.byCaller(p.Taken.Guard) {
		return
	}
	if slices.ContainsFunc(p.Taken.Steps, func(s summary.Step) bool { return s.Dynamic }) {
		return // a call that may be made is no ground for what may be one lock
	}
	p.Taken.Guard = p.Taken.Guard.Visible()
	for i := range x.pairs {
		o := &x.pairs[i]
		if o.Held.Path != p.Held.Path || o.Held.Mode != p.Held.Mode || o.Taken.Path != p.Taken.Path || o.Taken.Mode != p.Taken.Mode {
			continue
		}
		if g, ok := o.Taken.Guard.Join(p.Taken.Guard); ok {
			o.Taken.Guard = g
			return
		}
	}
	if len(x.pairs) < maxPairs {
		x.pairs = append(x.pairs, p)
	}
}

// pairsOf checks the pairs of the target: are the two one lock here?
func (x *executor) pairsOf(s *state, f *frame) {
	for i := range f.sum.Pairs {
		p := &f.sum.Pairs[i]
		x.pair(s, f, p, nil)
		if everyIn(p.Taken.Path) == nil {
			continue
		}
		taken := f.sub.Apply(p.Taken.Path)
		if everyIn(taken) == nil {
			continue
		}
		held := x.lockIn(f, p.Held.Path)
		list, rules := x.members(s, taken, held)
		for i, m := range list {
			x.pair(s, x.as(s, f, taken, m), p, rules[i])
		}
	}
}

// pair checks one pair of the target.
func (x *executor) pair(s *state, f *frame, p *summary.Pair, rules []string) {
	g, ok := x.guard(s, f, p.Taken.Guard)
	if !ok {
		return
	}
	then, ok := x.earlier(s, f, p.Taken.After)
	if !ok {
		return
	}
	held, heldMode, _ := x.lockOf(f.sub.Apply(p.Held.Path), p.Held.Mode)
	taken, mode, more := x.lockOf(f.sub.Apply(p.Taken.Path), p.Taken.Mode)
	a := summary.Acquire{Path: taken, Mode: mode, Guard: g, Steps: f.witness(x, p.Taken.Steps), Rules: union(union(p.Taken.Rules, more), rules), After: then.called}
	if l := then.lock(taken); l != nil && !l.held {
		return
	}
	steps := f.witness(x, p.Held.Steps)
	switch {
	case held == taken && held.Kind != path.Unknown, x.sameByIndex(then, g, held, taken):
		x.report(&lockState{path: held, held: true, mode: heldMode, steps: steps}, f.site, &a)
	case alike(held, taken):
		x.exposePair(summary.Pair{Held: summary.Held{Path: held, Mode: heldMode, Steps: steps}, Taken: a})
	}
}
