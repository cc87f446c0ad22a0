package heap

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// moves reports whether the ways to a and b have a part in common that leads by a field
// to which s gives another content: a may have been read before that, and b after it. A
// variable of a loop is read once in a turn. What the rule itself is about may change:
// it holds for all that comes there.
func (p *proof) moves(s *scope, a, b *path.Node) bool {
	for n := commonPrefix(a, b); n != nil; n = n.Parent {
		if _, ok := n.Site.(*ssa.Phi); ok {
			return false
		}
		if n.Kind == path.Deref && n.Parent.Kind == path.Field && !p.inContainer(n.Parent) && s.replaces(n.Parent) {
			return true
		}
	}
	return false
}

// inContainer reports whether f is the field that the rule starts at, or of the road.
func (p *proof) inContainer(f *path.Node) bool {
	return f.Owner == p.r.owner && f.Name == p.r.field || p.isRoad(f)
}

// replaces reports whether s stores something else than nil to that field of some object
// that is not new.
func (s *scope) replaces(f *path.Node) bool {
	for _, st := range s.stores {
		if st.Addr.Kind == path.Field && sameField(st.Addr, f) && !isNil(st.Val) && !freshlyMade(st.Addr.Root()) && st.Val != s.h.Table.Deref(st.Addr, nil) {
			return true
		}
	}
	return false
}
