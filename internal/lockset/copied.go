package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A copy of a struct has the fields of the original: what one of them tells of another
// holds in both. It does not if one is changed later than the other.

// patched reports whether there may be a struct with the field k where some fields are
// copied from another one, and some are set.
func (e *Engine) patched(k fieldID) bool {
	b := e.born()
	if len(b.stores[k]) == 0 {
		return false
	}
	done, ok := b.patched[k.owner]
	if !ok {
		done = b.patches(b.stores[k][0].obj.Type())
		b.patched[k.owner] = done
	}
	return done
}

// patches is patched for the structs that a pointer of that type points to.
func (b *births) patches(pointer types.Type) bool {
	typ := pointer.Underlying().(*types.Pointer).Elem()
	for i := range typ.Underlying().(*types.Struct).NumFields() {
		k := fieldIn(typ, i)
		for _, st := range b.stores[k] {
			if a := allocOf(st.obj); a != nil && mixes(a, a, st.store, typ) {
				return true
			}
		}
		for _, p := range b.options[k] {
			if b.appliedToCopies(p, typ) {
				return true
			}
		}
	}
	return false
}

// appliedToCopies reports whether the function literal that has the parameter p may be
// called for a copy of a struct of the type typ.
func (b *births) appliedToCopies(p *ssa.Parameter, typ types.Type) bool {
	fn := p.Parent()
	i := slices.Index(fn.Params, p)
	return slices.ContainsFunc(b.dynamic[parameters(fn.Signature)], func(c *ssa.Call) bool {
		a := allocOf(c.Call.Args[i])
		return a != nil && mixes(a, a, nil, typ)
	})
}

// mixes reports whether values with structs of the type typ are stored at addr, which is in
// a, or are read there before st sets a field, if st is not nil.
func mixes(a *ssa.Alloc, addr ssa.Value, st *ssa.Store, typ types.Type) bool {
	for _, use := range *addr.Referrers() {
		switch use := use.(type) {
		case *ssa.FieldAddr, *ssa.IndexAddr:
			if mixes(a, use.(ssa.Value), st, typ) {
				return true
			}
		case *ssa.Store:
			if use.Addr == addr && holds(use.Val.Type(), typ) {
				return true
			}
		case *ssa.UnOp:
			if st != nil && holds(use.Type(), typ) && precedes(use, st, a.Block()) {
				return true
			}
		}
	}
	return false
}

// holds reports whether values of type t are structs of type typ, or have some in them.
func holds(t, typ types.Type) bool {
	if types.Identical(t, typ) {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Array:
		return holds(u.Elem(), typ)
	case *types.Struct:
		for f := range u.Fields() {
			if holds(f.Type(), typ) {
				return true
			}
		}
	}
	return false
}

// precedes reports whether control can get from a to b without coming to block by first,
// which is where both begin.
func precedes(a, b ssa.Instruction, by *ssa.BasicBlock) bool {
	from, to := a.Block(), b.Block()
	if from == to && slices.Index(from.Instrs, a) < slices.Index(to.Instrs, b) {
		return true
	}
	return to != by && slices.ContainsFunc(from.Succs, func(n *ssa.BasicBlock) bool { return n == to || leads(n, to, by, nil) })
}

// isSlot reports whether at is the only address of an element of a new array.
func isSlot(at *ssa.IndexAddr) bool {
	a, ok := at.X.(*ssa.Alloc)
	if !ok {
		return false
	}
	index, ok := constantKey(at.Index)
	return ok && !slices.ContainsFunc(*a.Referrers(), func(use ssa.Instruction) bool {
		other, ok := use.(*ssa.IndexAddr)
		if !ok || other == at {
			return false
		}
		i, ok := constantKey(other.Index)
		return !ok || i == index
	})
}

// noteConversion files the types of which values are converted: fields have other names there.
func (b *births) noteConversion(instr *ssa.ChangeType) {
	for _, t := range [...]types.Type{instr.Type(), instr.X.Type()} {
		owner := path.OwnerName(t)
		b.patched[owner], b.over[owner] = true, true
	}
}
