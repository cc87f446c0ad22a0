package heap

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// typeOf returns the type of n in s, or nil.
func (s *scope) typeOf(n *path.Node) types.Type {
	named := s.h.Table.Named
	switch {
	case n.Kind == path.Param && n.Index < len(s.fn.Params):
		return s.fn.Params[n.Index].Type()
	case named == nil:
	case n.Kind == path.Fresh && n.Owner != "":
		return named(n.Owner)
	case n.Kind == path.Deref && n.Parent.Kind == path.Fresh && n.Parent.Owner != "":
		return named(n.Parent.Owner[len("*"):])
	}
	return n.Type()
}

// isA reports whether n is known to be or point to a struct of the named type.
func (s *scope) isA(n *path.Node, owner string) bool {
	if t := s.typeOf(n); owner == "" || t != nil {
		return owner != "" && path.OwnerName(t) == owner
	}
	return slices.ContainsFunc(s.stores, func(st Store) bool {
		return st.Addr.Kind == path.Field && st.Addr.Parent == n && st.Addr.Owner == owner
	})
}

// hasField reports whether s stores to that field of the object n.
func (s *scope) hasField(n, field *path.Node) bool {
	f := s.h.Table.FieldOf(n, field)
	for _, st := range s.stores {
		if st.Addr == f {
			return true
		}
	}
	return false
}

// normal returns n with the contents of objects made here resolved.
func (s *scope) normal(n *path.Node) *path.Node { return s.resolved(n, nil) }

// trail is the list of cells that a search has come through.
type trail struct {
	cell *path.Node
	rest *trail
}

func (t *trail) passes(cell *path.Node) bool {
	for ; t != nil; t = t.rest {
		if t.cell == cell {
			return true
		}
	}
	return false
}

// resolved is normal for what has been found in the cells through, which may lead
// back to themselves.
func (s *scope) resolved(n *path.Node, through *trail) *path.Node {
	if n.IsRoot() {
		return n
	}
	parent := s.resolved(n.Parent, through)
	if n.Kind == path.Deref && (parent.Kind == path.Field && freshlyMade(parent.Root()) || parent.Kind == path.Fresh) && !through.passes(parent) {
		if v := s.stored(parent); v != nil {
			return s.resolved(v, &trail{parent, through})
		}
	}
	return s.h.Table.WithParent(n, parent)
}

// normalAddr is normal for an address that is stored to: the store to b.sail.boat
// is one to the sail that was made here and stored in b.sail.
func (s *scope) normalAddr(n *path.Node) *path.Node {
	if n.IsRoot() {
		return n
	}
	return s.h.Table.WithParent(n, s.normal(n.Parent))
}

// same reports whether a and b are one object, by the rules proved so far.
func (h *Heap) same(a, b *path.Node) bool {
	if a == b {
		return true
	}
	is := func(a, b *path.Node) bool {
		a, _ = h.Canon(nil, a)
		b, _ = h.Canon(nil, b)
		return a == b && a.Kind != path.Unknown
	}
	if is(a, b) {
		return true
	}
	va, vb := h.asVariable(a), h.asVariable(b)
	return (va != a || vb != b) && is(va, vb)
}

// asVariable returns n with the element that a variable of a loop goes on with, from node
// to node, as that variable: it leads back where all of them do.
func (h *Heap) asVariable(n *path.Node) *path.Node {
	for m := n; m != nil; m = m.Parent {
		if phi, ok := m.Site.(*ssa.Phi); ok && m.Kind == path.Elem {
			return h.Table.Replace(n, m, h.Table.Value(phi))
		}
	}
	return n
}

// follow takes one step from cur; nil if s does not know where it leads.
func (s *scope) follow(cur, step *path.Node) *path.Node {
	t := s.h.Table
	switch step.Kind {
	case path.Field:
		return t.FieldOf(cur, step)
	case path.Capture:
		return t.Capture(cur, step.Name, step.Index)
	case path.Deref:
		return s.stored(cur)
	case path.Index, path.Lookup, path.Part, path.Elem:
		return t.Elem(cur, nil)
	}
	return nil
}

// cells returns the addresses that the steps from cur load.
func (s *scope) cells(cur *path.Node, steps []*path.Node) []*path.Node {
	var out []*path.Node
	for _, step := range steps {
		if step.Kind == path.Deref {
			out = append(out, cur)
		}
		if cur = s.follow(cur, step); cur == nil {
			break
		}
	}
	return out
}

// stored returns the content of addr: what s stores there, if all its stores
// agree; what was there before, if there are none.
func (s *scope) stored(addr *path.Node) *path.Node {
	var one *path.Node
	for _, st := range s.stores {
		if st.Addr != addr || isNil(st.Val) {
			continue
		}
		if one != nil && one != st.Val {
			return nil
		}
		one = st.Val
	}
	switch {
	case one != nil && s.remade(one, addr.Root()):
		return nil
	case one != nil:
		return one
	case freshlyMade(addr.Root()) && addr.Kind == path.Field && addr.Parent.IsRoot():
		return nil // not set
	case freshlyMade(addr):
		return s.content(addr)
	}
	return s.content(addr)
}

// freshlyMade reports whether val is an object made in the function at hand
// or by one that it called.
func freshlyMade(val *path.Node) bool {
	switch val.Kind {
	case path.Fresh:
		return true
	case path.Value:
		return makesObject(val.Site.(ssa.Value))
	}
	return false
}
