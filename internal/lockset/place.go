package lockset

import (
	"go/types"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A cell of an object can be reached by two roads: the owner of c, one of the
// connections of s, is s, and c.owner.closing is what was stored to s.closing.

// place returns the address of a cell by the shortest path that heap rules allow.
func (x *executor) place(addr *path.Node) *path.Node {
	if addr.Kind != path.Field || !addr.Returns() {
		return addr
	}
	short, _ := x.engine.Canon(nil, addr)
	return short
}

// content returns the content of addr in s, as found at site. What the cell
// contains by a shorter path is what matters where s knows something of it;
// else an object is named by the road that the function takes, which a finding
// has to explain.
func (x *executor) content(s *state, addr *path.Node, site any) (*path.Node, *state) {
	if short := x.place(addr); short != addr {
		if v, t := s.load(x.table, short, site); isBasic(short) || v.Kind != path.Deref || v.Parent != short || s.cond.About(v) {
			return v, t
		}
	}
	v, t := s.load(x.table, addr, site)
	if v.Kind == path.Deref && v.Parent == addr && v.Site == nil {
		if zero := x.zeroOfWhole(addr); zero != nil {
			return zero, t
		}
	}
	return v, t
}

// isBasic reports whether the cell at the field addr holds a flag, a number or a
// string.
func isBasic(addr *path.Node) bool {
	if addr.Var == nil {
		return false
	}
	c := path.Content(addr.Var.Type())
	if c == nil {
		return false
	}
	_, basic := c.Underlying().(*types.Basic)
	return basic
}
