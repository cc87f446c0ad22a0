package lockset

import (
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Whether two locks of different names could be one.

// aliasing tells whether two lock paths that differ could be one lock.
type aliasing func(a, b *path.Node) bool

// mayAlias reports whether two lock paths of the function at hand that differ could be one lock.
func (x *executor) mayAlias(a, b *path.Node) bool {
	return mayAlias(a, b) && !x.ofOtherType(a, b)
}

// withoutAliases returns s without the locks held that may be p.
func (x *executor) withoutAliases(s *state, p *path.Node) *state {
	return s.forget(func(l *lockState) bool { return l.held && (l.path == p || x.mayAlias(l.path, p)) })
}

// aliasesIn tells whether two lock paths of the function at hand that differ could be one
// lock where the condition of s holds.
func (x *executor) aliasesIn(s *state) aliasing {
	return func(a, b *path.Node) bool {
		return x.mayAlias(a, b) && s.cond.Implies(summary.Is(x.sameLock(a, b), "true")) != summary.False
	}
}

// mayAlias reports whether two lock paths that differ could be one lock, by
// the class of their last field. What a pointer or an interface value refers
// to may be any lock of another field.
func mayAlias(a, b *path.Node) bool {
	if a.Kind == path.Unknown || b.Kind == path.Unknown {
		return true
	}
	if path.Apart(a, b) {
		return false
	}
	if (a.Kind == path.Deref) != (b.Kind == path.Deref) {
		return true
	}
	if a.Kind != b.Kind && isPlace(a) && isPlace(b) {
		return false // a field is no element of an array and no variable
	}
	a, b = lockField(a), lockField(b)
	if a.Kind == path.Global && b.Kind == path.Global {
		return a == b
	}
	if a.Kind == path.Field && b.Kind == path.Field {
		return a.Class() == b.Class()
	}
	return true
}

// ofOtherType reports whether one of two locks is a Mutex, and the other an RWMutex.
func (x *executor) ofOtherType(a, b *path.Node) bool {
	s, t := x.typeOf(a), x.typeOf(b)
	return s != nil && t != nil && isLock(s) && isLock(t) && path.OwnerName(s) != path.OwnerName(t)
}

// isPlace reports whether p says what the lock itself is a part of.
func isPlace(p *path.Node) bool {
	return p.Kind == path.Field || p.Kind == path.Index || p.Kind == path.Global
}

// lockField strips the steps after the last field or root of a lock path.
func lockField(n *path.Node) *path.Node {
	for n.Kind == path.Deref || n.Kind == path.RLocker {
		n = n.Parent
	}
	return n
}
