package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A rule says of all elements of a container that they lead to one lock. If one is
// chosen in a way that is not understood, and takes the lock only if it is of some kind,
// the choice may be what leaves out those of that kind: `if p != s.self { p.send() }`.

// singledOut reports whether the way to a lock, which is taken under g at site, leads
// from an element that was chosen so, here or in a callee.
func (x *executor) singledOut(s *state, site ssa.Instruction, g summary.Guard, way *path.Node) bool {
	for n := way; n != nil; n = n.Parent {
		about := func(l summary.Literal) bool {
			return !way.HasPrefix(l.Path) && l.Path.Any(func(m *path.Node) bool { return m == n })
		}
		kind := func(l summary.Literal) bool { return about(l) && contents(l.Path, n) }
		if v := x.visitAt(s, n); v != nil {
			demands := func(l summary.Literal) bool { return kind(l) || about(l) && !s.cond.Has(l) }
			return slices.ContainsFunc(g, demands) && !v.reaches(s, site)
		}
		if n.Kind == path.Every {
			choice := func(l summary.Literal) bool { return about(l) && !contents(l.Path, n) }
			return slices.ContainsFunc(g, kind) && slices.ContainsFunc(g, choice)
		}
	}
	return false
}
