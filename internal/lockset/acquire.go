package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// What a target acquires, against what is held here.

// acquires checks every acquisition of the target against the locks held,
// and exposes those that the caller could hold.
func (x *executor) acquires(s *state, f *frame) {
	if x.aimless(s) {
		x.pairsOf(s, f)
		return
	}
	for i := range f.sum.Acquires {
		a := &f.sum.Acquires[i]
		if !x.concerns(s, f, a.Path) {
			continue
		}
		then, ok := x.earlier(s, f, a.After)
		if !ok {
			continue
		}
		p := f.sub.Apply(a.Path)
		if everyIn(p) != nil {
			x.meetsEvery(then, f, a, p)
		}
		g, ok := x.guard(s, f, a.Guard)
		if !ok || changedElement(f, a.Guard) {
			continue
		}
		for _, p := range x.eachElement(s, p, f.site) {
			x.acquire(then, f, a, g, p)
		}
	}
	x.pairsOf(s, f)
}

// changedElement reports whether a condition of the target is about an element
// of a map whose elements have changed here, the one at that key or another:
// a visited node, say.
func changedElement(f *frame, g summary.Guard) bool {
	return slices.ContainsFunc(g, func(l summary.Literal) bool {
		return l.Path.Any(func(n *path.Node) bool {
			return n.Kind == path.Lookup && n.Key.Kind != path.Const && f.sub.Apply(n).Site == f.site
		})
	})
}

// aimless reports whether what is acquired in s is no one's affair: nothing is
// held, and no one calls the function at hand.
func (x *executor) aimless(s *state) bool { return x.top && !s.holds() }

// concerns reports whether an acquisition of the lock p of the target could
// meet a lock that s knows, or be seen by a caller of the function at hand. Most
// are of objects that this function made itself, and while it holds nothing.
func (x *executor) concerns(s *state, f *frame, p *path.Node) bool {
	if !x.top && (f.visible(p.Root()) || hasStep(p, path.Deref) && f.sub.Apply(p).Root().Visible()) || p.Kind != path.Field {
		return true
	}
	return slices.ContainsFunc(s.locks, func(l *lockState) bool {
		q := lockField(l.path)
		return q.Kind != path.Field || q.Name == p.Name && q.Owner == p.Owner
	})
}

// hasStep reports whether the way to p leads by a step of that kind.
func hasStep(p *path.Node, kind path.Kind) bool {
	for ; p != nil; p = p.Parent {
		if p.Kind == kind {
			return true
		}
	}
	return false
}

// visible reports whether callers of the function at hand can name what root,
// a root in the terms of the target, is here, or where the way to it starts: a
// rule may say that the way leads back. So it may do of what was gathered in a slice.
func (f *frame) visible(root *path.Node) bool {
	switch root.Kind {
	case path.Param:
		if root.Index >= len(f.args) || f.args[root.Index] == nil {
			return false
		}
		arg := f.args[root.Index]
		return arg.Root().Visible() || arg.Kind == path.Elem || arg.Kind == path.Deref && arg.Parent.Kind == path.Index
	case path.Fresh, path.Result:
		return false
	}
	return true
}

// acquire checks acquisition a of the target, which is of the lock p here and
// happens under g.
func (x *executor) acquire(s *state, f *frame, a *summary.Acquire, g summary.Guard, p *path.Node) {
	way := p
	p, mode, rules := x.lockOf(p, a.Mode)
	if p.Kind == path.Unknown || nilOnTheWay(g, p) {
		return
	}
	if len(rules) > 0 {
		var ok bool
		if g, ok = x.existing(s, g, way, p); !ok || x.singledOut(s, f.site, g, way) || x.leavesOut(s, f.site, g, way, p) {
			return
		}
	}
	l := s.lock(p)
	if l == nil {
		l = x.heldWithAll(s, p)
	}
	if l == nil {
		l = x.heldAt(s, g, p)
	}
	if l == nil && x.engine.Suspect {
		x.suspect(s, f, &summary.Acquire{Path: p, Mode: mode, Guard: g, Steps: f.witness(x, a.Steps), Rules: union(a.Rules, rules)})
	}
	if l == nil {
		p, g = x.gathered(s, f.site, p, g)
	}
	if l == nil && !p.Visible() && !x.variadic(p).Visible() {
		if v, p, g := x.ofEvery(s, f.site, p, g); v != nil {
			x.acquireEvery(s, f, v, summary.Acquire{Path: p, Mode: mode, Guard: g, Steps: f.witness(x, a.Steps), Rules: union(a.Rules, rules), After: s.called})
		}
		return
	}
	if l == nil && (x.mayRetake(s, p) || s.asked || x.top || !x.variadic(p).Visible()) || l != nil && !l.held {
		return
	}
	if tellsByObject(s, g) || l == nil && x.callerTells(f.site.Block(), p) {
		return
	}
	b := summary.Acquire{Path: p, Mode: mode, Guard: g, Steps: f.witness(x, a.Steps), Rules: union(a.Rules, rules), After: s.called}
	if len(b.Rules) > 0 {
		var ok bool
		if b.Guard, ok = x.byRules(g); !ok {
			return
		}
	}
	if l != nil {
		x.report(l, f.site, &b)
		return
	}
	x.expose(b)
	x.under(s, &b)
}

// tellsByObject reports whether g, of which s is sure of a part, depends on what a function
// answers that is not understood, of an object that the function at hand has made to be
// asked: a list of the locks that are held, say.
func tellsByObject(s *state, g summary.Guard) bool {
	return slices.ContainsFunc(g, func(l summary.Literal) bool {
		return l.Path.Any(func(n *path.Node) bool {
			return n.IsAnswered() && !s.cond.Has(l) && slices.ContainsFunc(n.Args[1:], isMadeHere)
		})
	})
}

// isMadeHere reports whether n is an object or a container that the function at hand has
// made, or a part of one.
func isMadeHere(n *path.Node) bool {
	for n.Kind == path.Part || n.Kind == path.Elem {
		n = n.Parent
	}
	switch n.Site.(type) {
	case *ssa.MakeMap, *ssa.MakeSlice:
		return n.Kind == path.Value
	}
	return freshRoot(n) != nil
}

// existing returns g where the objects on the way to the lock p exist that heap
// rules have cut out: a rule says that every one leads back, not that there is one.
// It is false if there is none.
func (x *executor) existing(s *state, g summary.Guard, way, p *path.Node) (summary.Guard, bool) {
	for n := way; n != nil; n = n.Parent {
		if x.mayBeCut(s, n) && !p.HasPrefix(n) {
			return nil, false
		}
		if n.Kind != path.Deref || !n.Visible() || p.HasPrefix(n) || n.Type() == nil {
			continue
		}
		exists := summary.Is(n, "nil").Not()
		if path.IsSlice(n.Type()) {
			cell := x.table.LengthCell(n.Parent) // append does not tell nil from what it made of that
			if cell == nil || s.isDirty(n.Parent) {
				continue
			}
			exists = summary.Is(x.table.Deref(cell, nil), "0").Not()
		} else if !hasNil(n.Type()) {
			continue
		}
		var ok bool
		if g, ok = g.And(exists); !ok {
			return nil, false
		}
	}
	return g.AndAll(x.ifLock(way))
}

// mayBeCut reports whether n is what a field contains that may have been set to nil
// here, as the package does to objects that leave their owner.
func (x *executor) mayBeCut(s *state, n *path.Node) bool {
	if n.Kind != path.Deref || n.Site == nil || n.Parent.Kind != path.Field || s.cond.Has(summary.Is(n, "nil").Not()) {
		return false
	}
	return x.engine.born().nils[fieldID{n.Parent.Owner, n.Parent.Name}]
}

// hasNil reports whether nil is a value of the type t.
func hasNil(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature, *types.Map, *types.Slice, *types.Chan:
		return true
	}
	return false
}

// byRules returns g with the objects in it written by the shortest paths that heap
// rules allow, and false if it can't hold: who asks whether the owner of an element is
// another one gets the answer that they give, or callers do, who can't name the element.
func (x *executor) byRules(g summary.Guard) (summary.Guard, bool) {
	short := path.Substitution{Table: x.table, Root: func(*path.Node) *path.Node { return nil }, Whole: x.shortest}
	return g.Map(short.Apply)
}

// shortest returns the object n by the shortest path that heap rules allow; nil where
// that is its own. An object is asked for by a field of it.
func (x *executor) shortest(n *path.Node) *path.Node {
	t := x.typeOf(n)
	if t == nil || path.OwnerName(t) == "" {
		return nil
	}
	f, _ := x.engine.Canon(nil, x.table.FieldNamed(n, path.OwnerName(t), ""))
	if f.Kind != path.Field || f.Parent == n {
		return nil
	}
	return f.Parent
}

// eachElement returns the locks that p may be: itself, or, where the call at
// site takes a lock of some element of a local array (the arguments of a
// variadic call), those of all its elements.
func (x *executor) eachElement(s *state, p *path.Node, site any) []*path.Node {
	for n := p; n != nil; n = n.Parent {
		if n.Kind != path.Elem || n.Site != site {
			continue
		}
		var list []*path.Node
		for _, e := range s.elements(n) {
			list = append(list, x.table.Replace(p, n, e))
		}
		return list
	}
	return []*path.Node{p}
}

// witness returns the steps from the function at hand through the target to
// what the target does.
func (f *frame) witness(x *executor, rest []summary.Step) []summary.Step {
	if len(rest) == 0 {
		return append(slices.Clip(f.steps), x.step(f.site, summary.Locks, x.operation(f), f.dynamic))
	}
	if isLoopBody(f.fn) && len(f.steps) == 0 {
		return rest // the body is part of the function at hand
	}
	if isMethodValue(f.fn) && len(rest) == 1 && rest[0].Kind == summary.Locks {
		return append(slices.Clip(f.steps), x.step(f.site, summary.Locks, x.operationOn(f.value, rest[0].Text), f.dynamic))
	}
	steps := append(slices.Clip(f.steps), x.step(f.site, summary.Calls, x.display(f.target), f.dynamic))
	return f.follow(steps, rest)
}

// follow returns steps with those of the target after them. These are steps of
// the function at hand only if the target is a part of it.
func (f *frame) follow(steps, rest []summary.Step) []summary.Step {
	steps = slices.Grow(steps, len(rest))
	for _, r := range rest {
		r.Here = r.Here && isLoopBody(f.fn)
		steps = append(steps, r)
	}
	return steps
}
