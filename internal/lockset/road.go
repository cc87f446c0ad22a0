package lockset

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// maxRoad bounds the fields on the way from an object to a flag of it.
const maxRoad = 3

// maxGetters bounds the getters that are asked one by the other for a flag.
const maxGetters = 3

// road is the way from an object to a field, by fields of structs that it has or points to.
// What is behind its end is empty.
type road [maxRoad]hop

// hop is a field on a road.
type hop struct {
	field   fieldID
	pointer bool // the road goes on where the field points to
}

// len returns the number of fields on r.
func (r road) len() int {
	n := slices.Index(r[:], hop{})
	if n < 0 {
		return maxRoad
	}
	return n
}

// to returns r extended by the field k of the struct that its end is, or points to; false
// past the bound.
func (r road) to(k fieldID, pointer bool) (road, bool) {
	n := r.len()
	if n == maxRoad {
		return r, false
	}
	if n > 0 {
		r[n-1].pointer = pointer
	}
	r[n].field = k
	return r, true
}

// from returns the content of the field at the end of r, which starts at the struct that
// has the field f.
func (r road) from(t *path.Table, f *path.Node) *path.Node {
	at := t.Sibling(f, r[0].field.name)
	for i := 1; i < r.len(); i++ {
		if r[i-1].pointer {
			at = t.Deref(at, nil)
		}
		at = t.FieldNamed(at, r[i].field.owner, r[i].field.name)
	}
	return t.Deref(at, nil)
}

// to returns the road to the field of the object that has the value v.
func (cr *creation) to(v ssa.Value) (road, bool) {
	v = cr.origin(v)
	for k := range cr.fields {
		if w, ok := cr.e.givenTo(cr.obj, k, cr.at); ok && w != nil && same(w, v) {
			return road{{field: k}}, true
		}
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return cr.toAddr(v.X)
		}
	case *ssa.Field:
		if r, ok := cr.to(v.X); ok {
			return r.to(fieldIn(v.X.Type(), v.Field), false)
		}
	}
	return road{}, false
}

// same reports whether a and b, computed while an object is made, are one value: they are
// the same, or the same is done to the same operands.
func same(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	switch a := a.(type) {
	case *ssa.Const:
		b, ok := b.(*ssa.Const)
		return ok && a.Value != nil && b.Value != nil && a.Value.ExactString() == b.Value.ExactString()
	case *ssa.BinOp:
		b, ok := b.(*ssa.BinOp)
		return ok && a.Op == b.Op && same(a.X, b.X) && same(a.Y, b.Y)
	case *ssa.UnOp:
		b, ok := b.(*ssa.UnOp)
		return ok && a.Op == b.Op && a.Op != token.ARROW && same(a.X, b.X)
	case *ssa.FieldAddr:
		b, ok := b.(*ssa.FieldAddr)
		return ok && a.Field == b.Field && same(a.X, b.X)
	}
	return false
}

// toAddr returns the road to the field at addr.
func (cr *creation) toAddr(addr ssa.Value) (road, bool) {
	at, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return road{}, false
	}
	k := fieldAt(at)
	obj := cr.origin(at.X)
	if obj == cr.obj {
		return road{{field: k}}, true
	}
	switch x := obj.(type) {
	case *ssa.FieldAddr:
		if r, ok := cr.toAddr(x); ok {
			return r.to(k, false)
		}
	case *ssa.Alloc: // a variable, if it is copied to the object
		if v := heldBy(x); v != nil {
			if r, ok := cr.to(v); ok {
				return r.to(k, false)
			}
		}
		for _, use := range *x.Referrers() {
			if load, ok := use.(*ssa.UnOp); ok && load.Op == token.MUL {
				if r, ok := cr.to(load); ok {
					return r.to(k, false)
				}
			}
		}
	}
	if r, ok := cr.to(obj); ok {
		return r.to(k, true)
	}
	return road{}, false
}

// heldBy returns the struct that is stored as a whole to the variable x, if it is one only.
func heldBy(x *ssa.Alloc) ssa.Value {
	var v ssa.Value
	for _, use := range *x.Referrers() {
		if st, ok := use.(*ssa.Store); ok && st.Addr == x {
			if v != nil {
				return nil
			}
			v = st.Val
		}
	}
	return v
}

// open returns what v, the call of a getter, returns, in the terms of that; else v.
func (cr *creation) open(v ssa.Value) ssa.Value {
	for range maxGetters {
		v = cr.result(v)
	}
	return v
}

// result is open for one getter.
func (cr *creation) result(v ssa.Value) ssa.Value {
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil || len(call.Call.StaticCallee().Blocks) != 1 {
		return v
	}
	fn := call.Call.StaticCallee()
	instrs := fn.Blocks[0].Instrs
	ret, ok := instrs[len(instrs)-1].(*ssa.Return)
	if !ok || len(ret.Results) != 1 {
		return v
	}
	if cr.args == nil {
		cr.args = map[ssa.Value]ssa.Value{}
	}
	for i, p := range fn.Params {
		cr.args[p] = call.Call.Args[i]
	}
	return ret.Results[0]
}

// origin is the function of that name, also for parameters of getters.
func (cr *creation) origin(v ssa.Value) ssa.Value {
	if arg := cr.args[v]; arg != nil {
		return cr.origin(arg)
	}
	return origin(v)
}

// stays reports whether what is found at the end of r while the object is made is there
// for good.
func (cr *creation) stays(r road) bool {
	if !cr.e.fixed(r[0].field) || !cr.wasSet(r[0].field) {
		return false
	}
	for i := range r.len() - 1 {
		if r[i].pointer && !cr.e.fixed(r[i+1].field) {
			return false
		}
	}
	return true
}

// wasSet reports whether the field k of the object, if that is a new one which callers
// pass, is set before they do.
func (cr *creation) wasSet(k fieldID) bool {
	p, ok := cr.obj.(*ssa.Parameter)
	if !ok {
		return true
	}
	i := slices.Index(p.Parent().Params, p)
	for _, site := range cr.e.born().sites[p.Parent()] {
		for _, b := range cr.e.born().stores[k] {
			if b.obj == origin(site.Common().Args[i]) && !dominates(b.store, site) && (b.store.Block() == site.Block() || leads(site.Block(), b.store.Block(), nil, nil)) {
				return false
			}
		}
	}
	return true
}
