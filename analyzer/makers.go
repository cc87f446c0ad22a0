package analyzer

import (
	"github.com/lockreentry/lockreentry/internal/path"
)

// A constructor has nothing to do with locks. But what it sets decides later whether the
// object locks: `r := reg.New(true)`. Importers are told of constructors of objects whose
// fields conditions ask about.

// gatherMakers adds the summaries of such constructors.
func (u *unit) gatherMakers(e *exports) {
	asked := e.askedOwners()
	if len(asked) == 0 {
		return
	}
	for i := range e.funcs {
		f := &e.funcs[i]
		if f.summary != nil || !f.returnsOne(asked) {
			continue
		}
		if s := u.engine.Summary(f.fn); s != nil {
			f.summary = e.lent.withoutLocks(e.withoutCalls(s))
		}
	}
}

// askedOwners returns the types whose fields are asked about in the conditions of what
// importers are told.
func (e *exports) askedOwners() names {
	asked := names{}
	for i := range e.funcs {
		for g := range e.funcs[i].summary.Guards() {
			for _, l := range g {
				l.Path.Any(func(n *path.Node) bool {
					if n.Kind == path.Field {
						asked[n.Owner] = true
					}
					return false
				})
			}
		}
	}
	return asked
}

// returnsOne reports whether f returns an object of one of the types.
func (f *exportedFunc) returnsOne(owners names) bool {
	for r := range f.obj.Signature().Results().Variables() {
		if owners[path.OwnerName(r.Type())] {
			return true
		}
	}
	return false
}
