package heap

import (
	"fmt"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// keyed is a membership of a map whose key is a field of the object: what is
// found under the key of an object is that object.
//
//	for all x: x.back.in[x.key] == x        every block is in the bim of its fs under its index
type keyed struct {
	membership
	key fieldKey
}

// self returns p with x.back.in[x.key] written as x, where that is proved; nil
// if there is nothing to rewrite.
func (h *Heap) self(p *path.Node) (*path.Node, string) {
	for n := p; n != nil; n = n.Parent {
		if n.Kind != path.Lookup || n.Site != nil || n.Key.Kind != path.Deref || n.Key.Site != nil || n.Key.Parent.Kind != path.Field {
			continue
		}
		key := n.Key.Parent
		m := membershipOf(n.Parent, key.Parent)
		if m == nil || key.Owner != m.back.owner || !h.isKeyed(keyed{*m, fieldKey{key.Owner, key.Name}}) {
			continue
		}
		text := fmt.Sprintf("every %s is in %s.%s of its %s under its %s", typeWord(m.back.owner), typeWord(m.in.owner), m.in.name, m.back.name, key.Name)
		return h.Table.Replace(p, n, key.Parent), text
	}
	return nil, ""
}

// isKeyed reports whether k holds.
func (h *Heap) isKeyed(k keyed) bool {
	if holds, ok := h.keys[k]; ok {
		return holds
	}
	if h.keys == nil {
		h.keys = map[keyed]bool{}
	}
	h.keys[k] = h.areMembers(k.membership) && !exported(k.key.name) && h.keptKey(k.key) && h.putUnderKey(k)
	return h.keys[k]
}

// keptKey reports whether the field is stored to in new objects only.
func (h *Heap) keptKey(f fieldKey) bool {
	for _, addr := range h.used().addrs[f] {
		_, made := addr.X.(*ssa.Alloc)
		for _, r := range *addr.Referrers() {
			switch r := r.(type) {
			case *ssa.Store:
				if r.Addr != addr || !made {
					return false
				}
			case *ssa.UnOp, *ssa.DebugRef:
			default:
				return false
			}
		}
	}
	return true
}

// putUnderKey reports whether all that is put into the map is put there under
// its key.
func (h *Heap) putUnderKey(k keyed) bool {
	for _, addr := range h.used().addrs[k.in] {
		for _, r := range *addr.Referrers() {
			load, ok := r.(*ssa.UnOp)
			if !ok {
				continue
			}
			for _, r := range *load.Referrers() {
				if u, ok := r.(*ssa.MapUpdate); ok && !h.hasKey(u, k.key) {
					return false
				}
			}
		}
	}
	return true
}

// hasKey reports whether the key of u is what field f of the object that u puts
// into the map has: it was read from there, or the object is new and was given
// it.
func (h *Heap) hasKey(u *ssa.MapUpdate, f fieldKey) bool {
	if load, ok := u.Key.(*ssa.UnOp); ok {
		if addr, ok := load.X.(*ssa.FieldAddr); ok && addr.X == u.Value && keyOf(addr.X.Type(), addr.Field) == f {
			return true
		}
	}
	made, ok := u.Value.(*ssa.Alloc)
	if !ok {
		return false
	}
	set := false
	for _, r := range *made.Referrers() {
		addr, ok := r.(*ssa.FieldAddr)
		if !ok || keyOf(addr.X.Type(), addr.Field) != f {
			continue
		}
		for _, r := range *addr.Referrers() {
			if st, ok := r.(*ssa.Store); ok {
				if set = true; st.Val != u.Key {
					return false
				}
			}
		}
	}
	return set
}
