package lockset

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// An object may be among those that it has registered itself, and be left out there.

// leavesOut reports whether what is acquired at site in an object on the way, which a
// rule says is the one at the shorter path p, may be acquired in other objects only: g
// tells these two apart, or it is an element that may have been chosen so.
func (x *executor) leavesOut(s *state, site ssa.Instruction, g summary.Guard, way, p *path.Node) bool {
	for way != p && way.Kind == path.Field && p.Kind == path.Field && way.Owner == p.Owner && way.Name == p.Name {
		way, p = way.Parent, p.Parent
	}
	if way == p || !way.MayBeInterface() {
		return false
	}
	_, ok := g.Map(func(n *path.Node) *path.Node {
		if n.Kind != path.Binary {
			return n
		}
		return x.table.Binary(token.Token(n.Index), x.table.Replace(n.Parent, way, p), x.table.Replace(n.Key, way, p))
	})
	if !ok {
		return true
	}
	if way.Kind != path.Elem && !isPicked(way) {
		return false
	}
	v := x.turnOf(s, way)
	return v == nil || !v.reaches(s, site)
}
