package lockset

import (
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A possible re-entry is an acquisition under a lock of the same field, where
// nothing tells whether the two objects are one. It is no finding: most of them
// are two. People may want to look at them all the same.

// Possible analyses fn if need be and returns the possible re-entries in it
// that are no findings.
func (e *Engine) Possible(fn *ssa.Function) []*Finding {
	found := e.Findings(fn)
	n := e.nodes[fn]
	if n == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(n.possible), func(p *Finding) bool {
		return slices.ContainsFunc(found, func(f *Finding) bool { return f.Pos == p.Pos && f.Code == p.Code })
	})
}

// suspect notes acquisition a, reached from site in state s, as a possible
// re-entry of each lock held that could be the same.
func (x *executor) suspect(s *state, f *frame, a *summary.Acquire) {
	if slices.ContainsFunc(a.Steps, func(s summary.Step) bool { return s.Dynamic }) {
		return // two guesses are too many
	}
	for _, l := range s.locks {
		if !l.held || l.path.Class() == "" || l.path.Class() != a.Path.Class() || x.apart(a.Guard, l.path, a.Path) {
			continue
		}
		if p := x.reentry(l, underLock(l, f.site, a), a); p != nil {
			p.Rules = append(slices.Clip(p.Rules), x.condition(l.path, a.Path))
			x.possible = p.addTo(x.possible)
		}
	}
}

// apart reports whether under g the locks p and q, of one field, are known to
// be of two objects.
func (x *executor) apart(g summary.Guard, p, q *path.Node) bool {
	a, b := lockField(p).Parent, lockField(q).Parent
	if a == nil || b == nil || otherElement(a, b) {
		return true
	}
	same := x.table.Binary(token.EQL, a, b)
	return g.Implies(summary.Is(same, "true")) == summary.False
}

// condition words that the objects of the locks p and q are one.
func (x *executor) condition(p, q *path.Node) string {
	a, ok := lockField(p).Parent.NameIn(x.fn)
	b, named := lockField(q).Parent.NameIn(x.fn)
	if !ok || !named || a == b {
		return "if the two are one object"
	}
	return fmt.Sprintf("if %s == %s", b, a)
}
