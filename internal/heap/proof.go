package heap

import (
	"fmt"
	"go/types"
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
)

// check looks at every store of the package that could break r, and for one
// that establishes it. It returns why r does not hold, or "".
func (h *Heap) check(r *rule) string {
	if r.leadsElsewhere() {
		return "that is of another type"
	}
	p := &proof{h: h, r: r}
	proved, final := h.foreign(r)
	if final && !proved {
		return "its package does not prove it"
	}
	if p.established = proved; !proved {
		if f := h.unsettled(r); f != nil {
			return fmt.Sprintf("%s.%s may be changed in its package", f.Owner, f.Name)
		}
	}
	fields := r.fields()
	for _, f := range fields {
		for _, e := range h.eventsOn(f) {
			if e.ofCallee() && !p.addedTo(e.s, e.st.Val) || h.applied(e) {
				continue // checked there
			}
			if reason := p.sometimes(e.s, e.st); reason != "" {
				r.by = e
				return reason
			}
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
	if reason := p.copied(); reason != "" {
		return reason
	}
	for _, f := range fields {
		if h.roams(f) {
			return fmt.Sprintf("%s.%s may be set by its address", f.owner, f.name)
		}
	}
	if reason := p.disguised(fields); reason != "" {
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

// fields lists the fields that have to be what the rule says: the one that it starts
// at, those of the back path, and those of the path that leads to the same. What the
// owner has by value is always where it is.
func (r *rule) fields() []fieldKey {
	list := []fieldKey{{r.owner, r.field}}
	read := r.own
	if n := len(read); n > 0 && read[n-1].Kind == path.Field {
		read = read[:n-1]
	}
	for _, n := range slices.Concat(r.back, read) {
		if k := (fieldKey{n.Owner, n.Name}); n.Kind == path.Field && !slices.Contains(list, k) {
			list = append(list, k)
		}
	}
	return list
}

// leadsElsewhere reports whether the back path ends in a pointer to another type than
// that of the owner.
func (r *rule) leadsElsewhere() bool {
	if len(r.back) == 0 {
		return false
	}
	last := r.back[len(r.back)-1]
	if r.shared || last.Kind != path.Deref || last.Parent.Kind != path.Field || last.Parent.Var == nil {
		return false
	}
	pointer, ok := last.Parent.Var.Type().Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	owner := path.OwnerName(pointer.Elem())
	return owner != "" && owner != r.owner && !types.IsInterface(pointer.Elem())
}

// proof is the check of one rule.
type proof struct {
	h           *Heap
	r           *rule
	established bool
	visiting    []*path.Node // nodes of the container whose links are being followed
}

// left reports whether the store e is checked where its function is called. If
// importers can get hold of an object with the back path, and call it, it is not; unless
// it is a store to what they can't get out of an owner, or to an owner that is made for them.
func (p *proof) left(e event) bool {
	target := p.r.target()
	return p.h.left(e) && (p.h.Closed || !importable(e.s.fn) || target == "" || !exportedName(target) || p.keepsToItself(e.st.Addr) || p.newOwner(e.st.Addr))
}

// keepsToItself reports whether addr is in what owners have by value in the first field of
// the rule, and no other package can get its address.
func (p *proof) keepsToItself(addr *path.Node) bool {
	f := fieldKey{p.r.owner, p.r.field}
	return p.owner(addr) == nil && !p.isBack(addr) && p.h.mine(f.owner) && !exported(f.name) && p.h.keptInside(f)
}

// newOwner reports whether addr is in an owner that the function at hand has made.
func (p *proof) newOwner(addr *path.Node) bool {
	x := p.owner(addr)
	return x != nil && freshlyMade(x)
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
		if reason := p.insertion(s, o, st); reason != "" {
			return reason
		}
	}
	switch {
	case st.Addr.Kind != path.Field || !p.isBack(st.Addr):
		return ""
	case p.holder(st.Addr.Parent) != nil:
		return p.inPlace(s, st)
	}
	return p.backStore(s, st)
}

// holder returns the object x if obj is a part of x, or an element of a slice of
// it, that x.field holds by value; nil if it is not.
func (p *proof) holder(obj *path.Node) *path.Node {
	n := obj
	for n.Kind == path.Index || n.Kind == path.Field && (n.Owner != p.r.owner || n.Name != p.r.field) {
		n = n.Parent
	}
	if n.Kind == path.Deref && n != obj {
		n = n.Parent
	}
	if n.Kind != path.Field || n.Owner != p.r.owner || n.Name != p.r.field {
		return nil
	}
	return n.Parent
}

// inPlace checks a store to the back path of an object that its owner holds by
// value: it is always in it.
func (p *proof) inPlace(s *scope, st Store) string {
	c, x := st.Addr.Parent, p.holder(st.Addr.Parent)
	if isNil(st.Val) {
		return ""
	}
	if !p.returns(s, c, x) {
		return fmt.Sprintf("%s.%s is set to another owner", c, st.Addr.Name)
	}
	p.established = p.established || p.met(s, x, append(s.cells(c, p.r.back), st.Addr))
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
		if p.isBack(n) || n.Owner == p.r.owner || p.isPayload(n) {
			return nil
		}
	}
	return nil
}

// isPayload reports whether f is a field of the objects with the back path that the
// road does not go on by: whatever it holds is in no container of the rule for that.
func (p *proof) isPayload(f *path.Node) bool {
	return f.Owner == p.r.target() && !p.isRoad(f)
}

// isRoad reports whether f is a field of the road.
func (p *proof) isRoad(f *path.Node) bool {
	return slices.ContainsFunc(p.r.road, func(n *path.Node) bool { return sameField(n, f) })
}

// isBack reports whether f is a field of the back path, or of the path that leads
// to the same.
func (p *proof) isBack(f *path.Node) bool {
	is := func(n *path.Node) bool { return sameField(n, f) }
	return slices.ContainsFunc(p.r.back, is) || slices.ContainsFunc(p.r.own, is)
}

// insertion checks that every object that st brings into x.field has its back
// path to x.
func (p *proof) insertion(s *scope, x *path.Node, st Store) string {
	objects, ok := p.contents(s, x, st.Val, 0)
	if !ok {
		return fmt.Sprintf("%s is put into %s.%s, and what that brings is not known", name(s.fn, st.Val), name(s.fn, x), p.r.field)
	}
	if len(objects) == 0 && p.r.isSlot() && !isNil(st.Val) && p.owner(st.Val) == nil {
		return fmt.Sprintf("%s is put into %s.%s, too", name(s.fn, st.Val), name(s.fn, x), p.r.field)
	}
	for _, c := range objects {
		if !p.returns(s, c, x) || p.moves(s, c, x) {
			return fmt.Sprintf("%s is put into %s.%s and is not known to lead back", name(s.fn, c), name(s.fn, x), p.r.field)
		}
		p.established = p.established || p.met(s, x, append(s.cells(c, p.r.back), st.Addr))
	}
	return ""
}

// returns reports whether the back path of c is known to lead to x in s, or to
// where that of x leads.
func (p *proof) returns(s *scope, c, x *path.Node) bool { return p.returnsBy(s, c, x, p.r.back) }

// returnsBy reports whether the steps from c are known to lead to x in s. A back
// path through a container leads to many.
func (p *proof) returnsBy(s *scope, c, x *path.Node, steps []*path.Node) bool {
	if slices.ContainsFunc(p.r.back, func(n *path.Node) bool { return class(n) == path.Elem }) {
		return false
	}
	cur := s.along(c, steps)
	if p.r.shared {
		x = s.along(x, p.r.own)
	}
	return cur != nil && x != nil && p.sameOwner(s.normal(cur), s.normal(x))
}

// along returns where the steps lead from c in s; nil if not known.
func (s *scope) along(c *path.Node, steps []*path.Node) *path.Node {
	for _, step := range steps {
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
		v := p.r.back[0].Var
		if v == nil || refersToLock(v.Type()) {
			return false // a lock has no fields to tell it by
		}
		owner = path.OwnerName(v.Type())
	}
	return p.h.same(t.FieldNamed(a, owner, p.r.field), t.FieldNamed(b, owner, p.r.field))
}

// sometimes checks that an object which is not new gets its back path wherever it
// is put in: a store that is only sometimes made leaves it with another owner.
func (p *proof) sometimes(s *scope, st Store) string {
	x := p.owner(st.Addr)
	if x == nil {
		return ""
	}
	objects, _ := p.contents(s, x, st.Val, 0)
	for _, c := range objects {
		for _, cell := range s.cells(c, p.r.back) {
			if !freshlyMade(c) && !partOfNew(c) && !s.setWith(cell, st) {
				return fmt.Sprintf("%s is set only sometimes when %s is put into %s.%s", cell, c, x, p.r.field)
			}
		}
	}
	return ""
}

// partOfNew reports whether obj is held by value in an object made here.
func partOfNew(obj *path.Node) bool {
	n := obj
	for n.Kind == path.Index || n.Kind == path.Field || n.Kind == path.Part {
		n = n.Parent
	}
	return n != obj && freshlyMade(n)
}

// backStore checks a store to a field of the back path: of an object that is
// new here, of nil, of what was there, or together with the insertion.
func (p *proof) backStore(s *scope, st Store) string {
	obj := s.normal(st.Addr.Parent)
	switch {
	case isNil(st.Val), freshlyMade(obj), partOfNew(obj), st.Val == p.h.Table.Deref(st.Addr, nil):
		return ""
	case obj.Kind == path.Param && !p.r.shared && p.paired(s, st):
		return ""
	}
	return fmt.Sprintf("%s.%s is set, and the object is not new", name(s.fn, obj), st.Addr.Name)
}

// paired reports whether s also puts the object whose back field it sets into
// the container of the owner that it sets. A method that makes its object a new
// owner makes one each time it is called, and the others still have it. So has the
// owner before of an object that becomes its own.
func (p *proof) paired(s *scope, st Store) bool {
	receiver := s.fn.Signature.Recv() != nil && st.Addr.Parent.Index == 0
	for _, other := range s.stores {
		x := p.owner(other.Addr)
		if x == nil || receiver && freshlyMade(x) || other == st {
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
