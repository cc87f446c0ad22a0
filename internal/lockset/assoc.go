package lockset

import (
	"cmp"
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
)

// assoc is an immutable finite map of paths, sorted by key.
type assoc []binding

type binding struct{ key, val *path.Node }

func (a assoc) find(k *path.Node) (int, bool) {
	return slices.BinarySearchFunc(a, k.ID(), func(b binding, id int) int { return cmp.Compare(b.key.ID(), id) })
}

func (a assoc) get(k *path.Node) *path.Node {
	if i, ok := a.find(k); ok {
		return a[i].val
	}
	return nil
}

func (a assoc) set(k, v *path.Node) assoc {
	i, ok := a.find(k)
	switch {
	case ok && a[i].val == v:
		return a
	case ok:
		b := slices.Clone(a)
		b[i].val = v
		return b
	}
	return inserted(a, i, binding{k, v})
}

// inserted returns s with v at place i, in as much room as it takes: states keep and
// share what they are made of.
func inserted[S ~[]E, E any](s S, i int, v E) S { return slices.Concat(s[:i], S{v}, s[i:]) }

// where returns the bindings for which keep holds.
func (a assoc) where(keep func(binding) bool) assoc {
	for i, b := range a {
		if !keep(b) {
			out := slices.Clone(a[:i])
			for _, b := range a[i+1:] {
				if keep(b) {
					out = append(out, b)
				}
			}
			return out
		}
	}
	return a
}

// meet returns the bindings that a and b share, and the keys that they do
// not agree on.
func (a assoc) meet(b assoc) (both assoc, lost []*path.Node) {
	both = a.where(func(x binding) bool {
		if b.get(x.key) == x.val {
			return true
		}
		lost = append(lost, x.key)
		return false
	})
	for _, x := range b {
		if a.get(x.key) == nil {
			lost = append(lost, x.key)
		}
	}
	return both, lost
}

// names reports whether a value of a has the root n on its path.
func (a assoc) names(n *path.Node) bool {
	return slices.ContainsFunc(a, func(b binding) bool { return mentions(b.val, n) })
}

// mentions reports whether p has the root n, a value of the function at hand,
// on its path, also as an index or captured.
func mentions(p, n *path.Node) bool {
	return p != nil && !p.Visible() && p.Any(func(m *path.Node) bool { return m == n })
}
