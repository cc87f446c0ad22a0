package heap

import (
	"slices"

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
	v, _ := variableOf(cell)
	return !slices.ContainsFunc(h.writesTo(v).stores, func(st *ssa.Store) bool {
		call, ok := st.Val.(*ssa.Call)
		return !ok || !makesOnceValue(call.Call.StaticCallee())
	})
}

func makesOnceValue(fn *ssa.Function) bool {
	return fn != nil && (path.FuncName(fn) == "sync.OnceValue" || path.FuncName(fn) == "sync.OnceValues")
}
