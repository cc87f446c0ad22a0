package lockset

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A lock is lost where it may have been released and nobody can say whether: by
// another goroutine, by an object that a callee returned together with it, or as
// a lock that has no name elsewhere. Callers are told which locks a function may
// lose, once for all its outcomes: as a part of each outcome the combinations
// would be without end.

// maxLost bounds the locks that a function may lose; with more it may lose any.
const maxLost = 24

// noteLost notes that the function at hand may lose the lock p. Who holds one
// of the same field can't tell it from that, so the field will do.
func (x *executor) noteLost(p *path.Node) {
	if !p.Visible() || lockField(p).Kind == path.Field {
		p = someLock(x.table, p)
	}
	i, ok := slices.BinarySearchFunc(x.lost, p.ID(), func(n *path.Node, id int) int { return cmp.Compare(n.ID(), id) })
	switch {
	case ok:
	case len(x.lost) >= maxLost:
		x.lost = []*path.Node{x.table.Unknown()}
	default:
		x.lost = slices.Insert(x.lost, i, p)
	}
}

// lose returns s without the locks for which gone holds, which are lost.
func (x *executor) lose(s *state, gone func(*lockState) bool) *state {
	return s.forget(func(l *lockState) bool {
		if !gone(l) {
			return false
		}
		x.noteLost(l.path)
		return true
	})
}

// lostBy returns s without the locks that the target of f may lose.
func (x *executor) lostBy(s *state, f *frame) *state {
	if x.aimless(s) {
		return s
	}
	for _, q := range f.sum.Lost {
		p := x.lockIn(f, q)
		x.noteLost(p)
		s = x.withoutAliases(s, p)
	}
	return s
}

// holds reports whether a lock is held in s.
func (s *state) holds() bool {
	return slices.ContainsFunc(s.locks, func(l *lockState) bool { return l.held })
}

// forgetHanded returns s without the locks that callees left held, after a
// call of a function value that is not known: it may be what releases them.
func (x *executor) forgetHanded(s *state) *state { return x.lose(s, (*lockState).handed) }

// spend returns s without the locks that a callee left held and returned an
// object with, once one of values is that object, or a variable that contains it:
// it may be what releases them, now or later.
func (x *executor) spend(s *state, values ...*path.Node) *state {
	if !s.carries() {
		return s
	}
	return x.lose(s, func(l *lockState) bool {
		return l.held && slices.ContainsFunc(l.carriers, func(c *path.Node) bool {
			return slices.ContainsFunc(values, func(v *path.Node) bool {
				return v.Any(func(n *path.Node) bool { return n == c || n.Kind == path.Value && s.mem.get(n) == c })
			})
		})
	})
}

// carries reports whether a lock is held that a callee has returned an object with.
func (s *state) carries() bool {
	return slices.ContainsFunc(s.locks, func(l *lockState) bool { return l.held && len(l.carriers) > 0 })
}

// isOwnVariable reports whether addr is a variable of the function at hand, or a
// field of one, that no other function gets hold of, but for its own literals:
// what is stored there stays in sight.
func isOwnVariable(addr ssa.Value) bool {
	a := allocOf(addr)
	return a != nil && onlyAccessed(a)
}

// onlyAccessed reports whether the address v is used for loads and stores, there or
// in a field, and in function literals, only.
func onlyAccessed(v ssa.Value) bool {
	for _, use := range *v.Referrers() {
		switch use := use.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.MakeClosure:
			for i, b := range use.Bindings {
				if b == v && !onlyAccessed(use.Fn.(*ssa.Function).FreeVars[i]) {
					return false
				}
			}
		case *ssa.Store:
			if use.Val == v {
				return false
			}
		case *ssa.FieldAddr:
			if !onlyAccessed(use) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// someLock stands for the lock p, which has no name elsewhere: it is one of the
// same field, in some object, or an element of some array.
func someLock(t *path.Table, p *path.Node) *path.Node {
	if f := lockField(p); f.Kind == path.Field && f.Owner != "" {
		return t.FieldOf(t.Const("some"), f)
	}
	if p.Kind == path.Index {
		return t.Index(t.Const("some"), t.Const("some"))
	}
	return t.Unknown()
}

// isSomeLock reports whether p stands for such a lock, or for more than one.
func isSomeLock(p *path.Node) bool {
	return p.Kind == path.Unknown || p.Root().Kind == path.Const || everyIn(p) != nil
}
