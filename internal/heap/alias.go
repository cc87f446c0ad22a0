package heap

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// alias is the answer to what a pointer or interface value in a field of an
// object x is: always the address of a lock within x, or nil.
type alias struct {
	is *path.Node // in terms of the object it was asked for
	x  *path.Node // that object
}

// Alias returns the address within the same object that the content p of a
// field always is, where every store to the field makes it so: with
// d.cond = sync.NewCond(&d.mu) everywhere, d.cond.L is &d.mu. It is nil if
// there is none. It is worded for readers of fn, if that is not nil.
func (h *Heap) alias(fn *ssa.Function, p *path.Node) (*path.Node, string) {
	if p.Kind != path.Deref || p.Parent.Kind != path.Field || !refersToLock(p.Type()) {
		return nil, ""
	}
	if a, ok := h.aliases[p]; ok {
		return a.is, a.text(fn, p)
	}
	if h.aliases == nil {
		h.aliases = map[*path.Node]alias{}
	}
	h.aliases[p] = alias{}
	for _, first := range fieldSteps(p) {
		if is := h.within(first, p.Parent); is != nil {
			h.aliases[p] = alias{is, first.Parent}
			break
		}
	}
	a := h.aliases[p]
	return a.is, a.text(fn, p)
}

// text words the answer for p.
func (a alias) text(fn *ssa.Function, p *path.Node) string {
	if fn == nil || a.is == nil {
		return ""
	}
	x := name(fn, a.x)
	return fmt.Sprintf("%s%s == %s%s", x, fieldNames(p, a.x), x, fieldNames(a.is, a.x))
}

// refersToLock reports whether a value of type t can be a lock by reference:
// a pointer to a mutex, or an interface.
func refersToLock(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Interface:
		return true
	case *types.Pointer:
		owner := path.OwnerName(u)
		return owner == "sync.Mutex" || owner == "sync.RWMutex"
	}
	return false
}

// fieldNames joins the fields of n after the prefix x.
func fieldNames(n, x *path.Node) string {
	var b strings.Builder
	for _, f := range fieldSteps(n) {
		if f != x && !x.HasPrefix(f) {
			b.WriteString("." + f.Name)
		}
	}
	if n.Kind == path.RLocker {
		b.WriteString(".RLocker()")
	}
	return b.String()
}

// within returns what the cell addr, reached from the object x by its field
// first, always contains, if that is an address within x; nil if not known.
func (h *Heap) within(first, addr *path.Node) *path.Node {
	t := h.Table
	x, self := first.Parent, t.Const("self")
	steps := stepsBetween(x, addr)
	if slices.ContainsFunc(steps, func(n *path.Node) bool { return n.Kind != path.Field && n.Kind != path.Deref }) {
		return nil
	}
	var is *path.Node
	for _, e := range h.eventsOn(fieldKey{first.Owner, first.Name}) {
		o, val, known := e.content(first, steps)
		if o == nil {
			continue // another part of it, or nil
		}
		var rel *path.Node
		if known && val.HasPrefix(o) && isAddressIn(val, o) {
			rel = t.Replace(val, o, self)
		}
		switch {
		case rel == nil && h.left(e) && !importable(e.s.fn):
			// checked at the calls of the function
		case rel == nil || is != nil && is != rel:
			return nil
		default:
			is = rel
		}
	}
	if is == nil || h.setElsewhere(first, steps[1:]) {
		return nil
	}
	return t.Replace(is, self, x)
}

// content returns the object o whose field first the store is to or behind,
// and what the cell contains then that the steps lead to from o; o is nil if
// the store has nothing to do with that cell.
func (e event) content(first *path.Node, steps []*path.Node) (o, val *path.Node, known bool) {
	var done []*path.Node // the steps that the address has, from the field on
	n := e.st.Addr
	for ; n != nil; n = n.Parent {
		done = append([]*path.Node{n}, done...)
		if sameField(n, first) {
			break
		}
	}
	if n == nil || isNil(e.st.Val) {
		return nil, nil, false
	}
	for i, d := range done {
		if i >= len(steps) {
			return nil, nil, false // behind the cell
		}
		if d.Kind != steps[i].Kind {
			return n.Parent, nil, false
		}
		if d.Kind == path.Field && (d.Owner != steps[i].Owner || d.Name != steps[i].Name) {
			return nil, nil, false
		}
	}
	cur := e.st.Val
	if len(done) < len(steps) {
		if !freshlyMade(cur) {
			return n.Parent, nil, false
		}
		for _, step := range steps[len(done)+1:] { // the first is the load of what was stored
			if cur = e.s.follow(cur, step); cur == nil {
				return n.Parent, nil, false
			}
		}
		if cur = e.s.stored(cur); cur == nil {
			return n.Parent, nil, false
		}
	}
	return n.Parent, cur, true
}

// isAddressIn reports whether val is the address of a part of o, or the read
// side of one: no store can make it another.
func isAddressIn(val, o *path.Node) bool {
	for n := val; n != o; n = n.Parent {
		if n.Kind != path.Field && n.Kind != path.RLocker {
			return false
		}
	}
	return val != o
}

// setElsewhere reports whether one of the fields is stored to in an object
// that is not new, and that may be the one in field first. What another field
// of a known object holds is another object.
func (h *Heap) setElsewhere(first *path.Node, steps []*path.Node) bool {
	for i, f := range steps {
		if f.Kind != path.Field || i == 0 {
			continue // a part of the object itself is seen with its field
		}
		for _, e := range h.eventsOn(fieldKey{f.Owner, f.Name}) {
			switch {
			case e.st.Addr.Kind != path.Field || e.st.Addr.Name != f.Name || freshlyMade(e.st.Addr.Parent), isNil(e.st.Val):
			case h.inOtherField(e.st.Addr.Parent, first):
			case (open(e.st.Addr) || open(e.st.Val)) && h.called(e.s.fn) && !importable(e.s.fn):
			default:
				return true
			}
		}
	}
	return false
}

// inOtherField reports whether obj is a part of another field than f, or was
// read from one that only ever gets objects of its own.
func (h *Heap) inOtherField(obj, f *path.Node) bool {
	field := obj
	if obj.Kind == path.Deref {
		field = obj.Parent
	}
	if field.Kind != path.Field || sameField(field, f) {
		return false
	}
	if field == obj {
		return true
	}
	for _, e := range h.eventsOn(fieldKey{field.Owner, field.Name}) {
		if e.st.Addr.Kind == path.Field && e.st.Addr.Name == field.Name && !isNil(e.st.Val) && !freshlyMade(e.st.Val) {
			return false
		}
	}
	return true
}
