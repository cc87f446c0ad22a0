package heap

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// An object that is looked up in a container, and made and put there if it is
// missing, is an element of it in both cases.

// joined evaluates the values that come together at site. Where one is an element of
// a container, new objects that are only put into that are elements of it, too.
func (s *scope) joined(vals []ssa.Value, site any) []*path.Node {
	nodes := make([]*path.Node, len(vals))
	var c *path.Node
	for i, v := range vals {
		nodes[i] = s.eval(v)
		if in := containerOf(nodes[i]); in != nil && fixed(in) {
			c = in
		}
	}
	if c == nil {
		return nodes
	}
	t := s.h.Table
	for i, v := range vals {
		if containerOf(nodes[i]) == c || freshlyMade(nodes[i]) && s.onlyIn(v) == c {
			nodes[i] = t.Elem(c, site)
		}
	}
	return nodes
}

// onlyIn returns the container that the new object v is put into, if it is put
// nowhere else and no other function gets hold of it; else nil.
func (s *scope) onlyIn(v ssa.Value) *path.Node {
	var c *path.Node
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.FieldAddr, *ssa.Phi, *ssa.Return, *ssa.Lookup, *ssa.Range:
		case *ssa.MapUpdate:
			if r.Value != v {
				continue // it is the map
			}
			if c != nil {
				return nil
			}
			c = s.eval(r.Map)
		default:
			return nil
		}
	}
	return c
}
