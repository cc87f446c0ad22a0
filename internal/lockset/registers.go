package lockset

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// What is stored here where another package calls it later, under a lock.

// registration is a value stored where the call is made of it.
type registration struct {
	site   ssa.Instruction
	by     string // the function that is called to store it, for people; "" for a store
	call   *summary.Stored
	object *path.Node // that the call is about; nil for a variable
	value  *path.Node
}

// holder names the variable, or the type of the object, that holds the value.
func (r *registration) holder() string {
	n := r.call.Value
	for n.Parent != nil && n.Parent.Parent != nil {
		n = n.Parent
	}
	if n.Kind == path.Field {
		return n.Owner
	}
	return n.Root().Name
}

// registers checks what the target, a function of another package, stores for
// later calls under a lock: what is stored here must not take that lock.
func (x *executor) registers(s *state, f *frame) {
	if f.fn == nil || !x.engine.elsewhere(f.fn) {
		return
	}
	var here []summary.Store
	if call, ok := f.site.(*ssa.Call); ok && x.engine.takesOptions(f.fn) {
		made := x.made(f, 0)
		for _, st := range x.engine.Applied(call) {
			here = append(here, summary.Store{Addr: x.table.Replace(st.Addr, st.Addr.Root(), made), Val: st.Val})
		}
	}
	if w := x.engine.wiring(f.fn); w != nil {
		here = append(here, x.wires(f, w)...)
	}
	x.register(s, f.site, x.display(f.target), here)
}

// wires returns the stores of w, of the target of f, in terms of the function at hand.
func (x *executor) wires(f *frame, w *wiring) (here []summary.Store) {
	sub := &path.Substitution{Table: x.table, Site: f.site, Load: f.sub.Load, Element: f.sub.Element, Root: func(n *path.Node) *path.Node {
		if i := slices.Index(w.results, n); i >= 0 && n.Kind == path.Fresh {
			return x.made(f, i)
		}
		return f.sub.Root(n)
	}}
	for _, st := range w.stores {
		val := sub.Apply(st.Val)
		here = append(here, summary.Store{Addr: x.placeIn(sub, st.Addr), Val: val})
		if slices.Contains(w.results, st.Addr.Root()) {
			x.wired[sub.Apply(st.Addr)] = val
		}
	}
	return here
}

// placeIn rewrites the address addr by sub, that of an element as one of what is in the
// field of its object, though the container may be known, which is no place by itself.
func (x *executor) placeIn(sub *path.Substitution, addr *path.Node) *path.Node {
	switch addr.Kind {
	case path.Elem, path.Index, path.Lookup:
		return x.table.Elem(x.placeIn(sub, addr.Parent), nil)
	case path.Deref:
		return x.table.Deref(x.placeIn(sub, addr.Parent), nil)
	}
	return sub.Apply(addr)
}

// made names the object that the target of f makes and returns as result i.
func (x *executor) made(f *frame, i int) *path.Node {
	if f.sum != nil {
		for _, e := range f.sum.Exits {
			if i < len(e.Results) && e.Results[i] != nil && e.Results[i].Kind == path.Fresh {
				return f.sub.Apply(e.Results[i])
			}
		}
	}
	return x.result(f, i)
}

// registersStore checks a store of the function at hand itself: to a field of an
// object, an entry of a map, or a variable of another package.
func (x *executor) registersStore(s *state, site ssa.Instruction, addr *path.Node, v ssa.Value) {
	st := []summary.Store{{Addr: addr, Val: x.eval(s, v)}}
	if c, ok := v.(*ssa.Call); ok {
		if b, ok := c.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			st[0].Val = x.eval(s, c.Call.Args[1])
		}
	}
	if copied, ok := site.(*ssa.Store); ok {
		st = append(st, x.copies(s, copied, addr)...)
	}
	x.register(s, site, "", st)
}

// copies lists the stores to the object at addr that its being a copy, made by st, of one
// that another package has made amounts to.
func (x *executor) copies(s *state, st *ssa.Store, addr *path.Node) (list []summary.Store) {
	load := x.engine.copied(st)
	if load == nil {
		return nil
	}
	from := x.eval(s, load.X)
	for _, c := range x.engine.StoredCalls(path.OwnerName(load.Type())) {
		cell := c.Value.Parent
		if c.Value.Kind != path.Deref || cell.Kind != path.Field {
			continue
		}
		cell = x.table.Replace(cell, x.table.Param(0), from)
		val := s.mem.get(cell)
		if val == nil {
			val = x.wired[cell]
		}
		if val != nil {
			list = append(list, summary.Store{Addr: x.table.Replace(cell, from, addr), Val: val})
		}
	}
	return list
}

// register checks stores that are made together at site, by a call of the
// function of that name or directly.
func (x *executor) register(s *state, site ssa.Instruction, by string, stores []summary.Store) {
	for _, st := range stores {
		for n := st.Addr; n != nil; n = n.Parent {
			owner, object := n.Owner, n.Parent
			switch n.Kind {
			case path.Field:
			case path.Global:
				owner, object = n.Name, nil
			default:
				continue
			}
			calls := x.engine.StoredCalls(owner)
			for i := range calls {
				r := registration{site: site, by: by, call: &calls[i], object: object}
				for _, r.value = range x.storedAt(s, &r, stores, st, x.slotIn(object, st.Addr), summary.Slot(r.call.Value), 0) {
					x.registered(s, r)
				}
			}
		}
	}
}

// slotIn returns the place of the cell addr in the object, or in the variable
// at its root.
func (x *executor) slotIn(object, addr *path.Node) string {
	if object != nil {
		addr = x.table.Replace(addr, object, x.table.Param(0))
	}
	return summary.Slot(addr)
}

// storedAt returns what st, which stores at the given place of the object,
// stores at the place slot: the value itself, or what is in it. Of what was made
// for that, an entry or the arguments of append, other stores tell what is in
// it, and of what else there is, the state.
func (x *executor) storedAt(s *state, r *registration, stores []summary.Store, st summary.Store, at, slot string, depth int) []*path.Node {
	rest, within := strings.CutPrefix(slot, at)
	if st.Val.Kind == path.Unknown || !within || depth > 2 || rest != "" && rest[0] != '.' && rest[0] != '[' {
		return nil
	}
	var all []*path.Node
	if rest == "" {
		all = append(all, st.Val)
	} else {
		all = x.inside(s, r, st.Val, rest)
	}
	if strings.HasSuffix(at, "[]") {
		all = append(all, s.elements(x.table.Elem(st.Val, r.site))...) // or it is a slice that is appended
		rest = "[]" + rest
	}
	for _, in := range stores {
		if in.Addr.Root() == st.Val && in.Addr != st.Val {
			below := summary.Slot(in.Addr)
			all = append(all, x.storedAt(s, r, stores, in, below, rest, depth+1)...)
			all = append(all, x.storedAt(s, r, stores, in, below, strings.TrimPrefix(rest, "[]"), depth+1)...)
		}
	}
	return all
}

// inside returns what s knows to be in val at the place rest, the end of that
// of the call of r.
func (x *executor) inside(s *state, r *registration, val *path.Node, rest string) []*path.Node {
	part, slot := r.call.Value, summary.Slot(r.call.Value)
	for part != nil && summary.Slot(part)+rest != slot {
		part = part.Parent
	}
	if part == nil {
		return nil
	}
	if t := x.typeOf(val); val.Kind == path.Struct || t != nil && path.IsStruct(t) {
		cell := x.table.FreshAt(0, "", r.site)
		s, val = s.store(cell, val), cell
	}
	n := x.table.Replace(r.call.Value, part, x.table.Param(0))
	sub := x.ofObject(s, r.site, val)
	load := sub.Load
	sub.Load = func(addr *path.Node) *path.Node {
		if v := x.wired[addr]; v != nil && s.mem.get(addr) == nil {
			return v
		}
		return load(addr)
	}
	return s.elements(sub.Apply(n))
}

// ofObject returns the rewriting of paths about object, as parameter 0, into those
// of the function at hand, with the contents that s has.
func (x *executor) ofObject(s *state, site ssa.Instruction, object *path.Node) *path.Substitution {
	return &path.Substitution{Table: x.table, Site: site,
		Load: func(addr *path.Node) *path.Node {
			v, _ := s.load(x.table, addr, site)
			return v
		},
		Root: func(n *path.Node) *path.Node {
			if n.Kind == path.Param {
				return object
			}
			return nil
		},
	}
}

// registered checks r now, and notes it for when the function returns: it may
// still complete the objects.
func (x *executor) registered(s *state, r registration) {
	if !slices.Contains(x.registrations, r) {
		x.registrations = append(x.registrations, r)
	}
	x.check(s, &r)
}

// completed checks what was registered on every path to the block, in which the
// function returns in state s.
func (x *executor) completed(s *state, b *ssa.BasicBlock) {
	for i := range x.registrations {
		if r := &x.registrations[i]; r.site.Block().Dominates(b) {
			x.check(s, r)
		}
	}
}

// check checks what is stored by r against the call that will be made of it,
// with what s knows of the objects.
func (x *executor) check(s *state, r *registration) {
	value, object := s.named(x.table, r.value), s.named(x.table, r.object)
	if value.Kind == path.Unknown || object != nil && object.Kind == path.Unknown {
		return
	}
	later := &state{cond: s.cond, env: s.env, mem: s.mem, dirty: s.dirty}
	sub := x.ofObject(later, r.site, object)
	for _, h := range r.call.Held {
		p, mode, _ := x.lockOf(sub.Apply(h.Path), h.Mode)
		later = later.hold(p, mode, h.Steps)
	}
	args := make([]*path.Node, len(r.call.Args))
	for i, a := range r.call.Args {
		args[i] = sub.Apply(a)
	}
	if r.call.Method != "" && len(args) > 0 {
		args[0] = value
	}
	call, _ := r.site.(ssa.CallInstruction)
	for _, t := range x.known(value, r.call.Method, args) {
		f := &frame{target: t, site: call, depth: 1}
		if r.by != "" {
			f.steps = []summary.Step{x.stepAt(r.site.Pos(), summary.Calls, r.by, false)}
		}
		x.substitution(later, f)
		made := r.call.Call
		made.Text = x.display(t)
		f.steps = append(f.steps, made)
		x.meetsAll(later, f, r)
		x.calledThere(later, f, r)
	}
}

// meetsAll checks what the target of f, of which the steps end with its call, acquires.
func (x *executor) meetsAll(later *state, f *frame, r *registration) {
	for i := range f.sum.Acquires {
		x.meets(later, f, r, &f.sum.Acquires[i])
	}
}

// calledThere checks what is called by the target of f, as far as it is known here: a
// method of an interface value that it was passed, or that is in its object.
func (x *executor) calledThere(later *state, f *frame, r *registration) {
	for i := range f.sum.Calls {
		c := &f.sum.Calls[i]
		g, ok := x.engine.lasting(c.Guard)
		if !ok {
			continue
		}
		if g, ok = x.guard(later, f, g); !ok {
			continue
		}
		_, targets := x.reaches(c, f.sub.Apply(c.Fn), x.argumentsOf(f, c))
		for _, t := range targets {
			n := x.nested(f, c, t)
			if n == nil {
				continue
			}
			n.steps = append(f.follow(slices.Clip(f.steps), c.Steps), x.step(f.site, summary.Calls, x.display(t), true))
			inner := x.during(later, f, c).under(g)
			x.substitution(inner, n)
			x.meetsAll(inner, n, r)
		}
	}
}

// named returns n with the object that it starts at written as s knows it.
func (s *state) named(t *path.Table, n *path.Node) *path.Node {
	if n == nil {
		return nil
	}
	if m := s.env.get(n.Root()); m != nil {
		return t.Replace(n, n.Root(), m)
	}
	return n
}

// meets reports acquisition a of what is called by r, if that holds the lock.
func (x *executor) meets(later *state, f *frame, r *registration, a *summary.Acquire) {
	g, ok := x.engine.lasting(a.Guard)
	if !ok {
		return
	}
	guard, ok := x.guard(later, f, g)
	p, mode, rules := x.lockOf(f.sub.Apply(a.Path), a.Mode)
	l := later.lock(p)
	if !ok || l == nil || p.Kind == path.Unknown {
		return
	}
	held := operandOf(l.steps)
	place := firstName(held)
	if l.path.Root().Kind == path.Global {
		place = baseName(r.holder())
	}
	why := fmt.Sprintf("%s calls what is stored in %s%s while it holds %s", r.call.Call.Func, place, strings.TrimSuffix(summary.Slot(r.call.Value), "[]"), held)
	x.reportAt(l, r.site.Pos(), &summary.Acquire{
		Path: p, Mode: mode, Guard: guard, Steps: f.follow(slices.Clip(f.steps), a.Steps), Rules: union(union(a.Rules, rules), []string{why}),
	})
}

// operandOf names the lock that the last of steps takes, as it is written.
func operandOf(steps []summary.Step) string {
	text := steps[len(steps)-1].Text
	if dot := strings.LastIndexByte(text, '.'); dot > 0 {
		return text[:dot]
	}
	return text
}

// baseName returns the qualified name without the directory of the package.
func baseName(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }
