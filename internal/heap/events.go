package heap

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// event is a store in the terms of the function of a scope, made at one of its
// instructions if that is known.
type event struct {
	s  *scope
	st Store
	at ssa.Instruction
}

// fieldKey names a field of a struct type.
type fieldKey struct{ owner, name string }

// sameField reports whether a and b are one field, maybe of two objects.
func sameField(a, b *path.Node) bool {
	return a.Kind == path.Field && b.Kind == path.Field && a.Owner == b.Owner && a.Name == b.Name
}

// eventIndex files the stores of all functions, in the order of the source.
type eventIndex struct {
	fields  map[fieldKey][]event   // by each field on their addresses
	structs map[string][]event     // those of whole structs, by type
	globals map[*path.Node][]event // by the variable that their addresses start at
}

// indexed returns the index of all stores.
func (h *Heap) indexed() *eventIndex {
	if h.events == nil {
		x := &eventIndex{map[fieldKey][]event{}, map[string][]event{}, map[*path.Node][]event{}}
		for _, fn := range h.Funcs {
			x.add(h.collected(fn))
		}
		h.events = x
	}
	return h.events
}

// eventsOn returns the stores to cells that lie in or behind the given field.
func (h *Heap) eventsOn(f fieldKey) []event { return h.indexed().fields[f] }

// add files the stores of s.
func (x *eventIndex) add(s *scope) {
	for i, st := range s.stores {
		e := event{s, st, s.sites[i]}
		var seen []fieldKey
		for n := st.Addr; n != nil; n = n.Parent {
			k := fieldKey{n.Owner, n.Name}
			if n.Kind == path.Field && !slices.Contains(seen, k) {
				seen = append(seen, k)
				x.fields[k] = append(x.fields[k], e)
			}
		}
		if owner := s.structAt(st.Addr); owner != "" {
			x.structs[owner] = append(x.structs[owner], e)
		}
		if root := st.Addr.Root(); root.Kind == path.Global {
			x.globals[root] = append(x.globals[root], e)
		}
	}
}

// left reports whether the store e is checked where its function is called,
// by whoever passes the objects that it connects. A closure that is passed on
// answers for what it stores to its own parameters, unless its calls are found.
func (h *Heap) left(e event) bool {
	if !open(e.st.Addr) && !open(e.st.Val) && !e.s.setByCallers(e.st.Val) || !h.called(e.s.fn) || !e.s.tells(e.st) {
		return false
	}
	return e.s.followed || !h.calls().handed[e.s.fn] || !anyParam(e.st.Addr) && !anyParam(e.st.Val)
}

// setByCallers reports whether val is found in an object that is passed to a function of
// the callers, an option: they know what that stores there.
func (s *scope) setByCallers(val *path.Node) bool {
	root := val.Root()
	return root != val && freshlyMade(root) && slices.ContainsFunc(s.calls, func(c Call) bool { return slices.Contains(c.Args, root) })
}

// ofCallee reports whether the store e connects objects that one call has made, and
// so is one of its callee, which knows more of them.
func (e event) ofCallee() bool {
	var call any
	one := func(n *path.Node) bool {
		return n.Any(func(m *path.Node) bool {
			if !m.IsRoot() {
				return false
			}
			if m.Kind != path.Fresh || call != nil && m.Site != call {
				return true
			}
			call = m.Site
			return false
		})
	}
	if one(e.st.Addr) || one(e.st.Val) {
		return false
	}
	site, ok := call.(ssa.CallInstruction)
	if !ok {
		return false
	}
	callee := site.Common().StaticCallee()
	return callee != nil && len(declared(callee).Blocks) > 0
}

// applied reports whether the store e is one of something unknown by a function literal
// that is made here, of which the calls are found, with what is known there.
func (h *Heap) applied(e event) bool {
	mc, ok := e.at.(*ssa.MakeClosure)
	if !ok || e.st.Val.Kind != path.Unknown {
		return false
	}
	literal := h.scope(declared(mc.Fn.(*ssa.Function)))
	return literal.followed && !literal.missed
}

func anyParam(n *path.Node) bool {
	return n.Any(func(m *path.Node) bool { return m.Kind == path.Param })
}
