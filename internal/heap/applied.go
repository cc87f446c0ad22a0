package heap

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Applied lists what is stored in the first result of the call, an object that its callee
// has made, as far as this function can tell: by the options, too, which the callee applies
// to it. The object is named as the value of the call.
func (h *Heap) Applied(call *ssa.Call) []Store {
	s := h.collected(path.Generic(call.Parent()))
	made := s.result(call, 0, nil)
	if made == nil || !freshlyMade(made) {
		return nil
	}
	var list []Store
	for i, st := range s.stores {
		if s.sites[i] == call && st.Addr.Root() == made {
			list = append(list, Store{h.Table.Replace(st.Addr, made, h.Table.Value(call)), st.Val})
		}
	}
	return list
}

// setByOptions rewrites what a call of this function stores of what it has found in an
// object that it has made and passed to options of this function, by what the options have
// set there.
func (s *scope) setByOptions() {
	for i, st := range s.stores {
		call, ok := s.sites[i].(ssa.CallInstruction)
		switch {
		case !ok || st.Val.Kind != path.Deref || st.Val.Root().Kind != path.Fresh:
		case st.Val.Parent.IsRoot():
			s.copyFields(st, call)
		default:
			if v := s.setAt(st.Val.Parent, call); v != nil {
				s.stores[i].Val = v
			}
		}
	}
}

// setAt returns what the call stores at addr; nil if there is nothing, or more than one thing.
func (s *scope) setAt(addr *path.Node, call ssa.CallInstruction) *path.Node {
	var all []*path.Node
	for i, st := range s.stores {
		if s.sites[i] == call && st.Addr == addr {
			all = append(all, st.Val)
		}
	}
	return agreed(all)
}

// copyFields adds what the store of a whole struct, which the call has made, stores to the
// fields.
func (s *scope) copyFields(whole Store, call ssa.CallInstruction) {
	s.at = call
	for i, st := range s.stores {
		if s.sites[i] == call && st.Addr.Kind == path.Field && st.Addr.Parent == whole.Val.Parent {
			s.add(s.h.Table.FieldOf(whole.Addr, st.Addr), st.Val)
		}
	}
}
