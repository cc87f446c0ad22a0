package heap

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// mould returns the address that the object n, which the callee of call has made and
// returns, is copied to, if nothing else is done with it: `s.Base = *newBase(s)`. What is
// stored to the one is stored to the other. It is nil if there is none.
func (s *scope) mould(call *ssa.Call, n *path.Node) *path.Node {
	callee := call.Call.StaticCallee()
	if callee == nil {
		return nil
	}
	load, ok := onlyUse(call).(*ssa.UnOp)
	if !ok || !moulded(load) {
		return nil
	}
	e := s.h.effectsFor(s.fn, callee)
	if len(e.Results) != 1 || e.Results[0] != n {
		return nil
	}
	return s.eval(onlyUse(load).(*ssa.Store).Addr)
}

// moulded reports whether load is of the object that a call returns, and all that is done
// with both is that the one is stored.
func moulded(load *ssa.UnOp) bool {
	call, ok := load.X.(*ssa.Call)
	if !ok || load.Op != token.MUL || onlyUse(call) != load {
		return false
	}
	st, ok := onlyUse(load).(*ssa.Store)
	return ok && st.Val == load
}

// onlyUse returns the one instruction that uses v; nil if there are more.
func onlyUse(v ssa.Value) (one ssa.Instruction) {
	for _, use := range *v.Referrers() {
		if _, debug := use.(*ssa.DebugRef); debug {
			continue
		}
		if one != nil {
			return nil
		}
		one = use
	}
	return one
}
