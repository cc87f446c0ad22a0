package heap

import (
	"fmt"
	"go/types"

	"github.com/lockreentry/lockreentry/internal/path"
)

// check looks at every store of the package that could break r, and for one
// that establishes it. It returns why r does not hold, or "".
func (h *Heap) check(r *rule) string {
	p := &proof{h: h, r: r}
	proved, final := h.foreign(r)
	if final && !proved {
		return "its package does not prove it"
	}
	p.established = proved
	fields := []fieldKey{{r.owner, r.field}}
	for _, n := range r.back {
		if n.Kind == path.Field {
			fields = append(fields, fieldKey{n.Owner, n.Name})
		}
	}
	for _, f := range fields {
		for _, e := range h.eventsOn(f) {
			before := p.established
			if p.left(e) && !p.knownHere(e.s, e.st) {
				continue // checked at the calls of the function
			}
			reason := p.store(e.s, e.st)
			if reason != "" || p.established && !before {
				r.by = e
			}
			if reason != "" {
				return reason
			}
		}
		if f == fields[0] && !p.established {
			break
		}
	}
	if reason := p.overwritten(); reason != "" {
		return reason
	}
	if reason := p.links(); reason != "" {
		return reason
	}
	if !p.established {
		return "no store establishes it"
	}
	return ""
}

// proof is the check of one rule.
type proof struct {
	h           *Heap
	r           *rule
	established bool
}

// left reports whether the store e is checked where its function is called. If
// importers can get hold of an object with the back path, and call it, it is not.
func (p *proof) left(e event) bool {
	first := p.r.back[0]
	return p.h.left(e) && !(importable(e.s.fn) && first.Kind == path.Field && exportedType(first.Owner))
}

// knownHere reports whether st respects the rule in s itself, whatever the
// callers pass.
func (p *proof) knownHere(s *scope, st Store) bool {
	was := p.established
	ok := p.store(s, st) == ""
	if !ok {
		p.established = was
	}
	return ok
}

// store checks one store in s against the rule; it returns what is wrong
// with it, or "".
func (p *proof) store(s *scope, st Store) string {
	if o := p.owner(st.Addr); o != nil {
		if reason := p.insertion(s, o, st.Val); reason != "" {
			return reason
		}
	}
	if st.Addr.Kind == path.Field && p.isBack(st.Addr) {
		return p.backStore(s, st)
	}
	return ""
}

// owner returns the object x if addr is x.field or a cell on the road from
// it, and nil otherwise.
func (p *proof) owner(addr *path.Node) *path.Node {
	for n := addr; n != nil; n = n.Parent {
		if n.Kind != path.Field {
			continue
		}
		if n.Owner == p.r.owner && n.Name == p.r.field {
			return n.Parent
		}
		if p.isBack(n) || n.Owner == p.r.owner {
			return nil
		}
	}
	return nil
}

// isBack reports whether f is a field of the back path.
func (p *proof) isBack(f *path.Node) bool {
	for _, n := range p.r.back {
		if n.Kind == path.Field && n.Owner == f.Owner && n.Name == f.Name {
			return true
		}
	}
	return false
}

// insertion checks that every object that val brings into x.field has its
// back path to x.
func (p *proof) insertion(s *scope, x, val *path.Node) string {
	objects, ok := p.contents(s, x, val, 0)
	if !ok {
		return fmt.Sprintf("%s is put into %s.%s, and what that brings is not known", name(s.fn, val), name(s.fn, x), p.r.field)
	}
	for _, c := range objects {
		if !p.returns(s, c, x) {
			return fmt.Sprintf("%s is put into %s.%s and is not known to lead back", name(s.fn, c), name(s.fn, x), p.r.field)
		}
		p.established = true
	}
	return ""
}

// contents returns the objects with a back path that val is or leads to.
func (p *proof) contents(s *scope, x, val *path.Node, depth int) ([]*path.Node, bool) {
	if isNil(val) {
		return nil, true
	}
	if val.Kind == path.Unknown || depth > 4 {
		return nil, false
	}
	if val.Kind == path.Deref && freshlyMade(val.Parent) && !p.isTarget(s, val) {
		return p.contents(s, x, val.Parent, depth+1) // a copy of a struct made here
	}
	if o := p.owner(val); o != nil && p.alike(s, o, x) {
		return nil, true // was in it before
	}
	if p.isTarget(s, val) {
		return []*path.Node{val}, true
	}
	if p.unrelated(s, val) {
		return nil, true
	}
	var all []*path.Node
	found := false
	for _, st := range s.stores {
		if st.Addr == val || !st.Addr.HasPrefix(val) || st.Val.HasPrefix(val) || !p.onRoad(val, st.Addr) {
			continue // a link between the parts of the container
		}
		found = true
		objects, ok := p.contents(s, x, st.Val, depth+1)
		if !ok {
			return nil, false
		}
		all = append(all, objects...)
	}
	if found || freshlyMade(val) {
		return all, !s.incomplete
	}
	return nil, false
}

// onRoad reports whether addr, a cell below val, lies on the road: where val
// is a node of the container, its other fields are links that the container
// keeps for itself.
func (p *proof) onRoad(val, addr *path.Node) bool {
	step := addr
	for step.Parent != val {
		step = step.Parent
	}
	node := false
	for _, n := range p.r.road {
		if n.Kind != path.Field || n.Owner != step.Owner {
			continue
		}
		if node = true; n.Name == step.Name {
			return true
		}
	}
	return !node
}

// isTarget reports whether val is an object that the back path starts at.
func (p *proof) isTarget(s *scope, val *path.Node) bool {
	first := p.r.back[0]
	if first.Kind == path.Capture {
		return val.Kind == path.Closure && val.Name == first.Name
	}
	if t := s.typeOf(val); t != nil {
		_, pointer := t.Underlying().(*types.Pointer)
		return pointer && path.OwnerName(t) == first.Owner
	}
	return val.Kind == path.Fresh && s.hasField(val, first)
}

// unrelated reports whether val, by its type, is neither an object with the
// back path nor a part of the container: another implementation, a number, a
// function that is not the one at hand.
func (p *proof) unrelated(s *scope, val *path.Node) bool {
	if p.r.back[0].Kind == path.Capture {
		return val.Kind == path.Func || val.Kind == path.Closure
	}
	t := s.typeOf(val)
	if t == nil {
		return val.Kind == path.Func || val.Kind == path.Closure || val.Kind == path.Const
	}
	owner := path.OwnerName(t)
	if owner == "" || types.IsInterface(t) {
		_, basic := t.Underlying().(*types.Basic)
		return basic
	}
	if owner == p.r.back[0].Owner {
		return false
	}
	for _, n := range p.r.road {
		if n.Kind == path.Field && n.Owner == owner {
			return false
		}
	}
	if _, ok := t.Underlying().(*types.Pointer); ok {
		return true
	}
	return false
}

// returns reports whether the back path of c is known to lead to x in s, or to
// where that of x leads.
func (p *proof) returns(s *scope, c, x *path.Node) bool {
	cur := p.follow(s, c)
	if p.r.shared {
		x = p.follow(s, x)
	}
	return cur != nil && x != nil && p.sameOwner(s.normal(cur), s.normal(x))
}

// follow returns where the back path leads from c in s; nil if not known.
func (p *proof) follow(s *scope, c *path.Node) *path.Node {
	for _, step := range p.r.back {
		if c = s.follow(c, step); c == nil {
			return nil
		}
	}
	return c
}

// alike reports whether what is in x.field of a may be put into that of b.
func (p *proof) alike(s *scope, a, b *path.Node) bool {
	if p.r.shared {
		return a == b || p.returns(s, a, b)
	}
	return p.sameOwner(a, b)
}

// sameOwner reports whether a and b, two owners, are one object: by what is
// proved so far, and by the rule itself, since a proof is by induction.
func (p *proof) sameOwner(a, b *path.Node) bool {
	if p.h.same(a, b) {
		return true
	}
	t, owner := p.h.Table, p.r.owner
	if p.r.shared {
		owner = path.OwnerName(p.r.back[0].Var.Type())
	}
	return p.h.same(t.FieldNamed(a, owner, p.r.field), t.FieldNamed(b, owner, p.r.field))
}

// backStore checks a store to a field of the back path: of an object that is
// new here, of nil, of what was there, or together with the insertion.
func (p *proof) backStore(s *scope, st Store) string {
	obj := s.normal(st.Addr.Parent)
	switch {
	case isNil(st.Val), freshlyMade(obj), st.Val == p.h.Table.Deref(st.Addr, nil):
		return ""
	case obj.Kind == path.Param && !p.r.shared && p.paired(s, st):
		return ""
	case p.keeps(s, st):
		return ""
	}
	return fmt.Sprintf("%s.%s is set, and the object is not new", name(s.fn, obj), st.Addr.Name)
}

// paired reports whether s also puts the object whose back field it sets into
// the container of the owner that it sets.
func (p *proof) paired(s *scope, st Store) bool {
	for _, other := range s.stores {
		x := p.owner(other.Addr)
		if x == nil {
			continue
		}
		objects, ok := p.contents(s, x, other.Val, 0)
		if !ok {
			continue
		}
		for _, c := range objects {
			if c == st.Addr.Parent && p.returns(s, c, x) {
				return true
			}
		}
	}
	return false
}

// keeps reports whether the store leaves the back path as the rule has it.
func (p *proof) keeps(s *scope, st Store) bool {
	x := p.owner(st.Addr)
	return x != nil && !p.r.shared && len(p.r.back) <= 2 && p.sameOwner(st.Val, x)
}
