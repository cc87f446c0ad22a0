package lockset

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// What a state knows of memory: contents that differ from those on entry, and
// classes of cells that may have others.

// load returns the content of addr in s, as found at site.
func (s *state) load(t *path.Table, addr *path.Node, site any) (*path.Node, *state) {
	if v := s.mem.get(addr); v != nil {
		return v, s
	}
	if addr.Kind == path.Unknown {
		return addr, s
	}
	if addr.Kind == path.Field && addr.Index == 1 {
		return s.project(t, addr.Parent, addr, site)
	}
	if addr.Kind == path.Field {
		if whole := s.whole(t, addr.Parent, site); whole != nil {
			return s.project(t, whole, addr, site)
		}
	}
	if s.isDirty(addr) {
		if old := t.Deref(addr, nil); !s.changed(addr) && s.cond.Value(old) != "" {
			return old, s // a bound is no reason for two tests of one flag to disagree
		}
		v := t.Deref(addr, site)
		return v, s.remember(addr, v)
	}
	if z := zeroContent(t, addr); z != nil {
		return z, s
	}
	return t.Deref(addr, nil), s
}

// maxFields bounds the fields of struct values that are followed.
const maxFields = 16

// load returns the content of addr in s, of type typ. That of a struct some of
// whose fields have been stored to is put together from its fields.
func (x *executor) load(s *state, addr *path.Node, typ types.Type, site any) (*path.Node, *state) {
	u, ok := typ.Underlying().(*types.Struct)
	if !ok || !s.storedWithin(addr) {
		return x.content(s, addr, site)
	}
	if u.NumFields() > maxFields {
		return x.table.Deref(addr, site), s
	}
	names, vals := make([]string, u.NumFields()), make([]*path.Node, u.NumFields())
	for i := range vals {
		f := u.Field(i)
		names[i], vals[i] = f.Name(), x.table.Unknown()
		if tracked(f.Type(), false) {
			vals[i], s = x.load(s, x.table.Field(addr, typ, i), f.Type(), site)
		}
	}
	return x.table.Struct(typ, names, vals), s
}

// storedWithin reports whether a field of the struct at addr has contents of
// its own in s.
func (s *state) storedWithin(addr *path.Node) bool {
	for _, b := range s.mem {
		if b.key != addr && b.key.HasPrefix(addr) {
			return true
		}
	}
	return false
}

// element returns the content of the map element n in s, as found at site.
func (s *state) element(t *path.Table, n *path.Node, site any) (*path.Node, *state) {
	if n.Kind != path.Lookup {
		return n, s
	}
	if v := s.mem.get(n); v != nil {
		return v, s
	}
	if !s.isDirty(n) {
		return n, s
	}
	v := t.Lookup(n.Parent, n.Key, site)
	return v, s.remember(n, v)
}

// whole returns the struct value at addr, if it was stored there in one piece or is a part
// of one that is known; else nil.
func (s *state) whole(t *path.Table, addr *path.Node, site any) *path.Node {
	if v := s.mem.get(addr); v != nil || addr.Kind != path.Field {
		return v
	}
	around := addr.Parent
	if addr.Index == 0 {
		if around = s.whole(t, around, site); around == nil {
			return nil
		}
	}
	v, _ := s.project(t, around, addr, site)
	if v.Kind == path.Deref && v.Parent == addr {
		return nil
	}
	return v
}

// project returns field f (an address) of the struct value v.
func (s *state) project(t *path.Table, v, f *path.Node, site any) (*path.Node, *state) {
	switch v.Kind {
	case path.Deref:
		from := t.FieldOf(v.Parent, f)
		if content := s.mem.get(from); content != nil {
			return content, s
		}
		if s.mem.get(v.Parent) == nil {
			return s.load(t, from, site)
		}
		return t.Deref(from, v.Site), s // the struct has been overwritten since
	case path.Const:
		if z := zeroOf(t, f); z != nil {
			return z, s
		}
	case path.Struct:
		f = t.Projection(v, f)
		if val := t.Deref(f, nil); val.Kind != path.Deref || val.Parent != f {
			return val, s
		}
		return t.Deref(f, site), s
	}
	return t.Deref(t.Projection(v, f), nil), s
}

// zeroContent returns the zero value where addr is a cell of a local variable
// that has not been stored to.
func zeroContent(t *path.Table, addr *path.Node) *path.Node {
	n := addr
	for n.Kind == path.Field && n.Index == 0 {
		n = n.Parent
	}
	if n.Kind != path.Value {
		return nil
	}
	if _, ok := n.Site.(*ssa.Alloc); !ok {
		return nil
	}
	return zeroOf(t, addr)
}

// isDirty reports whether the content of addr may differ from that on entry.
func (s *state) isDirty(addr *path.Node) bool {
	return everything(s.dirty) && freshRoot(addr) == nil || s.changed(addr)
}

// changed reports whether the cell at addr is known to be among those that may
// have changed, and not only all cells are, because of a bound.
func (s *state) changed(addr *path.Node) bool {
	_, ok := slices.BinarySearch(s.dirty, cellClass(addr))
	if !ok && addr.Kind == path.Field {
		ok = inAllFields(s.dirty, addr.Owner)
	}
	if !ok && freshRoot(addr) != nil {
		_, ok = slices.BinarySearch(s.dirty, rootClass(addr))
	}
	return ok
}

// cellClass is the class of addr, or, for a variable, one of its own.
func cellClass(addr *path.Node) string {
	if c := addr.Class(); c != "" {
		return c
	}
	return rootClass(addr)
}

func rootClass(n *path.Node) string { return n.OwnClass() }

// callersClass is the class of the cells of the local object at the root of n
// that a function which the caller passed may have set.
func callersClass(n *path.Node) string { return "@" + strconv.Itoa(n.Root().ID()) }

func (s *state) isSoiled(class string) bool {
	_, ok := slices.BinarySearch(s.dirty, class)
	return ok
}

// hand returns s after a function that the caller passed got hold of the
// local object at the root of p.
func (x *executor) hand(s *state, p *path.Node) *state {
	s = x.escape(s, p)
	if root := freshRoot(p); root != nil {
		s = s.soil(callersClass(root))
	}
	return s
}

// freshRoot returns the root of n if that is an object made by the function
// at hand and n reaches no further than its own fields.
func freshRoot(n *path.Node) *path.Node {
	for n.Kind == path.Field || n.Kind == path.Index && n.Key.Kind == path.Const {
		n = n.Parent
	}
	if n.Kind == path.Value {
		if _, ok := n.Site.(*ssa.Alloc); ok {
			return n
		}
	}
	if n.Kind == path.Fresh {
		return n
	}
	return nil
}

// soil returns s with class c dirty.
func (s *state) soil(c string) *state {
	i, ok := slices.BinarySearch(s.dirty, c)
	if ok || everything(s.dirty) && !strings.HasPrefix(c, "#") {
		return s
	}
	t := *s
	if len(s.dirty) >= maxDirtyClasses {
		t.dirty = overflow(t.dirty)
	} else {
		t.dirty = inserted(s.dirty, i, c)
	}
	return &t
}

// Bounds on what a state knows of memory. Past them contents are forgotten.
const (
	maxCells        = 64
	maxDirtyClasses = 96
)

// store returns s after val was stored to addr.
func (s *state) store(addr, val *path.Node) *state {
	if addr.Kind == path.Unknown {
		return s
	}
	class, fresh := cellClass(addr), freshRoot(addr)
	n := *s
	n.mem = s.sameAs(val, class).where(func(b binding) bool {
		if isWithin(b.key, addr) {
			return false
		}
		if cellClass(b.key) != class || otherElement(b.key, addr) || summary.Stays(b.key, b.val) || b.val == val && val.Kind == path.Const {
			return true // of another cell, or the same is stored
		}
		other := freshRoot(b.key)
		return fresh != nil && addr != b.key || other != nil && fresh != other && addr.Root().Kind == path.Param
	})
	t := &n
	if c := addr.LengthClass(); c != "" {
		t = t.clobber(c)
	}
	if fresh == nil {
		t = t.soil(class)
	}
	if val.Kind == path.Unknown {
		if t = t.soil(class); fresh != nil {
			t = t.soil(rootClass(addr))
		}
		return t
	}
	return t.remember(addr, val)
}

// sameAs returns the contents that s knows, and those that its condition tells of the cells
// of the class that contain the constant val already.
func (s *state) sameAs(val *path.Node, class string) assoc {
	mem := s.mem
	if val.Kind != path.Const {
		return mem
	}
	for _, l := range s.cond {
		if n := l.Path; n.Kind == path.Deref && n.Site == nil && cellClass(n.Parent) == class && s.cond.Value(n) == val.Name && !s.isDirty(n.Parent) && mem.get(n.Parent) == nil {
			mem = mem.set(n.Parent, val)
		}
	}
	return mem
}

// isWithin reports whether the cell n is a part of the one at addr. What a pointer
// there has led to is not.
func isWithin(n, addr *path.Node) bool {
	for n != addr && (n.Kind == path.Field || n.Kind == path.Index) {
		n = n.Parent
	}
	return n == addr
}

// remember notes the content of a cell; past the bound the cell that was
// noted first is forgotten.
func (s *state) remember(addr, val *path.Node) *state {
	t := *s
	t.mem = s.mem.set(addr, val)
	if len(t.mem) <= maxCells {
		return &t
	}
	gone := t.mem[0].key
	t.mem = t.mem[1:]
	n := t.soil(cellClass(gone))
	if freshRoot(gone) != nil {
		n = n.soil(rootClass(gone))
	}
	return n
}

// otherElement reports whether a and b are two different elements of one
// container.
func otherElement(a, b *path.Node) bool {
	return a.Kind == b.Kind && a.Parent == b.Parent && a.Key != b.Key && a.Key != nil && b.Key != nil &&
		a.Key.Kind == path.Const && b.Key.Kind == path.Const
}

// clobber returns s after the cells of the classes, which are sorted, got
// contents that are not known.
func (s *state) clobber(classes ...string) *state {
	if len(classes) == 0 {
		return s
	}
	n := *s
	any := everything(classes)
	n.mem = s.mem.where(func(b binding) bool {
		return (!any || freshRoot(b.key) != nil) && !inClasses(classes, b.key) || summary.Stays(b.key, b.val)
	})
	n.dirty = unite(s.dirty, classes)
	return &n
}

// escapes returns s where an unknown function has got a, which is passed at site. By a
// function that is known no more changes than that changes itself.
func (x *executor) escapes(s *state, site ssa.CallInstruction, a *path.Node) *state {
	if a.Kind == path.Closure {
		for _, t := range x.known(a, "", nil) {
			if f := (&frame{target: t, site: site, depth: 1}); !t.sum.Unsure && len(t.sum.Kept) == 0 {
				x.substitution(s, f)
				return s.changedBy(f)
			}
		}
	}
	return x.escape(s, a)
}

// escape returns s after a function that nothing is known of got hold of the
// local object at the root of p. Fields that are written once keep their contents.
func (x *executor) escape(s *state, p *path.Node) *state {
	p = p.Plain()
	for _, a := range p.Args {
		s = x.escape(s, a)
	}
	root := freshRoot(p)
	if root == nil || isSettled(root) {
		return s
	}
	n := *s
	n.mem = s.mem.where(func(b binding) bool {
		return freshRoot(b.key) != root || x.keepsContent(b)
	})
	return n.soil(rootClass(root))
}

// keepsContent reports whether a cell that contains an object contains it for good.
func (x *executor) keepsContent(b binding) bool {
	return b.val.Kind != path.Const && x.engine.WriteOnce(b.key)
}
