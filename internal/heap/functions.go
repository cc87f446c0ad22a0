package heap

import (
	"github.com/lockreentry/lockreentry/internal/path"
)

// Functions returns the names of the functions that a value kept in a
// package-level variable can be, by the stores of this package; false if some
// store is not understood. Two tables of one type are told apart by this, and
// not by the types that flow.
func (h *Heap) Functions(n *path.Node) (map[string]bool, bool) {
	root := n.Root()
	if root.Kind != path.Global {
		return nil, false
	}
	field := lastField(n)
	found := map[string]bool{}
	events := h.indexed().globals[root]
	for _, e := range events {
		if !e.s.functions(e.st.Addr, e.st.Val, field, found, 0) {
			return nil, false
		}
	}
	return found, len(events) > 0
}

// lastField returns the name of the last field that n goes through.
func lastField(n *path.Node) string {
	for ; n != nil; n = n.Parent {
		if n.Kind == path.Field {
			return n.Name
		}
	}
	return ""
}

// functions adds the functions that val, stored to addr, is or leads to by a
// field of that name; false if something unknown may be among them.
func (s *scope) functions(addr, val *path.Node, field string, found map[string]bool, depth int) bool {
	switch {
	case val.Kind == path.Func || val.Kind == path.Closure:
		if f := lastField(addr); f == "" || field == "" || f == field {
			found[val.Name] = true
		}
		return true
	case val.Kind == path.Const:
		return true
	case depth > 4:
		return false
	case val.Kind == path.Deref && freshlyMade(val.Parent): // a copy of a struct made here
		return s.functions(addr, val.Parent, field, found, depth+1)
	}
	if t := s.typeOf(val); t != nil && !hasIdentity(t) {
		return true
	}
	known := freshlyMade(val)
	for _, st := range s.stores {
		if st.Addr == val || !st.Addr.HasPrefix(val) || st.Val.HasPrefix(val) {
			continue
		}
		known = true
		if !s.functions(st.Addr, st.Val, field, found, depth+1) {
			return false
		}
	}
	return known
}
