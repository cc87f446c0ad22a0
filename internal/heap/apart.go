package heap

import (
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Objects that are in different fields, and so are not one.

// apart reports whether a and b are what two fields hold by value, in whichever structs
// they are, or what they point to, if each gets objects of its own.
func (h *Heap) apart(a, b *path.Node) bool {
	f, g := heldBy(a), heldBy(b)
	if f == nil || g == nil || sameField(f, g) {
		return false
	}
	var made []*path.Node // what is stored in one of them
	for _, field := range []*path.Node{f, g} {
		if field == a || field == b {
			continue // it is in the struct
		}
		values, ok := h.onlyNew(field)
		if !ok || slices.ContainsFunc(values, func(v *path.Node) bool { return slices.Contains(made, v) }) {
			return false
		}
		made = values
	}
	return true
}

// heldBy returns the field of a declared type that holds the object n, or a pointer to it;
// nil if there is none.
func heldBy(n *path.Node) *path.Node {
	if n.Kind == path.Deref {
		n = n.Parent
	}
	if n.Kind != path.Field || n.Owner == "" || n.Index != 0 {
		return nil
	}
	return n
}

// onlyNew returns what is stored in the field f, if that is nil or new each time.
func (h *Heap) onlyNew(f *path.Node) (values []*path.Node, ok bool) {
	k := fieldKey{f.Owner, f.Name}
	if !h.mine(k.owner) || exported(k.name) || h.roams(k) {
		return nil, false
	}
	for _, e := range h.eventsOn(k) {
		if !sameField(e.st.Addr, f) || isNil(e.st.Val) {
			continue
		}
		if !freshlyMade(e.st.Val) {
			return nil, false
		}
		values = append(values, e.st.Val)
	}
	return values, true
}
