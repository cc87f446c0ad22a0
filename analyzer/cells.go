package analyzer

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Importers are told of changes of memory only where that may matter to what they are
// told of locks, or to what they can know themselves.

// withoutCells returns s without the changes of cells that importers never ask
// about.
func (l *lent) withoutCells(s *summary.Summary) *summary.Summary {
	out := *s
	out.Exits, out.Panics = slices.Clone(s.Exits), slices.Clone(s.Panics)
	for _, exits := range [][]summary.Exit{out.Exits, out.Panics} {
		for i := range exits {
			e := &exits[i]
			e.Dirty = slices.DeleteFunc(slices.Clone(e.Dirty), l.unasked)
			e.Stores = slices.DeleteFunc(slices.Clone(e.Stores), func(st summary.Store) bool { return l.unasked(st.Addr.Class()) })
		}
	}
	return &out
}

// unasked reports whether importers never ask about cells of the class: they are not
// told of conditions on it, and it is of a name that they can't use, or of a package that
// they have nothing to do with.
func (l *lent) unasked(class string) bool {
	name := strings.TrimLeft(class, path.Elements)
	if l.given[name] || l.held[name] || l.asked[name] {
		return false
	}
	switch field, loose := strings.CutPrefix(name, "."); {
	case loose: // others are cells of models and of the language
		return token.IsIdentifier(field) && !l.api.loose[field]
	case !strings.Contains(name, "."):
		return false // a class of many
	case declares(l.api.pkg, name):
		return l.isSecret(name)
	}
	return !slices.ContainsFunc(l.api.pkg.Imports(), func(p *types.Package) bool {
		_, near := l.api.others[p.Path()]
		return near && declares(p, name)
	})
}

// connections returns the part of the effects of f that connects objects which
// importers have or get: without stores of what they never ask about, and without objects
// made in f that they don't get hold of.
func (l *lent) connections(f *exportedFunc) *heap.Effects {
	if f.effects == nil {
		return nil
	}
	out := *f.effects
	reached := map[*path.Node]bool{} // of the objects made in f
	reach := func(n *path.Node) {
		n.Any(func(n *path.Node) bool {
			if n.Kind == path.Fresh {
				reached[n] = true
			}
			return false
		})
	}
	for _, r := range out.Results {
		reach(r)
	}
	for _, c := range out.Calls {
		for _, a := range c.Args {
			reach(a)
		}
	}
	kept := func(st heap.Store) bool {
		root := st.Addr.Root()
		if slices.ContainsFunc(out.Literals, func(l heap.Literal) bool { return l.Of.Root() == root }) {
			return true // the methods of the object ask
		}
		return (root.Kind != path.Fresh || reached[root]) && !l.unasked(st.Addr.Class())
	}
	for before := -1; before < len(reached); {
		before = len(reached)
		for _, st := range f.effects.Stores {
			if kept(st) {
				reach(st.Val)
			}
		}
	}
	out.Stores = slices.DeleteFunc(slices.Clone(f.effects.Stores), func(st heap.Store) bool { return !kept(st) })
	if len(out.Stores)+len(out.Calls) == 0 && !slices.ContainsFunc(out.Results, func(r *path.Node) bool { return r != nil }) {
		return nil
	}
	return &out
}
