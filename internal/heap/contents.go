package heap

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// What a value that is put into a container brings with it.

// contents returns the objects with a back path that val is or leads to.
func (p *proof) contents(s *scope, x, val *path.Node, depth int) ([]*path.Node, bool) {
	if isNil(val) {
		return nil, true
	}
	if val.Kind == path.Unknown || depth > 4 {
		return nil, false
	}
	for val.Kind == path.Part || val.Kind == path.Elem && freshlyMade(val.Parent) {
		val = val.Parent // no more than is in that
	}
	if val.Kind == path.Deref && freshlyMade(val.Parent) && !p.isTarget(s, val) {
		if objects, ok, set := p.assigned(s, x, val.Parent, depth); set {
			return objects, ok
		}
		return p.contents(s, x, val.Parent, depth+1) // a copy of a struct made here
	}
	if o := p.owner(val); o != nil && (p.alike(s, o, x) || p.alike(s, s.normal(o), s.normal(x))) && !p.moves(s, o, x) {
		return nil, true // was in it before
	}
	if val.Kind == path.Deref && val.Parent.Kind == path.Field && freshlyMade(val.Root()) {
		switch given := s.normal(val); {
		case s.unset(given):
			return nil, true // an option that is not given
		case given != val && s.setBefore(val, x):
			return p.contents(s, x, given, depth+1)
		}
	}
	if phi, ok := val.Site.(*ssa.Phi); ok && val.Kind == path.Value && p.ofFunctions() {
		return p.chosen(s, x, phi, depth)
	}
	if p.isTarget(s, val) || val.Kind == path.Elem && p.returns(s, val, x) { // that of another container of x
		return p.node(s, x, val, depth)
	}
	if p.unrelated(s, val) || p.ofFunctions() && !freshlyMade(val) && !isContainer(s.typeOf(val)) && p.h.keepsFunction(p.r) {
		return nil, true
	}
	if !p.listed(s, x, val) {
		return nil, false
	}
	if !s.startsEmpty(val, nil) {
		return p.reset(s, x, val, depth) // what was in it before is not known
	}
	var all []*path.Node
	for _, st := range s.stores {
		if st.Addr == val || !st.Addr.HasPrefix(val) || st.Val.HasPrefix(val) || !p.onRoad(val, st.Addr) {
			continue // a link between the parts of the container
		}
		if st.Addr.Parent.Kind == path.Index && st.Addr.Kind == path.Field && p.isBack(st.Addr) && !isNil(st.Val) {
			all = append(all, st.Addr.Parent) // an element by value
			continue
		}
		objects, ok := p.contents(s, x, st.Val, depth+1)
		if !ok {
			return nil, false
		}
		all = append(all, objects...)
	}
	return all, p.complete(s)
}

// setBefore reports whether what is stored in the cell whose content val is was stored there
// before val is put into x: else that is what was there until then.
func (s *scope) setBefore(val, x *path.Node) bool {
	cell := s.normalAddr(val.Parent)
	for i, put := range s.stores {
		if put.Val != val || !put.Addr.HasPrefix(x) {
			continue
		}
		for j, set := range s.stores {
			if set.Addr == cell && s.sites[j] != s.sites[i] && !precedes(s.sites[j], s.sites[i]) {
				return false
			}
		}
	}
	return true
}

// unset reports whether val is what a field of an object made here has contained from
// the start: nothing is stored to it, as far as a function that only callers know gets it.
func (s *scope) unset(val *path.Node) bool {
	if val.Kind != path.Deref || val.Parent.Kind != path.Field || !freshlyMade(val.Parent.Parent) || s.incomplete {
		return false
	}
	obj := val.Parent.Parent
	return !slices.ContainsFunc(s.stores, func(st Store) bool { return val.Parent.HasPrefix(st.Addr) }) &&
		!slices.ContainsFunc(s.calls, func(c Call) bool { return slices.Contains(c.Args, obj) })
}

// assigned returns the objects that what is stored to the variable cell, or put
// into the container in it, is or leads to; set tells whether anything is.
func (p *proof) assigned(s *scope, x, cell *path.Node, depth int) (all []*path.Node, ok, set bool) {
	if slices.Contains(p.visiting, cell) {
		return nil, true, true
	}
	p.visiting = append(p.visiting, cell)
	defer func() { p.visiting = p.visiting[:len(p.visiting)-1] }()
	ok = !s.incomplete
	content := s.h.Table.Deref(cell, nil)
	for _, st := range s.stores {
		if st.Addr == cell || class(st.Addr) == path.Elem && st.Addr.HasPrefix(content) {
			objects, known := p.contents(s, x, st.Val, depth+1)
			all, ok, set = append(all, objects...), ok && known, true
		}
	}
	return all, ok, set
}

// reset returns the objects that the node val leads to, which is not new: one
// that is a part of what it holds, say. All that the road goes on by must be set
// together with the insertion.
func (p *proof) reset(s *scope, x, val *path.Node, depth int) ([]*path.Node, bool) {
	owner, found := ownerOf(val), false
	var all []*path.Node
	for _, n := range p.r.road {
		if n.Kind != path.Field || owner == "" || n.Owner != owner {
			continue
		}
		objects, ok := p.linked(s, x, s.h.Table.FieldOf(val, n), depth)
		if !ok {
			return nil, false
		}
		all, found = append(all, objects...), true
	}
	return all, found && !s.incomplete
}

// node returns the object val and, where the road goes on from it as from a
// node of the container, the objects that it is linked with.
func (p *proof) node(s *scope, x, val *path.Node, depth int) ([]*path.Node, bool) {
	all, target := []*path.Node{val}, p.r.target()
	switch {
	case target == "":
		return all, true // a function has no links
	case slices.Contains(p.visiting, val):
		return nil, true
	case !p.listed(s, x, val):
		return nil, false
	}
	p.visiting = append(p.visiting, val)
	defer func() { p.visiting = p.visiting[:len(p.visiting)-1] }()
	var done []string
	for _, n := range p.r.road {
		if n.Kind != path.Field || n.Owner != target || slices.Contains(done, n.Name) {
			continue
		}
		done = append(done, n.Name)
		linked, ok := p.linked(s, x, s.h.Table.FieldOf(val, n), depth)
		if !ok {
			return nil, false
		}
		all = append(all, linked...)
	}
	return all, true
}

// linked returns the objects that the link of a node leads to. That of a node
// which is not new may lead anywhere until it is set.
func (p *proof) linked(s *scope, x, link *path.Node, depth int) ([]*path.Node, bool) {
	if link.Kind == path.Unknown {
		return nil, false // too far away
	}
	var all []*path.Node
	known := freshlyMade(link.Parent)
	for _, st := range s.stores {
		if st.Addr != link {
			continue
		}
		known = true
		objects, ok := p.contents(s, x, st.Val, depth+1)
		if !ok {
			return nil, false
		}
		all = append(all, objects...)
	}
	return all, known
}

// listed reports whether the elements that the road reaches from val, where that
// is an element of a list, have their back path to x: they are those of the list
// that it was put into, and not only its own.
func (p *proof) listed(s *scope, x, val *path.Node) bool {
	for i, n := range p.r.road {
		if class(n) != path.Elem || !s.isA(val, ownerOf(n.Parent)) {
			continue
		}
		in := false
		for _, st := range s.stores {
			if st.Val != val || class(st.Addr) != path.Elem {
				continue
			}
			if in = true; !p.returnsBy(s, s.h.Table.Elem(st.Addr.Parent, nil), x, slices.Concat(p.r.road[i+1:], p.r.back)) {
				return false
			}
		}
		if !in && !freshlyMade(val) {
			return false
		}
	}
	return true
}

// startsEmpty reports whether val is a container that the function at hand
// has made: it holds nothing but what is seen to be put into it. The values
// seen are being looked at.
func (s *scope) startsEmpty(val *path.Node, seen []*path.Node) bool {
	if val.Kind != path.Value || slices.Contains(seen, val) {
		return freshlyMade(val) || val.Kind == path.Value
	}
	switch v := val.Site.(type) {
	case *ssa.Phi:
		return !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool {
			n := s.eval(e)
			return !isNil(n) && !s.startsEmpty(n, append(seen, val))
		})
	case *ssa.Call:
		b, ok := v.Call.Value.(*ssa.Builtin)
		return ok && b.Name() == "append" && isNil(s.eval(v.Call.Args[0]))
	}
	return freshlyMade(val)
}

// ownerOf returns the name of the type that n, a value or an element of a
// container of known type, is or points to; "" where that is not known.
func ownerOf(n *path.Node) string {
	if t := n.Type(); t != nil {
		return path.OwnerName(t)
	}
	return ""
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

// addedTo reports whether s puts something into the container val, which one call has
// made and put into its owner: the callee does not know of that.
func (p *proof) addedTo(s *scope, val *path.Node) bool {
	seen := map[*path.Node]bool{}
	var added func(val *path.Node) bool
	added = func(val *path.Node) bool {
		if seen[val] {
			return false
		}
		seen[val] = true
		return slices.ContainsFunc(s.stores, func(st Store) bool {
			return st.Addr != val && st.Addr.HasPrefix(val) && p.onRoad(val, st.Addr) && (!event{s: s, st: st}.ofCallee() || added(st.Val))
		})
	}
	return added(val)
}

// ofFunctions reports whether the rule is about what functions captured.
func (p *proof) ofFunctions() bool { return len(p.r.back) > 0 && p.r.back[0].Kind == path.Capture }

// captures reports whether the road leads through what a function captured.
func (p *proof) captures() bool {
	return slices.ContainsFunc(p.r.road, func(n *path.Node) bool { return n.Kind == path.Capture })
}

// chosen returns the functions that φ can be, of those that the rule is about.
func (p *proof) chosen(s *scope, x *path.Node, phi *ssa.Phi, depth int) ([]*path.Node, bool) {
	if slices.Contains(p.visiting, s.h.Table.Value(phi)) {
		return nil, true
	}
	p.visiting = append(p.visiting, s.h.Table.Value(phi))
	defer func() { p.visiting = p.visiting[:len(p.visiting)-1] }()
	var all []*path.Node
	for _, e := range phi.Edges {
		objects, ok := p.contents(s, x, s.eval(e), depth+1)
		if !ok {
			return nil, false
		}
		all = append(all, objects...)
	}
	return all, true
}

// isTarget reports whether val is an object that the back path starts at.
func (p *proof) isTarget(s *scope, val *path.Node) bool {
	if p.ofFunctions() {
		return val.Kind == path.Closure && val.Name == p.r.back[0].Name
	}
	if t := s.typeOf(val); t != nil {
		_, pointer := t.Underlying().(*types.Pointer)
		return pointer && path.OwnerName(t) == p.r.target()
	}
	return val.Kind == path.Fresh && len(p.r.back) > 0 && s.hasField(val, p.r.back[0])
}

// unrelated reports whether val, by its type, is neither an object with the
// back path nor a part of the container: another implementation, a number, a
// function that is not the one at hand.
func (p *proof) unrelated(s *scope, val *path.Node) bool {
	function := val.Kind == path.Func || val.Kind == path.Closure
	t := s.typeOf(val)
	if p.ofFunctions() {
		return function || t != nil && !hasIdentity(t)
	}
	if t == nil && val.Kind == path.Elem {
		t = sentType(s.typeOf(val.Parent))
	}
	if t == nil {
		return function || val.Kind == path.Const
	}
	return !p.leads(t)
}

// sentType returns the type of what goes through a channel of type t; nil if that is
// none.
func sentType(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if c, ok := t.Underlying().(*types.Chan); ok {
		return c.Elem()
	}
	return nil
}

// onWay reports whether the road leads through an object of the named type: one with
// a field of the road, or a container that a model knows, which has none.
func (p *proof) onWay(owner string) bool {
	if p.r.first.Var != nil && path.OwnerName(p.r.first.Var.Type()) == owner {
		return true
	}
	return slices.ContainsFunc(p.r.road, func(n *path.Node) bool {
		return n.Kind == path.Field && (n.Owner == owner || n.Var != nil && path.OwnerName(n.Var.Type()) == owner)
	})
}

// leads reports whether a value of type t can be, or contain, an object with the
// back path or a part of the container.
func (p *proof) leads(t types.Type) bool {
	if _, function := t.Underlying().(*types.Signature); function {
		return p.captures() // an adapter, which makes a function an implementation, is one of many
	}
	if owner := path.OwnerName(t); owner != "" && !types.IsInterface(t) {
		_, pointer := t.Underlying().(*types.Pointer)
		return !pointer || owner == p.r.target() || p.onWay(owner)
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return false
	case *types.Slice:
		return p.leads(u.Elem())
	case *types.Array:
		return p.leads(u.Elem())
	case *types.Chan:
		return p.leads(u.Elem())
	case *types.Map:
		return p.leads(u.Key()) || p.leads(u.Elem())
	}
	return true
}
