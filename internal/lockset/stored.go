package lockset

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A package can hold a lock of an object while it calls what others have stored
// in the object: handlers, observers, hooks. It does not know what these do, and
// who stores them does not see the lock. The former notes such calls with the
// type of the object, and the latter looks them up where it stores something.

// noteStored notes the call of value, found in an object that the function was
// passed, under the locks of that object that the function has taken; or found
// in a package-level variable, under such locks.
func (x *executor) noteStored(s *state, site ssa.CallInstruction, value *path.Node, method string) {
	object, slot := value.Root(), summary.Slot(value)
	owner := x.ownerOf(object)
	if owner == "" || slot == "" && object.Kind != path.Global {
		return
	}
	st := summary.Stored{Slot: slot, Method: method, Call: x.step(site, summary.Calls, x.source(site), false)}
	for i := range s.locks {
		l := &s.locks[i]
		if !l.held || l.released || l.handed() || !l.path.Visible() {
			continue
		}
		if root := l.path.Root(); root == object || root.Kind == path.Global && object.Kind == path.Global {
			p := x.table.Replace(l.path, object, x.table.Param(0))
			st.Held = append(st.Held, summary.Held{Path: p, Mode: l.mode, Steps: l.steps})
		}
	}
	if len(st.Held) > 0 {
		x.engine.addStored(owner, st)
	}
}

// ownerOf returns the name of the type that the parameter n points to, or of
// the variable n that importers can set, or "".
func (x *executor) ownerOf(n *path.Node) string {
	if g, ok := n.Site.(*ssa.Global); ok && n.Kind == path.Global && x.engine.Own(g.Pkg) && token.IsExported(g.Name()) {
		return n.Name
	}
	if n.Kind != path.Param || n.Index >= len(x.fn.Params) {
		return ""
	}
	return path.OwnerName(x.fn.Params[n.Index].Type())
}

// maxStoredCalls bounds the calls of what is stored that are noted with a type.
const maxStoredCalls = 16

// addStored notes st with the type owner, unless such a call is known already.
func (e *Engine) addStored(owner string, st summary.Stored) {
	same := func(o summary.Stored) bool {
		return o.Slot == st.Slot && o.Method == st.Method && sameHeld(o.Held, st.Held)
	}
	if len(e.stored[owner]) >= maxStoredCalls || slices.ContainsFunc(e.stored[owner], same) {
		return
	}
	if e.stored == nil {
		e.stored = map[string][]summary.Stored{}
	}
	e.stored[owner] = append(e.stored[owner], st)
}

// StoredIn returns the calls that objects of the named type of this package make,
// under their locks, of what is stored in them.
func (e *Engine) StoredIn(owner string) []summary.Stored { return e.stored[owner] }

// registers checks what the target, a function of another package, stores for
// later calls under a lock: what is stored here must not take that lock.
func (x *executor) registers(s *state, f *frame) {
	if f.fn == nil || len(f.fn.Blocks) > 0 || x.engine.owns(f.fn) {
		return
	}
	sig := f.fn.Signature
	stores := x.engine.Effects(f.fn)
	for _, st := range stores {
		object := st.Addr.Root()
		owner := path.OwnerName(parameter(sig, object))
		if owner == "" {
			continue
		}
		for _, c := range x.engine.StoredCalls(owner) {
			for _, val := range storedAt(stores, st, c.Slot, 0) {
				x.registered(s, f, &c, f.sub.Apply(object), f.sub.Apply(val))
			}
		}
	}
}

// storedAt returns what st stores at the slot of the object that it stores to:
// the value itself, or what is in it where it was made for that, an entry or
// the arguments of append.
func storedAt(stores []summary.Store, st summary.Store, slot string, depth int) []*path.Node {
	at := summary.Slot(st.Addr)
	rest, within := strings.CutPrefix(slot, at)
	switch {
	case st.Val == nil || !within || depth > 2:
		return nil
	case st.Val.Kind != path.Fresh && rest == "":
		return []*path.Node{st.Val}
	}
	if strings.HasSuffix(at, "[]") {
		rest = "[]" + rest // a slice in a slice is one container
	}
	var all []*path.Node
	for _, in := range stores {
		if in.Addr.Root() == st.Val && in.Addr != st.Val {
			all = append(all, storedAt(stores, in, rest, depth+1)...)
			all = append(all, storedAt(stores, in, strings.TrimPrefix(rest, "[]"), depth+1)...)
		}
	}
	return all
}

// parameter returns the type of the parameter of a function with signature sig
// that n is, the receiver being the first; an invalid type if it is none.
func parameter(sig *types.Signature, n *path.Node) types.Type {
	i := n.Index
	if sig.Recv() != nil {
		if i == 0 && n.Kind == path.Param {
			return sig.Recv().Type()
		}
		i--
	}
	if n.Kind != path.Param || i < 0 || i >= sig.Params().Len() {
		return types.Typ[types.Invalid]
	}
	return sig.Params().At(i).Type()
}

// registered checks value, stored in object by the call of frame f, against the
// call c that will be made of it.
func (x *executor) registered(s *state, f *frame, c *summary.Stored, object, value *path.Node) {
	if object.Kind == path.Unknown || value.Kind == path.Unknown {
		return
	}
	steps := []summary.Step{x.step(f.site, summary.Calls, x.display(f.target), false)}
	x.calledLater(s, c, object, value, &registration{site: f.site, pos: position(f.site), steps: steps})
}

// assigns checks val, stored at pos to the address addr in a variable of another
// package, against the calls that that package makes of it.
func (x *executor) assigns(s *state, pos token.Pos, addr, val *path.Node) {
	object := addr.Root()
	g, ok := object.Site.(*ssa.Global)
	if !ok || object.Kind != path.Global || x.engine.Own(g.Pkg) || val.Kind == path.Unknown || !pos.IsValid() {
		return
	}
	for _, c := range x.engine.StoredCalls(object.Name) {
		if c.Slot == summary.Slot(addr) {
			x.calledLater(s, &c, object, val, &registration{pos: pos})
		}
	}
}

// calledLater reports whether st is to a variable of another package that calls
// what is in it under a lock.
func (e *Engine) calledLater(st *ssa.Store) bool {
	addr := st.Addr
	for f, ok := addr.(*ssa.FieldAddr); ok; f, ok = addr.(*ssa.FieldAddr) {
		addr = f.X
	}
	g, ok := addr.(*ssa.Global)
	return ok && !e.Own(g.Pkg) && len(e.StoredCalls(e.Table.Global(g).Name)) > 0
}

// registration is where something is stored for later calls.
type registration struct {
	site  ssa.CallInstruction // nil where it is assigned to a variable
	pos   token.Pos
	steps []summary.Step
}

// calledLater checks value, stored in object, against the call c that will be
// made of it.
func (x *executor) calledLater(s *state, c *summary.Stored, object, value *path.Node, r *registration) {
	var args []*path.Node
	if c.Method != "" {
		args = append(args, value)
	}
	later := &state{cond: s.cond, env: s.env, mem: s.mem, dirty: s.dirty}
	for _, h := range c.Held {
		p, mode, _ := x.lockOf(x.table.Replace(h.Path, x.table.Param(0), object), h.Mode)
		later = later.hold(p, mode, h.Steps)
	}
	for _, t := range x.known(value, c.Method, args) {
		g := &frame{target: t, site: r.site, steps: r.steps, depth: 1}
		x.substitution(later, g)
		for i := range t.sum.Acquires {
			x.meets(later, g, c, object, &t.sum.Acquires[i], r.pos)
		}
	}
}

// meets reports acquisition a of what is called by c, if that holds the lock.
func (x *executor) meets(later *state, f *frame, c *summary.Stored, object *path.Node, a *summary.Acquire, pos token.Pos) {
	guard, ok := x.guard(later, f, a.Guard)
	p, mode, rules := x.lockOf(f.sub.Apply(a.Path), a.Mode)
	l := later.lock(p)
	if !ok || l == nil || p.Kind == path.Unknown {
		return
	}
	call := c.Call
	call.Text = x.display(f.target)
	held := operandOf(l.steps)
	in := firstName(held)
	if object.Kind == path.Global {
		in, _ = object.NameIn(x.fn)
	}
	why := fmt.Sprintf("%s calls what is stored in %s%s while it holds %s", call.Func, in, strings.TrimSuffix(c.Slot, "[]"), held)
	x.reportAt(l, pos, &summary.Acquire{
		Path: p, Mode: mode, Guard: guard, Steps: f.follow(append(slices.Clip(f.steps), call), a.Steps), Rules: union(union(a.Rules, rules), []string{why}),
	})
}

// operandOf names the lock that the last of steps takes, as it is written.
func operandOf(steps []summary.Step) string {
	text := steps[len(steps)-1].Text
	if dot := lastDot(text); dot > 0 {
		return text[:dot]
	}
	return text
}
