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

// neverAt reports whether the steps lead through what is looked up by a constant in a map,
// where the package puts such objects as r is about under other constants only: the
// subscribers to another topic.
func (h *Heap) neverAt(r *rule, steps []*path.Node) bool {
	for _, n := range steps {
		if n.Kind != path.Lookup || n.Key.Kind != path.Const || n.Parent.Kind != path.Deref || n.Parent.Parent.Kind != path.Field {
			continue
		}
		if p := (&proof{h: h, r: r}); p.onlyUnderOthers(n.Parent.Parent, n.Key) {
			return true
		}
	}
	return false
}

// onlyUnderOthers reports whether objects that the rule is about are put into the map in
// the field f under constants, and none of these is key.
func (p *proof) onlyUnderOthers(f, key *path.Node) bool {
	others := false
	for _, e := range p.h.eventsOn(fieldKey{f.Owner, f.Name}) {
		if p.h.left(e) {
			continue
		}
		in := func(c *path.Node) bool { return c.Kind == path.Deref && sameField(c.Parent, f) }
		stores := []Store{e.st}
		if sameField(e.st.Addr, f) {
			if !freshlyMade(e.st.Val) {
				return false
			}
			in, stores = func(c *path.Node) bool { return c == e.st.Val }, e.s.stores
		}
		for _, st := range stores {
			at, from := elementOf(st.Addr, in), containerOf(e.s.normal(whole(st.Val)))
			switch {
			case at == nil || from != nil && in(from) || !p.mayBring(e.s, st.Val):
			case at.Kind != path.Lookup || at.Key.Kind != path.Const || at.Key == key:
				return false
			default:
				others = true
			}
		}
	}
	return others
}

// elementOf returns the element of such a container that addr is, or leads through; nil
// if it is none.
func elementOf(addr *path.Node, container func(*path.Node) bool) *path.Node {
	for n := addr; n != nil; n = n.Parent {
		if c := containerOf(n); c != nil && container(c) {
			return n
		}
	}
	return nil
}
