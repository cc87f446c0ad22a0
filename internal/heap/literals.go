package heap

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Functions that only one field of the package gets.

// keepsFunction reports whether the function that r is about goes nowhere but into the
// field of r, or the container there, wherever it is made: what else is stored there,
// from who knows where, is another function.
func (h *Heap) keepsFunction(r *rule) bool {
	f := fieldKey{r.owner, r.field}
	made := h.used().closures[r.back[0].Name]
	if h.used().copied[r.owner] {
		return false
	}
	k := &keeping{f: f, seen: map[ssa.Value]bool{}}
	for _, addr := range h.used().addrs[f] {
		if !k.address(addr) {
			return false
		}
	}
	for _, mc := range made {
		method := mc.Fn.(*ssa.Function).Object() // what other packages can name they can make
		if method != nil && method.Exported() || !k.stored(mc) {
			return false
		}
	}
	return len(made) > 0
}

// keeping follows functions on their way into the field f, and what is read from it.
type keeping struct {
	f    fieldKey
	seen map[ssa.Value]bool
}

// isField reports whether v is the address of the field.
func (k *keeping) isField(v ssa.Value) bool {
	addr, ok := v.(*ssa.FieldAddr)
	return ok && keyOf(addr.X.Type(), addr.Field) == k.f
}

// every reports whether ok holds of all uses of v. It is true of one that is being
// looked at.
func (k *keeping) every(v ssa.Value, ok func(ssa.Instruction) bool) bool {
	if k.seen[v] || v.Referrers() == nil {
		return true
	}
	k.seen[v] = true
	return !slices.ContainsFunc(*v.Referrers(), func(use ssa.Instruction) bool {
		_, debug := use.(*ssa.DebugRef)
		return !debug && !ok(use)
	})
}

// address reports whether the address, of the field or of an element there, serves to
// store, and to read functions that are run and never get anywhere else: into another
// object, say.
func (k *keeping) address(addr ssa.Value) bool {
	return k.every(addr, func(use ssa.Instruction) bool {
		switch use := use.(type) {
		case *ssa.Store:
			return use.Addr == addr
		case *ssa.UnOp:
			return k.run(use)
		}
		return false
	})
}

// run reports whether all that is done with v, which was read from the field, or with
// the functions in it, is to call them, to compare them with nil, and to put them back.
func (k *keeping) run(v ssa.Value) bool {
	if !isContainer(v.Type()) {
		return k.every(v, func(use ssa.Instruction) bool {
			switch use := use.(type) {
			case *ssa.BinOp:
				return true
			case ssa.CallInstruction:
				return use.Common().Value == v && !slices.Contains(use.Common().Args, v)
			}
			return false
		})
	}
	return k.every(v, func(use ssa.Instruction) bool {
		switch use := use.(type) {
		case *ssa.BinOp:
			return true
		case *ssa.Range:
			return k.ranged(use)
		case *ssa.MapUpdate:
			return use.Map == v
		case *ssa.Lookup:
			return k.taken(use)
		case *ssa.IndexAddr:
			return k.address(use)
		case *ssa.Slice:
			return k.run(use)
		case *ssa.Phi:
			return k.run(use)
		case *ssa.Store:
			return use.Val == v && k.isField(use.Addr)
		case *ssa.Call:
			b, ok := use.Call.Value.(*ssa.Builtin)
			return ok && (b.Name() != "append" && b.Name() != "copy" || b.Name() == "append" && k.run(use))
		}
		return false
	})
}

// ranged is run for the elements that a loop finds.
func (k *keeping) ranged(r *ssa.Range) bool {
	return k.every(r, func(use ssa.Instruction) bool {
		next, ok := use.(*ssa.Next)
		return ok && k.every(next, func(use ssa.Instruction) bool {
			e, ok := use.(*ssa.Extract)
			return ok && (!mayCall(e.Type()) || k.run(e))
		})
	})
}

// taken is run for the element that l finds.
func (k *keeping) taken(l *ssa.Lookup) bool {
	if !l.CommaOk {
		return k.run(l)
	}
	return k.every(l, func(use ssa.Instruction) bool {
		e, ok := use.(*ssa.Extract)
		return ok && (e.Index == 1 || k.run(e))
	})
}

// stored reports whether all that is done with the function v is to run it, and to
// store it in the field or in the container there, if need be by another function of
// the package.
func (k *keeping) stored(v ssa.Value) bool {
	return k.every(v, func(use ssa.Instruction) bool {
		switch use := use.(type) {
		case *ssa.Store:
			return use.Val == v && (k.isField(use.Addr) || k.added(use.Addr))
		case *ssa.MapUpdate:
			return use.Value == v && use.Key != v && k.isKept(use.Map)
		case *ssa.Phi:
			return k.stored(use)
		case *ssa.ChangeType:
			return k.stored(use)
		case *ssa.MakeInterface:
			return k.stored(use)
		case *ssa.Call:
			return k.passed(v, &use.Call)
		}
		return false
	})
}

// passed is stored for v among the arguments of the call c.
func (k *keeping) passed(v ssa.Value, c *ssa.CallCommon) bool {
	callee := c.StaticCallee()
	for i, a := range c.Args {
		if a != v {
			continue
		}
		if callee == nil {
			return false
		}
		fn := declared(callee)
		if i >= len(fn.Params) || len(fn.Blocks) == 0 || !k.stored(fn.Params[i]) {
			return false
		}
	}
	return true
}

// added reports whether addr is an element of a slice that gets into the field.
func (k *keeping) added(addr ssa.Value) bool {
	at, ok := addr.(*ssa.IndexAddr)
	if !ok {
		return false
	}
	if array, ok := at.X.(*ssa.Alloc); ok {
		return k.every(array, func(use ssa.Instruction) bool {
			switch use := use.(type) {
			case *ssa.IndexAddr:
				return k.address(use)
			case *ssa.Slice:
				return k.kept(use)
			}
			return false
		})
	}
	return k.isKept(at.X)
}

// kept reports whether the container v gets into the field, and nowhere else.
func (k *keeping) kept(v ssa.Value) bool {
	return k.every(v, func(use ssa.Instruction) bool {
		switch use := use.(type) {
		case *ssa.Store:
			return use.Val == v && k.isField(use.Addr)
		case *ssa.MapUpdate:
			return use.Map == v
		case *ssa.Call:
			b, ok := use.Call.Value.(*ssa.Builtin)
			return ok && b.Name() == "append" && k.kept(use)
		case *ssa.Phi:
			return k.kept(use)
		}
		return false
	})
}

// isKept reports whether v is the container in the field, or one that gets there.
func (k *keeping) isKept(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		return k.isField(v.X)
	case *ssa.MakeMap, *ssa.MakeSlice:
		return k.kept(v)
	}
	return false
}

// keptInside reports whether what objects have in the field f, a struct by value or a
// pointer to one, is only used by its own fields and methods: no address of it is
// returned, stored or passed on.
func (h *Heap) keptInside(f fieldKey) bool {
	addrs := h.used().addrs[f]
	return len(addrs) > 0 && !slices.ContainsFunc(addrs, func(addr *ssa.FieldAddr) bool { return !onlyWithin(addr, addr) })
}

// onlyWithin reports whether v, the content of a field or its address, serves to read, set
// and call only what is in it; at is the address of the field.
func onlyWithin(v, at ssa.Value) bool {
	return everyUse(v, func(use ssa.Instruction) bool {
		switch use := use.(type) {
		case *ssa.BinOp:
			return true
		case *ssa.FieldAddr:
			return onlyWithin(use, nil)
		case *ssa.UnOp:
			return v != at || onlyWithin(use, nil)
		case *ssa.Store:
			return use.Addr == v
		case ssa.CallInstruction:
			c := use.Common()
			callee := c.StaticCallee()
			return callee != nil && callee.Signature.Recv() != nil && c.Args[0] == v && !slices.Contains(c.Args[1:], v) && !returnsLike(callee, v)
		}
		return false
	})
}

// returnsLike reports whether a result of fn has the type of v: it may be v.
func returnsLike(fn *ssa.Function, v ssa.Value) bool {
	for r := range fn.Signature.Results().Variables() {
		if types.Identical(r.Type(), v.Type()) {
			return true
		}
	}
	return false
}
