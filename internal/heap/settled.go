package heap

import (
	"go/token"
	"go/types"
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Objects of this package may hold those of importers, which may prove rules
// about them. They see what they store there themselves, and need a promise
// that this package does not change it behind their back.

// IsSettled reports whether the field of that name of the struct type owner, or
// what is in it, is stored to in this package only while its object is new, to
// nil or something empty, or where importers are told.
func (h *Heap) IsSettled(owner, name string) bool {
	for _, e := range h.eventsOn(fieldKey{owner, name}) {
		if !h.settles(e) {
			return false
		}
	}
	f := h.Table.FieldNamed(h.Table.Param(0), owner, name)
	for _, e := range h.indexed().structs[owner] {
		if !h.left(e) && !keepsField(e.s, e.st, f) {
			return false
		}
	}
	return true
}

func (h *Heap) settles(e event) bool {
	addr, val := h.Table.AnyElement(e.st.Addr), h.Table.AnyElement(e.st.Val)
	switch {
	case isNil(val), val.HasPrefix(addr), freshlyMade(e.s.normal(addr).Root()), h.left(e):
		return true
	case freshlyMade(val) && isContainer(e.s.typeOf(val)):
		return true
	}
	obj := e.s.fn.Object()
	if obj == nil || !obj.Exported() {
		return h.ofOption(e)
	}
	told := h.Exported(e.s.fn)
	return told != nil && slices.Contains(told.Stores, h.forImporters(e))
}

// forImporters returns the store e in the terms in which importers are told of it.
func (h *Heap) forImporters(e event) Store {
	sub := &path.Substitution{Table: h.Table, Root: e.s.freshRoots}
	return Store{h.Table.AnyUnnamed(sub.Apply(e.st.Addr)), h.Table.AnyElement(sub.Apply(e.st.Val))}
}

func isContainer(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Map, *types.Slice, *types.Chan:
		return true
	case *types.Pointer:
		_, array := u.Elem().Underlying().(*types.Array)
		return array
	}
	return false
}

// unsettled returns the first field of r that its package may change unseen, or
// nil.
func (h *Heap) unsettled(r *rule) *path.Node {
	if h.Settled == nil {
		return nil
	}
	for _, steps := range [][]*path.Node{r.road, r.back} {
		for _, n := range steps {
			if n.Kind == path.Field && n.Owner != "" && !h.mine(n.Owner) && !token.IsExported(n.Name) && !h.Settled(n.Owner, n.Name) {
				return n
			}
		}
	}
	return nil
}
