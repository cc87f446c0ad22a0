package lockset

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// gathered returns the path p and the condition g with the element of a local copy of
// a container of the caller's taken for what it is: some element of that container.
// Callers can name that one.
func (x *executor) gathered(s *state, site ssa.Instruction, p *path.Node, g summary.Guard) (*path.Node, summary.Guard) {
	if p.Visible() || x.top {
		return p, g
	}
	local, elem := x.engine.Gathered(p)
	if elem == nil {
		return p, g
	}
	c, chosen := elem.Parent, elem.Parent.Kind == path.Part
	if chosen {
		c = c.Parent
	}
	if x.replaced(s, c) {
		return p, g
	}
	c = x.table.General(c)
	elem = x.table.Elem(c, nil)
	if v := x.turnOf(s, local); !chosen && v != nil && v.reaches(s, site) && !s.isDirty(elem) {
		elem = x.table.Every(c)
	}
	of := func(n *path.Node) *path.Node { return x.table.Replace(n, local, elem) }
	if h, ok := g.Map(of); ok {
		g = h
	}
	return of(p), g
}

// replaced reports whether the container c of the caller's may be another one by now: it
// was in a field, or was an element of such a container.
func (x *executor) replaced(s *state, c *path.Node) bool {
	for ; c != nil; c = c.Parent {
		switch {
		case c.Kind == path.Deref && s.isDirty(c.Parent), c.Kind == path.Lookup && s.isDirty(c), c.Kind == path.Elem && s.isDirty(c):
			return true
		}
	}
	return false
}

// turnOf returns the loop that the element, or key of a map, n is met by, or nil. What
// the container had before does not matter.
func (x *executor) turnOf(s *state, n *path.Node) *visit {
	if next, ok := n.Site.(*ssa.Next); ok && n.Kind == path.Elem && next.Parent() == x.fn {
		return &visit{x: x, head: next.Block(), body: x.graph.bodies[next.Block().Index], elem: n, index: n, every: x.table.Every(n.Parent)}
	}
	if n.Kind != path.Deref {
		return x.visitAt(s, n)
	}
	v := x.visitAt(s, x.table.Deref(n.Parent, nil))
	if v != nil {
		v.elem = n
	}
	return v
}
