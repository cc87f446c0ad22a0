package heap

import (
	"fmt"

	"github.com/lockreentry/lockreentry/internal/path"
)

// links checks the stores to the fields of the road, the links between the
// parts of the container, that are not seen to be of some owner's container:
// the node that such a store is of may be in any.
func (p *proof) links() string {
	header := true
	for _, n := range p.r.road {
		if n.Kind == path.Field && p.established {
			for _, e := range p.h.eventsOn(fieldKey{n.Owner, n.Name}) {
				if !p.left(e) && p.stray(e.s, e.st, n, header) {
					p.r.by = e
					return fmt.Sprintf("%s may be a part of any %s, and its %s is set", name(e.s.fn, linkOf(e.st.Addr).Parent), p.r.field, n.Name)
				}
			}
		}
		header = header && n.Kind != path.Field && class(n) != path.Elem
	}
	return ""
}

// stray reports whether st sets the given link of a node, or puts something into the
// container that it leads to, and the node may be in a container of the rule without that
// being seen. The header of a container is the one that a field leads to: that of another
// field is another container.
func (p *proof) stray(s *scope, st Store, link *path.Node, header bool) bool {
	addr := linkOf(st.Addr)
	obj := addr.Parent
	switch {
	case !sameField(addr, link):
		return false
	case isNil(st.Val), freshlyMade(obj), p.owner(st.Addr) != nil, obj.Kind == path.Field, obj.Kind == path.Global:
		return false
	case header && obj.Kind == path.Deref && obj.Parent.Kind == path.Field && obj.Parent.Owner != link.Owner:
		return false
	}
	if addr != st.Addr {
		return p.mayBring(s, st.Val)
	}
	if val := s.normal(whole(st.Val)); val == p.h.Table.Deref(st.Addr, nil) {
		brings, _ := p.elementsBring(s, val)
		return brings || s.incomplete
	}
	return p.mayBring(s, st.Val)
}

// linkOf returns the field whose content, or an element of that, is at addr.
func linkOf(addr *path.Node) *path.Node {
	for n := addr; ; n = n.Parent {
		switch class(n) {
		case path.Elem:
		case path.Deref:
			if n == addr {
				return addr
			}
		default:
			return n
		}
	}
}

// whole returns the container that c is a part of.
func whole(c *path.Node) *path.Node {
	for c.Kind == path.Part {
		c = c.Parent
	}
	return c
}

// mayBring reports whether val may be an object with the back path, or lead to one: an
// array made here leads to what is put there.
func (p *proof) mayBring(s *scope, val *path.Node) bool {
	if brings, any := p.elementsBring(s, val); any && freshlyMade(val) && !s.incomplete {
		return brings
	}
	return p.isTarget(s, val) || !p.unrelated(s, val)
}

// elementsBring reports whether what s puts into the container c may be, or lead to, an
// object with the back path, and whether it puts anything there.
func (p *proof) elementsBring(s *scope, c *path.Node) (brings, any bool) {
	for _, st := range s.stores {
		if class(st.Addr) == path.Elem && whole(st.Addr.Parent) == c {
			brings, any = brings || st.Val != c && p.mayBring(s, st.Val), true
		}
	}
	return brings, any
}
