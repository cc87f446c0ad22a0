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

// setByOptions rewrites the stores of what callees found in an object that they have passed
// to options of this function, and copied from there, by what the options have set.
func (s *scope) setByOptions() {
	for i, st := range s.stores {
		switch {
		case st.Val.Kind != path.Deref || st.Val.Root().Kind != path.Fresh:
		case st.Val.Parent.IsRoot():
			s.copyFields(st, s.sites[i])
		default:
			s.stores[i].Val = s.normal(st.Val)
		}
	}
}

// copyFields adds what the store of a whole struct, which a callee has made, stores to the
// fields.
func (s *scope) copyFields(whole Store, at ssa.Instruction) {
	s.at = at
	for _, st := range s.stores {
		if st.Addr.Kind == path.Field && st.Addr.Parent == whole.Val.Parent {
			s.add(s.h.Table.FieldOf(whole.Addr, st.Addr), st.Val)
		}
	}
}
