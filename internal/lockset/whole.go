package lockset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// An object that a function makes and returns is whole if the function knows all that
// has been stored to it. Callers know then that what they are not told of is zero.

// isWhole reports whether the object at root n, made here or by a callee that says so,
// has been stored to by nobody but the function at hand and what it calls by name.
func (e *exporter) isWhole(n *path.Node) bool {
	v, ok := n.Site.(ssa.Value)
	if !ok || v.Referrers() == nil || n.Kind == path.Fresh && n.Index&path.Whole == 0 || e.s.isSoiled(rootClass(n)) {
		return false
	}
	whole, ok := e.x.named[v]
	if !ok {
		whole = onlyNamed(v, map[ssa.Value]bool{})
		e.x.named[v] = whole
	}
	return whole
}

// onlyNamed reports whether the object v, or the address of a part of it, is used by
// the function itself, and passed to functions by their names, and goes to no other
// goroutine, function literal or interface value. It may be stored in another object.
func onlyNamed(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return true
	}
	seen[v] = true
	for _, use := range *v.Referrers() {
		ok := true
		switch use := use.(type) {
		case *ssa.Store:
			ok = use.Addr == v || onlyNamedIn(use.Addr, seen)
		case *ssa.FieldAddr:
			ok = onlyNamed(use, seen)
		case *ssa.Phi:
			ok = onlyNamed(use, seen)
		case *ssa.Extract:
			ok = !isObject(use.Type()) || onlyNamed(use, seen)
		case *ssa.MakeInterface:
			ok = onlyReturned(use, seen)
		case *ssa.Send, *ssa.Go, *ssa.MakeClosure, *ssa.Select:
			ok = false
		case ssa.CallInstruction:
			ok = use.Common().StaticCallee() != nil
		}
		if !ok {
			return false
		}
	}
	return true
}

// onlyNamedIn reports whether the same goes for the object that is stored to addr: in
// a variable of the function, or in another object.
func onlyNamedIn(addr ssa.Value, seen map[ssa.Value]bool) bool {
	switch addr := addr.(type) {
	case *ssa.Global:
		return false
	case *ssa.Alloc:
		for _, use := range *addr.Referrers() {
			switch use := use.(type) {
			case *ssa.UnOp:
				if !onlyNamed(use, seen) {
					return false
				}
			case *ssa.Store, *ssa.DebugRef:
			default:
				return false // a function literal, for one
			}
		}
	}
	return true
}

// onlyReturned reports whether all that is done with v is to return it.
func onlyReturned(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return true
	}
	seen[v] = true
	for _, use := range *v.Referrers() {
		switch use := use.(type) {
		case *ssa.Return, *ssa.DebugRef:
		case *ssa.Phi:
			if !onlyReturned(use, seen) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// zeroOfWhole returns the zero value where addr is a flag, a number or a string in an
// object that a callee made and told all of; else nil.
func (x *executor) zeroOfWhole(addr *path.Node) *path.Node {
	root := addr
	for root.Kind == path.Field && root.Index == 0 {
		root = root.Parent
	}
	if root == addr || root.Kind != path.Fresh || root.Index&path.Whole == 0 {
		return nil
	}
	zero := zeroIn(x.table, addr, x.typeOf(root))
	if zero == nil || zero.Name == "nil" || zero.Name == "zero" {
		return nil
	}
	return zero
}

// clean returns t, a state after the call at site that has made the object v and changed
// cells of some classes, with those fields of v zero that are so in a whole object and
// would be taken for changed since others like it were, before the call.
func (x *executor) clean(before, t *state, site ssa.Instruction, v *path.Node, changed []string) *state {
	if v == nil || v.Kind != path.Fresh || v.Site != site || v.Index&path.Whole == 0 || len(before.dirty) == 0 {
		return t
	}
	p, ok := x.typeOf(v).(*types.Pointer)
	if !ok {
		return t
	}
	st, ok := p.Elem().Underlying().(*types.Struct)
	if !ok {
		return t
	}
	for i := range st.NumFields() {
		addr := x.table.Field(v, p.Elem(), i)
		if isBasic(addr) && before.changed(addr) && !inClasses(changed, addr) {
			if zero := x.zeroOfWhole(addr); zero != nil {
				t = t.remember(addr, zero)
			}
		}
	}
	return t
}
