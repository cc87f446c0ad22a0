package heap

import (
	"fmt"
	"go/types"
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
)

// structAt returns the name of the struct type of the variable at addr, if
// it is one.
func (s *scope) structAt(addr *path.Node) string {
	t := s.typeOf(addr)
	if t == nil {
		return ""
	}
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return ""
	}
	if _, ok := p.Elem().Underlying().(*types.Struct); !ok {
		return ""
	}
	return path.OwnerName(p.Elem())
}

// overwritten checks the stores of whole structs that have a field of the back
// path: *l = *other gives l another owner, too. Those to elements of the
// container itself are insertions.
func (p *proof) overwritten() string {
	for _, n := range slices.Concat(p.r.back, p.r.own) {
		if n.Kind != path.Field {
			continue
		}
		for _, e := range p.h.indexed().structs[n.Owner] {
			if p.owner(e.st.Addr) == nil && !p.left(e) && !keepsField(e.s, e.st, n) {
				p.r.by = e
				return fmt.Sprintf("%s is overwritten as a whole", name(e.s.fn, e.st.Addr))
			}
		}
	}
	return ""
}

// copied checks that no owner gets what belongs to another as a copy of it, unless
// it is given its own at once.
func (p *proof) copied() string {
	for _, e := range p.h.indexed().structs[p.r.owner] {
		v := e.st.Val
		if v.Kind != path.Deref || freshlyMade(v.Parent) || v.Parent == e.st.Addr {
			continue
		}
		own := p.h.Table.FieldOf(e.st.Addr, p.r.first)
		if !slices.ContainsFunc(e.s.stores, func(st Store) bool { return st.Addr == own && !isNil(st.Val) }) {
			p.r.by = e
			return fmt.Sprintf("%s is a copy of another", name(e.s.fn, e.st.Addr))
		}
	}
	if p.h.used().cloned[p.r.owner] {
		return fmt.Sprintf("a %s may be a copy of another", typeWord(p.r.owner))
	}
	return ""
}

// keepsField reports whether the store of a whole struct is to an object that
// is new here, or leaves field f as it was or nil.
func keepsField(s *scope, st Store, f *path.Node) bool {
	t, obj := s.h.Table, st.Addr
	for obj.Kind == path.Field || obj.Kind == path.Index {
		obj = obj.Parent
	}
	if freshlyMade(s.normal(obj)) || isNil(st.Val) {
		return true
	}
	if st.Val.Kind != path.Deref || !freshlyMade(st.Val.Parent) {
		return false
	}
	v := s.stored(t.FieldOf(st.Val.Parent, f))
	return v == nil || isNil(v) || v == t.Deref(t.FieldOf(st.Addr, f), nil)
}
