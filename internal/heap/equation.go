package heap

import (
	"cmp"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Two objects that are linked may share a lock that each has a pointer to:
//
//	for all x: x.f.β == x.γ         every child in p.kids has mu == p.mu
//
// It is proved like a shared owner, with a path γ of its own for x.

// sharedLock rewrites p, a pointer to a lock that is read from a field, as the
// pointer that an object on the way to it shares; nil if there is none.
func (h *Heap) sharedLock(fn *ssa.Function, p *path.Node) (*path.Node, string) {
	if p.Kind != path.Deref || p.Parent.Kind != path.Field || p.Parent.Var == nil || !isLockPointer(p.Type()) {
		return nil, ""
	}
	fields := fieldSteps(p)
	last := p.Parent
	for i := len(fields) - 2; i >= 0; i-- {
		first := fields[i]
		if !h.mine(first.Owner) || !h.mine(last.Owner) {
			continue
		}
		var road []*path.Node
		for n := last.Parent; n != first; n = n.Parent {
			road = append([]*path.Node{n}, road...)
		}
		for _, f := range h.lockPointers(first.Owner, p.Type()) {
			own := h.Table.FieldOf(first.Parent, f)
			load := h.Table.Deref(own, nil)
			if r := h.rule(first, road, []*path.Node{last, p}, own, load); len(road) > 0 && load != p && h.holds(r) {
				if fn == nil {
					return load, ""
				}
				return load, r.text(fn, first.Parent)
			}
		}
	}
	return nil, ""
}

// isLockPointer reports whether t is a pointer to a mutex.
func isLockPointer(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Pointer)
	return ok && refersToLock(t)
}

// lockPointers returns the fields of the struct type owner that are seen to get
// pointers to the lock type of want.
func (h *Heap) lockPointers(owner string, want types.Type) []*path.Node {
	var out []*path.Node
	for k, events := range h.indexed().fields {
		if k.owner != owner {
			continue
		}
		for _, e := range events {
			f := e.st.Addr
			if f.Kind == path.Field && f.Owner == owner && f.Name == k.name && f.Var != nil && types.Identical(f.Var.Type(), want) {
				out = append(out, f)
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b *path.Node) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
