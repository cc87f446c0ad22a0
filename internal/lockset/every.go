package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A loop over a whole container comes to each of its elements. What it takes of
// one is noted as taken of every element; who holds the lock of an object that
// is known to be one of them meets it.

// everyIn returns the node on the chain of parents of p that stands for every
// element of a container, or nil.
func everyIn(p *path.Node) *path.Node {
	for ; p != nil; p = p.Parent {
		if p.Kind == path.Every {
			return p
		}
	}
	return nil
}

// ofEvery returns p and the guard g, of an acquisition at site, with the element
// that a loop is at replaced by every element of its container. The loop is nil
// if p is of no such element, or if the loop may have chosen it.
func (x *executor) ofEvery(s *state, site ssa.Instruction, p *path.Node, g summary.Guard) (*visit, *path.Node, summary.Guard) {
	for n := p; n != nil; n = n.Parent {
		v := x.visitAt(s, n)
		if v == nil {
			continue
		}
		if !v.reaches(s, site) {
			return nil, nil, nil
		}
		g, ok := v.guard(g)
		if !ok {
			return nil, nil, nil
		}
		every := x.table.Every(source(v.every.Parent))
		g, _ = g.Map(func(n *path.Node) *path.Node { return x.table.Replace(n, v.every, every) })
		return v, x.table.Replace(p, v.elem, every), g
	}
	return nil, nil, nil
}

// source returns the container whose elements append has made c of, with others perhaps:
// a loop over c comes to each of them.
func source(c *path.Node) *path.Node {
	for appended(c) {
		c = c.Parent
	}
	return c
}

// members returns the objects that every element of a container, named in p, is
// known to stand for here: those whose locks are among held, and what was put
// into a local container. For each it gives the rules that this rests on.
func (x *executor) members(s *state, p *path.Node, held ...*path.Node) (list []*path.Node, rules [][]string) {
	e := everyIn(p)
	for _, l := range held {
		m := counterpart(l, p, e)
		if m == nil || slices.Contains(list, m) {
			continue
		}
		if rule, ok := x.isMember(s, e.Parent, m); ok {
			list, rules = append(list, m), append(rules, rule)
		}
	}
	c := source(e.Parent)
	for _, b := range s.mem {
		if (b.key.Kind == path.Index || b.key.Kind == path.Lookup) && b.key.Parent == c && b.val.Kind != path.Const {
			list, rules = append(list, b.val), append(rules, nil)
		}
	}
	return list, rules
}

// appended reports whether c is what append has made of the elements of another
// container.
func appended(c *path.Node) bool {
	if c.Kind != path.Part {
		return false
	}
	call, ok := c.Site.(*ssa.Call)
	if !ok {
		return false
	}
	_, builtin := call.Call.Value.(*ssa.Builtin)
	return builtin
}

// counterpart returns the part of the path l that would have to be an element
// e for l to be p; nil if their other steps differ.
func counterpart(l, p, e *path.Node) *path.Node {
	for ; p != e; l, p = l.Parent, p.Parent {
		if l == nil || l.Kind != p.Kind || l.Name != p.Name || l.Owner != p.Owner || l.Key != p.Key || l.Index != p.Index || l.Site != p.Site {
			return nil
		}
	}
	return l
}

// isMember reports whether m is an element of the container c in s: a part of it,
// or it was read from there and nothing was taken out since, or the heap says that all objects
// like it are in the container of their owner.
func (x *executor) isMember(s *state, c, m *path.Node) (rules []string, ok bool) {
	switch {
	case m == nil || m.Site != nil:
		return nil, false
	case m.Kind == path.Index && m.Parent == c:
		return nil, true
	case m.Kind == path.Deref && m.Parent.Kind == path.Index && m.Parent.Parent == c:
		return nil, !s.isDirty(m.Parent)
	case m.Kind == path.Lookup && m.Parent == c:
		return nil, !s.isDirty(m)
	}
	rule, ok := x.engine.Member(x.fn, c, m)
	return []string{rule}, ok
}

// as returns the frame with every element of a container standing for m.
func (x *executor) as(s *state, f *frame, p, m *path.Node) *frame {
	e := everyIn(p)
	c := e.Parent
	g := *f
	g.args = make([]*path.Node, len(f.args))
	for i, a := range f.args {
		g.args[i] = x.table.Replace(a, e, m)
	}
	x.substitution(s, &g)
	g.sub.Every = func(of *path.Node) *path.Node {
		if of == c {
			return m
		}
		return x.table.Every(of)
	}
	return &g
}

// meetsEvery checks acquisition a of the target, which is of every element of
// a container, p, against the locks held.
func (x *executor) meetsEvery(s *state, f *frame, a *summary.Acquire, p *path.Node) {
	if l := s.lock(p); l != nil && l.held {
		if cond, ok := x.guard(s, f, a.Guard); ok && !choosesAmong(cond) {
			b := summary.Acquire{Path: p, Mode: a.Mode, Guard: cond, Steps: f.witness(x, a.Steps), Rules: a.Rules}
			x.report(l, f.site, &b)
		}
	}
	list, rules := x.members(s, p, s.heldPaths()...)
	for i, m := range list {
		g := x.as(s, f, p, m)
		cond, ok := x.guard(s, g, a.Guard)
		if !ok {
			continue
		}
		q := g.sub.Apply(a.Path)
		if lock, _, _ := x.lockOf(q, a.Mode); s.lock(lock) == nil {
			continue
		}
		b := *a
		b.Rules = union(a.Rules, rules[i])
		x.acquire(s, g, &b, cond, q)
	}
}

// choosesAmong reports whether g is about elements of a container.
func choosesAmong(g summary.Guard) bool {
	return slices.ContainsFunc(g, func(l summary.Literal) bool {
		return l.Path.Any(func(n *path.Node) bool { return n.Kind == path.Every })
	})
}

// acquireEvery checks and exposes b, an acquisition at the site of f of the
// elements that the function at hand comes to in the loop v. Of a lock that was
// taken in the loop it may have passed the element already. An element that callers
// hold the lock of may have been overwritten where others were put in.
func (x *executor) acquireEvery(s *state, f *frame, v *visit, b summary.Acquire) {
	before := s.forget(func(l *lockState) bool { return len(l.steps) > 0 && v.has(l.steps[0].Pos) })
	list, rules := x.members(s, b.Path, before.heldPaths()...)
	e := everyIn(b.Path)
	for i, m := range list {
		sub := &path.Substitution{
			Table: x.table, Root: func(*path.Node) *path.Node { return nil },
			Every: func(*path.Node) *path.Node { return m },
			Load:  func(addr *path.Node) *path.Node { v, _ := x.content(s, addr, f.site); return v },
		}
		cond, ok := b.Guard.Map(func(n *path.Node) *path.Node {
			if everyIn(n) == nil {
				return n
			}
			return sub.Apply(n)
		})
		if l := before.lock(x.table.Replace(b.Path, e, m)); ok && l != nil && l.held {
			c := b
			c.Guard, c.Rules = cond, union(b.Rules, rules[i])
			x.report(l, f.site, &c)
		}
	}
	if b.Path.Visible() && !x.top && !s.asked && !x.mayRetake(s, b.Path) && !s.isDirty(x.table.Elem(e.Parent, nil)) {
		x.expose(b)
		x.under(before, &b)
	}
}

// heldPaths returns the locks that s holds.
func (s *state) heldPaths() []*path.Node {
	var list []*path.Node
	for _, l := range s.locks {
		if l.held {
			list = append(list, l.path)
		}
	}
	return list
}
