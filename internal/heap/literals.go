package heap

import (
	"golang.org/x/tools/go/ssa"
)

// keepsFunction reports whether the function that r is about goes nowhere but into the
// field of r, wherever it is made: what else is stored there, from who knows where,
// is another function.
func (h *Heap) keepsFunction(r *rule) bool {
	made := h.used().closures[r.back[0].Name]
	for _, mc := range made {
		method := mc.Fn.(*ssa.Function).Object()
		if method != nil && method.Exported() || !onlyStoredIn(mc, fieldKey{r.owner, r.field}, map[ssa.Value]bool{}) {
			return false
		}
	}
	return len(made) > 0
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
