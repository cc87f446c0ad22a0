package heap

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// OnceValue reports whether the function in the variable at address cell gives
// the same results each time: it is written once, with what sync.OnceValue or
// sync.OnceValues has made.
func (h *Heap) OnceValue(cell *path.Node) bool {
	if !h.WriteOnce(cell) {
		return false
	}
	v := variable{cell.Owner, cell.Name}
	if cell.Kind == path.Global {
		v.owner = ""
	}
	w := h.writes[v]
	if w == nil {
		return false
	}
	for _, st := range w.stores {
		call, ok := st.Val.(*ssa.Call)
		if !ok || !makesOnceValue(call.Call.StaticCallee()) {
			return false
		}
	}
	return true
}

func makesOnceValue(fn *ssa.Function) bool {
	if fn == nil {
		return false
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	name := path.FuncName(fn)
	return name == "sync.OnceValue" || name == "sync.OnceValues"
}
