package lockset

import (
	"go/token"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// What it says of locks that the goroutine can take one, on which a TryLock depends.

// takable decides the literals of g that the goroutine can take a lock. Those of
// locks that s knows nothing of are for callers to decide; such a lock is none
// of those that keep it from being taken, of whatever name.
func (x *executor) takable(s *state, g summary.Guard) (summary.Guard, bool) {
	ok := true
	var others []summary.Literal
	g = g.Where(func(l summary.Literal) bool {
		p, mode, is := l.Path.TakableLock()
		if !is {
			return true
		}
		p, _, _ = x.lockOf(p, 0)
		known := s.lock(p)
		if known != nil {
			ok = ok && !known.excludes(mode)
			return false
		}
		for _, o := range s.locks {
			if o.excludes(mode) && x.mayAlias(o.path, p) {
				others = append(others, summary.Is(x.sameLock(o.path, p), "false"))
			}
		}
		return true
	})
	for _, l := range others {
		if ok {
			g, ok = g.And(l)
		}
	}
	return g, ok
}

// excludes reports whether the goroutine holds l, and so can't take it in the given mode.
func (l *lockState) excludes(mode string) bool {
	return l.held && !l.shared && (mode == lock.Write.String() || l.mode == lock.Write)
}

// sameLock returns whether p and q are one lock: the same field of one object.
func (x *executor) sameLock(p, q *path.Node) *path.Node {
	for p.Kind == path.Field && q.Kind == path.Field && p.Class() == q.Class() {
		p, q = p.Parent, q.Parent
	}
	return x.table.Binary(token.EQL, p, q)
}
