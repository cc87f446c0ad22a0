package lockset

import (
	"go/types"
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A function may lock an object that no caller can name, and pass it to what its
// caller has passed: `s := r.find(id); s.mu.Lock(); f(s)`. Callers are told that
// the lock of the argument is held.

// heldByArgument returns the held lock l, which callers can't name, as one of an
// argument of the call at hand, if it is one.
func (x *executor) heldByArgument(l *lockState, f *frame, args []*path.Node) []summary.Held {
	for i, a := range args {
		if a = a.Plain(); l.held && !a.Visible() && a.Kind != path.Unknown && l.path.HasPrefix(a) {
			if p := x.table.Replace(l.path, a, x.table.Arg(i, typeName(a, f.operandType(i)))); p.Visible() {
				return []summary.Held{{Path: p, Mode: l.mode, Retaken: l.released, Steps: l.steps}}
			}
		}
	}
	return nil
}

// underArguments checks what the target of nested, called by call c of the target of
// f in state s, does to the locks that are held of its arguments.
func (x *executor) underArguments(s *state, f *frame, c *summary.Call, nested *frame) {
	g, any := *nested, false
	g.args = slices.Clone(g.args)
	for _, h := range c.Held {
		if n := h.Path.Root(); n.Kind == path.Arg && n.Index < len(g.args) {
			g.args[n.Index], any = x.table.ArgAt(n, f.depth, f.site), true
		}
	}
	if any {
		x.instantiate(s, &g)
	}
}

// flagsOf returns the flags and numbers, as far as they are known in s, of the objects made
// here among the arguments of the call in frame f of what a caller knows: the function at hand
// may change them afterwards.
func (x *executor) flagsOf(s *state, f *frame, args []*path.Node) []summary.Store {
	if f.sum != nil || len(s.locks) == 0 {
		return nil
	}
	var flags []summary.Store
	for i, a := range args {
		p, ok := f.operandType(i).(*types.Pointer)
		if !ok || freshRoot(a) == nil {
			continue
		}
		u, ok := p.Elem().Underlying().(*types.Struct)
		if !ok || u.NumFields() > maxFields {
			continue
		}
		for j := range u.NumFields() {
			if !path.IsBasic(u.Field(j).Type(), types.IsBoolean|types.IsInteger) {
				continue
			}
			if v, _ := x.content(s, x.table.Field(a, p.Elem(), j), f.site); v.Kind == path.Const {
				flags = append(flags, summary.Store{Addr: x.table.Field(x.table.Arg(i, typeName(a, p)), p.Elem(), j), Val: v})
			}
		}
	}
	return flags
}

// tellLiterals puts the function literals among args, which have captured variables of the
// function at hand, in the terms of callers: these are variables that the call makes. What
// they contain is told with c.
func (x *executor) tellLiterals(s *state, c *summary.Call, args []*path.Node) {
	for i, a := range args {
		if a.Kind != path.Closure || a.Visible() || a.Fn != nil && !x.engine.Relevant(a.Fn) {
			continue
		}
		ex := &exporter{x: x, s: s, fresh: map[*path.Node]bool{}}
		if c.Args[i] = ex.value(a); c.Args[i] != nil {
			c.Flags = append(c.Flags, ex.newCells()...)
		}
	}
}

// withNew returns g where the objects exist whose flags call c of the target of f tells.
func (x *executor) withNew(g summary.Guard, f *frame, c *summary.Call) summary.Guard {
	for _, st := range c.Flags {
		if st.Addr.Root().Kind != path.Arg {
			continue
		}
		g, _ = g.And(summary.Is(f.sub.Apply(st.Addr.Root()), "nil").Not())
	}
	return g
}

// withFlags returns args, of call c that the target of f makes, with a name for each object
// that the target has made and whose flags it tells.
func (x *executor) withFlags(args []*path.Node, c *summary.Call, f *frame) []*path.Node {
	for _, st := range c.Flags {
		if n := st.Addr.Root(); n.Kind == path.Arg && n.Index < len(args) {
			args = slices.Clone(args)
			args[n.Index] = x.table.ArgAt(n, f.depth, f.site)
		}
	}
	return args
}
