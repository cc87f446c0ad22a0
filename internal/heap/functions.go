package heap

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

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

// Values returns the functions that the content n of a field or of a
// package-level variable, or an element of a container in a field, can be by the
// stores of this package, or those that such a function captured, as far as they
// are named there; in an interface value they have the methods of their type. A field of another
// package's type counts by the variable or the field of this package that it is
// in.
func (h *Heap) Values(n *path.Node) []*path.Node {
	all, ok := h.values[n]
	if !ok {
		all = h.findValues(n)
		if h.values == nil {
			h.values = map[*path.Node][]*path.Node{}
		}
		h.values[n] = all
	}
	return all
}

// findValues is what Values returns for n.
func (h *Heap) findValues(n *path.Node) []*path.Node {
	var all []*path.Node
	add := func(v *path.Node) {
		if f := v.Plain(); (f.Kind == path.Func || f.Kind == path.Closure) && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	addIn := func(s *scope, v *path.Node) {
		if as := s.as[v]; as != nil {
			v = as
		}
		add(v)
	}
	if f := containerField(n); f != nil {
		for _, e := range h.eventsOn(fieldKey{f.Owner, f.Name}) {
			if at := containerField(e.st.Addr); at != nil && samePlace(at, f) || e.st.Addr.Kind == path.Field && samePlace(e.st.Addr, f) {
				e.s.within(e.st.Val, maxNestedIn, func(v *path.Node) { addIn(e.s, v) })
			}
		}
		return all
	}
	switch n.Kind {
	case path.Deref:
		var within []*path.Node
		for at := n.Parent; ; at = at.Parent {
			for _, e := range h.storesAt(at) {
				addIn(e.s, e.s.field(e.st.Val, within))
			}
			if at.Kind != path.Field {
				break
			}
			within = append([]*path.Node{at}, within...)
		}
	case path.Capture:
		for _, v := range h.Values(n.Parent) {
			if v = v.Plain(); v.Name == n.Name && n.Index < len(v.Args) {
				add(v.Args[n.Index])
			}
		}
	}
	return all
}

// containerField returns the field with the container that n is an element of, or of
// one of whose elements, lists in a map, say; nil if there is none.
func containerField(n *path.Node) *path.Node {
	c := containerOf(n)
	if n.Kind == path.Index {
		c = n.Parent
	}
	for c != nil && c.Kind == path.Part {
		c = c.Parent
	}
	switch {
	case c == nil:
		return nil
	case c.Kind == path.Deref && c.Parent.Kind == path.Field:
		return c.Parent
	case c.Kind == path.Field && c.Var != nil && path.IsStruct(c.Var.Type()):
		return c // by value; of other fields it is what they contain at some time
	}
	return containerField(c)
}

// maxNestedIn bounds the containers within one another that functions are looked for in.
const maxNestedIn = 2

// within calls add with val, and with the elements of val, and of these, where s has
// made that container.
func (s *scope) within(val *path.Node, depth int, add func(*path.Node)) {
	add(val)
	if val = whole(val); !freshlyMade(val) || depth == 0 {
		return
	}
	for _, st := range s.stores {
		if isWithin(st.Addr, val) {
			s.within(st.Val, depth-1, add)
		}
	}
}

// isWithin reports whether addr is an element of the container c, or one of an element.
func isWithin(addr, c *path.Node) bool {
	for ; class(addr) == path.Elem; addr = addr.Parent {
		if addr.Parent == c {
			return true
		}
	}
	return false
}

// field returns what a field of the struct value val is, where s has made that;
// fields leads to it, through structs within structs.
func (s *scope) field(val *path.Node, fields []*path.Node) *path.Node {
	if len(fields) == 0 {
		return val
	}
	if val.Kind == path.Deref && freshlyMade(val.Parent) {
		addr := val.Parent
		for _, f := range fields {
			addr = s.h.Table.FieldOf(addr, f)
		}
		if v := s.stored(addr); v != nil {
			return v
		}
	}
	return s.h.Table.Unknown()
}

// storesAt returns the stores to the package-level variable at addr, or to that
// field of any object.
func (h *Heap) storesAt(addr *path.Node) []event {
	var events []event
	switch root := addr.Root(); {
	case root.Kind == path.Global && h.sees(root.Name):
		events = h.indexed().globals[root]
	case root.Kind != path.Global && addr.Kind == path.Field && h.sees(outermostField(addr).Owner):
		events = h.eventsOn(fieldKey{addr.Owner, addr.Name})
	}
	return slices.DeleteFunc(slices.Clone(events), func(e event) bool { return !samePlace(e.st.Addr, addr) })
}

// sees reports whether the type or variable of that name is of a package that
// is analysed here.
func (h *Heap) sees(name string) bool { return h.Proved == nil || h.mine(name) }

// outermostField returns the field of the object that the field addr is in, be
// it within a struct in it.
func outermostField(addr *path.Node) *path.Node {
	for addr.Parent.Kind == path.Field {
		addr = addr.Parent
	}
	return addr
}

// samePlace reports whether a and b are one variable, or one field of objects of
// a type.
func samePlace(a, b *path.Node) bool {
	for a != b && sameField(a, b) {
		a, b = a.Parent, b.Parent
	}
	return a == b || a.Kind != path.Field && b.Kind != path.Field && a.Kind != path.Global && b.Kind != path.Global
}

// InField returns the values, one of each kind, that are stored in the field whose
// content n is, or in the container there that n is an element of, by the stores that
// this package sees.
func (h *Heap) InField(n *path.Node) (values []*path.Node, typs []types.Type) {
	c, ok := h.inFields[n]
	if !ok {
		if h.inFields == nil {
			h.inFields = map[*path.Node]contained{}
		}
		c.values, c.types = h.findInField(n)
		h.inFields[n] = c
	}
	return c.values, c.types
}

// contained is what a field contains.
type contained struct {
	values []*path.Node
	types  []types.Type
}

// kindOfValue is the function that a value is, and its type.
type kindOfValue struct {
	fn  *ssa.Function
	typ types.Type
}

// findInField is InField, worked out.
func (h *Heap) findInField(n *path.Node) (values []*path.Node, typs []types.Type) {
	f, at := n.Parent, func(addr *path.Node) *path.Node { return addr }
	if n.Kind == path.Elem {
		if f, at = containerField(n), containerField; f == nil {
			return nil, nil
		}
	}
	seen := map[kindOfValue]bool{}
	for _, e := range h.eventsOn(fieldKey{f.Owner, f.Name}) {
		in := at(e.st.Addr)
		if in == nil || !sameField(in, f) || isNil(e.st.Val) {
			continue
		}
		depth := maxNestedIn
		if !n.Visible() {
			depth = 0 // what is put into the containers of an object made here is seen there
		}
		e.s.within(e.st.Val, depth, func(v *path.Node) {
			k := kindOfValue{v.Fn, e.s.typeOf(v)}
			if !seen[k] {
				seen[k] = true
				values, typs = append(values, v), append(typs, k.typ)
			}
		})
	}
	return values, typs
}
