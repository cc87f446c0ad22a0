package heap

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// keepsFunction reports whether the function that r is about goes nowhere but into the
// field of r, wherever it is made: what else is stored there, from who knows where,
// is another function.
func (h *Heap) keepsFunction(r *rule) bool {
	made := h.used().closures[r.back[0].Name]
	if h.used().copied[r.owner] || !h.onlyRunIn(fieldKey{r.owner, r.field}) {
		return false
	}
	for _, mc := range made {
		method := mc.Fn.(*ssa.Function).Object() // what other packages can name they can make
		if method != nil && method.Exported() || !onlyStoredIn(mc, fieldKey{r.owner, r.field}, map[ssa.Value]bool{}) {
			return false
		}
	}
	return len(made) > 0
}

// onlyRunIn reports whether the functions in the field f are called or compared with
// nil, and never read to get anywhere else: into the field of another object, say.
func (h *Heap) onlyRunIn(f fieldKey) bool {
	for _, addr := range h.used().addrs[f] {
		for _, use := range *addr.Referrers() {
			switch use := use.(type) {
			case *ssa.DebugRef:
			case *ssa.Store:
				if use.Addr != addr {
					return false
				}
			case *ssa.UnOp:
				if !onlyRun(use) {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}

// onlyRun reports whether all that is done with the function v is to call it, or to
// compare it with nil.
func onlyRun(v ssa.Value) bool {
	for _, use := range *v.Referrers() {
		switch use := use.(type) {
		case *ssa.DebugRef, *ssa.BinOp:
		case ssa.CallInstruction:
			if use.Common().Value != v || slices.Contains(use.Common().Args, v) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// onlyStoredIn reports whether all that is done with v is to store it in the field f.
func onlyStoredIn(v ssa.Value, f fieldKey, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return true
	}
	seen[v] = true
	for _, use := range *v.Referrers() {
		ok := false
		switch use := use.(type) {
		case *ssa.DebugRef:
			ok = true
		case *ssa.Store:
			addr, field := use.Addr.(*ssa.FieldAddr)
			ok = use.Val == v && field && keyOf(addr.X.Type(), addr.Field) == f
		case *ssa.Phi:
			ok = onlyStoredIn(use, f, seen)
		case *ssa.ChangeType:
			ok = onlyStoredIn(use, f, seen)
		case *ssa.MakeInterface:
			ok = onlyStoredIn(use, f, seen)
		}
		if !ok {
			return false
		}
	}
	return true
}
