package heap

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A membership is the other direction of an inverse field: every object that
// has an owner is in a container of it, from the moment others can use it and
// for good.
//
//	for all x: x ∈ x.back.in        every block is in the blks of its fs
type membership struct {
	back fieldKey // from the object to its owner
	in   fieldKey // from the owner to the container
}

// Member reports whether every object like x is an element of the container
// that c is of its owner, and words that for readers of fn.
func (h *Heap) Member(fn *ssa.Function, c, x *path.Node) (string, bool) {
	m := membershipOf(c, x)
	if m == nil || !h.areMembers(*m) {
		return "", false
	}
	return fmt.Sprintf("every %s is in %s.%s of its %s", typeWord(m.back.owner), typeWord(m.in.owner), m.in.name, m.back.name), true
}

// membershipOf returns the membership that makes x an element of c, nil if
// there is none: c has to be x.back.in.
func membershipOf(c, x *path.Node) *membership {
	if c.Kind != path.Deref || c.Site != nil || c.Parent.Kind != path.Field {
		return nil
	}
	in := c.Parent
	owner := in.Parent
	if owner.Kind != path.Deref || owner.Site != nil || owner.Parent.Kind != path.Field || owner.Parent.Parent != x {
		return nil
	}
	back := owner.Parent
	return &membership{fieldKey{back.Owner, back.Name}, fieldKey{in.Owner, in.Name}}
}

// areMembers reports whether m holds, by what this package does to the two
// fields. Others can't, since they are not exported.
func (h *Heap) areMembers(m membership) bool {
	if holds, ok := h.memberships[m]; ok {
		return holds
	}
	if h.memberships == nil {
		h.memberships = map[membership]bool{}
	}
	h.memberships[m] = false
	for _, f := range [...]fieldKey{m.back, m.in} {
		if !h.mine(f.owner) || exported(f.name) {
			return false
		}
	}
	h.memberships[m] = h.neverTakenOut(m) && h.alwaysPutIn(m)
	return h.memberships[m]
}

// neverTakenOut reports whether nothing leaves the container: it only grows.
func (h *Heap) neverTakenOut(m membership) bool {
	u := h.used()
	if u.copied[m.in.owner] || u.copied[m.back.owner] {
		return false
	}
	for _, addr := range u.addrs[m.in] {
		for _, r := range *addr.Referrers() {
			switch r := r.(type) {
			case *ssa.Store:
				if r.Addr != addr || !h.grows(addr, r.Val) {
					return false
				}
			case *ssa.UnOp:
				_, made := addr.X.(*ssa.Alloc)
				if !onlyRead(r, false) || !made && putUnderConstant(r) {
					return false
				}
			case *ssa.DebugRef:
			default:
				return false
			}
		}
	}
	return true
}

// putUnderConstant reports whether something is put into the map m under a key that
// is always the same: it replaces what was put there before.
func putUnderConstant(m ssa.Value) bool {
	return slices.ContainsFunc(*m.Referrers(), func(r ssa.Instruction) bool {
		u, ok := r.(*ssa.MapUpdate)
		if !ok {
			return false
		}
		_, constant := u.Key.(*ssa.Const)
		return constant
	})
}

// grows reports whether val, stored to the field at addr, is what was there
// with more elements, or the first container of a new owner.
func (h *Heap) grows(addr *ssa.FieldAddr, val ssa.Value) bool {
	switch val := val.(type) {
	case *ssa.Call:
		return h.appended(addr, val)
	case *ssa.MakeMap, *ssa.Slice, *ssa.MakeSlice, *ssa.Const:
		_, made := addr.X.(*ssa.Alloc)
		return made
	}
	return false
}

// appended reports whether the call appends to the contents of the field at
// addr.
func (h *Heap) appended(addr *ssa.FieldAddr, call *ssa.Call) bool {
	b, ok := call.Call.Value.(*ssa.Builtin)
	if !ok || b.Name() != "append" {
		return false
	}
	load, ok := call.Call.Args[0].(*ssa.UnOp)
	if !ok {
		return false
	}
	from, ok := load.X.(*ssa.FieldAddr)
	s := h.scope(addr.Parent())
	return ok && from.Field == addr.Field && s.eval(from.X) == s.eval(addr.X)
}

// onlyRead reports whether no use of the container v can take an element out
// of it; part tells that v is a part of one.
func onlyRead(v ssa.Value, part bool) bool {
	for _, r := range *v.Referrers() {
		ok := true
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.BinOp, *ssa.Range:
		case *ssa.MapUpdate:
			c, null := r.Value.(*ssa.Const)
			ok = r.Map == v && !(null && c.IsNil())
		case *ssa.Lookup:
			ok = r.X == v && !replaced(r)
		case *ssa.IndexAddr:
			ok = onlyLoaded(r)
		case *ssa.Slice:
			ok = onlyRead(r, true)
		case *ssa.Call:
			ok = readBy(&r.Call, v, part)
		default:
			ok = false
		}
		if !ok {
			return false
		}
	}
	return true
}

// readBy reports whether the call, of a built-in function, leaves the elements
// of v where they are.
func readBy(c *ssa.CallCommon, v ssa.Value, part bool) bool {
	b, ok := c.Value.(*ssa.Builtin)
	if !ok {
		return false
	}
	switch b.Name() {
	case "len", "cap":
		return true
	case "append":
		return !part || c.Args[0] != v // a part that grows overwrites what follows
	case "copy":
		return c.Args[0] != v
	}
	return false
}

// onlyLoaded reports whether the address of an element serves to read it only.
func onlyLoaded(addr *ssa.IndexAddr) bool {
	for _, r := range *addr.Referrers() {
		switch r.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}

// replaced reports whether the element that l finds may be one that the same
// function replaces by another under its key, and uses afterwards.
func replaced(l *ssa.Lookup) bool {
	updates := false
	for _, b := range l.Parent().Blocks {
		for _, instr := range b.Instrs {
			_, ok := instr.(*ssa.MapUpdate)
			updates = updates || ok
		}
	}
	return updates && passedOn(l)
}

// passedOn reports whether v, or the element in the tuple v, is used other than
// in a comparison or as a result.
func passedOn(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.BinOp, *ssa.Return, *ssa.If:
		case *ssa.Extract:
			if passedOn(r) {
				return true
			}
		default:
			return true
		}
	}
	return false
}
