package lockset

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A field that starts at 0 or above and is only counted up and down, as that of the
// callbacks in flight is, does not go below 0: `h.depth++; h.notify(); h.depth--`.

// belowCount reports whether l says of such a field that it is less than 0.
func (x *executor) belowCount(l summary.Literal) bool {
	n := l.Negative()
	if n == nil {
		return false
	}
	if n.Kind == path.Deref && n.Parent.Kind == path.Field {
		return x.engine.counts(fieldID{n.Parent.Owner, n.Parent.Name})
	}
	sum, _ := n.Site.(ssa.Value)
	k, ok := counted(sum)
	return ok && n.Kind == path.Value && isStored(sum, k) && x.engine.counts(k)
}

// isStored reports whether v is stored to the field k.
func isStored(v ssa.Value, k fieldID) bool {
	return slices.ContainsFunc(*v.Referrers(), func(use ssa.Instruction) bool {
		st, ok := use.(*ssa.Store)
		if !ok {
			return false
		}
		at, ok := st.Addr.(*ssa.FieldAddr)
		return ok && fieldAt(at) == k
	})
}

// counts reports whether all stores to the field k are in sight, and each is of a constant
// that is not negative or adds a constant to the field. Where the package asks if the field
// is below 0 it may be.
func (e *Engine) counts(k fieldID) bool {
	b := e.born()
	return e.followed(k) && !b.signed[k] && len(b.stores[k]) > 0 && !slices.ContainsFunc(b.stores[k], func(st birth) bool { return st.part || !isCount(k, st.store.Val) })
}

// isCount reports whether v, stored to field k, is a constant that is not negative, or the
// field and a constant.
func isCount(k fieldID, v ssa.Value) bool {
	if n := intConst(v); n != nil {
		return constant.Sign(n) >= 0
	}
	of, ok := counted(v)
	return ok && of == k
}

// counted returns the field that v is the sum of, or the difference, and a constant.
func counted(v ssa.Value) (fieldID, bool) {
	sum, ok := v.(*ssa.BinOp)
	if !ok || sum.Op != token.ADD && sum.Op != token.SUB || intConst(sum.Y) == nil {
		return fieldID{}, false
	}
	return loaded(sum.X)
}

// loaded returns the field that v is loaded from.
func loaded(v ssa.Value) (fieldID, bool) {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return fieldID{}, false
	}
	at, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return fieldID{}, false
	}
	return fieldAt(at), true
}

// noteTest files the field that test compares with 0, if it asks whether that is less, or
// with a negative number.
func (b *births) noteTest(test *ssa.BinOp) {
	c := intConst(test.Y)
	if c == nil || !isComparison(test.Op) {
		return
	}
	if sign := constant.Sign(c); sign > 0 || sign == 0 && test.Op != token.LSS && test.Op != token.GEQ {
		return
	}
	k, ok := loaded(test.X)
	if !ok {
		k, ok = counted(test.X)
	}
	if ok {
		b.signed[k] = true
	}
}
