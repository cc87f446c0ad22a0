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
