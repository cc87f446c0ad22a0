package lockset

import (
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A branch may have found an index to be a constant: then the element at that index is
// the one at the constant.

// heldAt returns the lock held in s that p is under s and g because of what they say of
// indexes, or nil.
func (x *executor) heldAt(s *state, g summary.Guard, p *path.Node) *lockState {
	for _, l := range s.locks {
		if l.held && x.sameByIndex(s, g, l.path, p) {
			return l
		}
	}
	return nil
}

// sameByIndex reports whether p and q, two names of locks, are one under s and g because
// of what they say of indexes.
func (x *executor) sameByIndex(s *state, g summary.Guard, p, q *path.Node) bool {
	if p.Kind == path.Unknown || p.Class() != q.Class() || !hasStep(p, path.Index) || !hasStep(q, path.Index) {
		return false
	}
	return x.atConstants(s, g, p) == x.atConstants(s, g, q)
}

// atConstants returns p with the indexes that s or g say to be constants written as these.
func (x *executor) atConstants(s *state, g summary.Guard, p *path.Node) *path.Node {
	for n := p; n != nil; n = n.Parent {
		if n.Kind != path.Index || n.Key.Kind == path.Const {
			continue
		}
		c := s.cond.Value(n.Key)
		if c == "" {
			c = g.Value(n.Key)
		}
		if c != "" {
			return x.atConstants(s, g, x.table.Replace(p, n, x.table.Index(n.Parent, x.table.Const(c))))
		}
	}
	return p
}
