package heap

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Call is a call of a function that only the caller of the function at hand
// knows: an option, a visitor. With the name of a method it is one of this method
// of the interface value Fn.
type Call struct {
	Fn     *path.Node
	Method string
	Args   []*path.Node
}

// call adds the stores that a call makes to objects of this function.
func (s *scope) call(site ssa.CallInstruction) {
	c := site.Common()
	if b, ok := c.Value.(*ssa.Builtin); ok {
		s.builtin(site, b.Name(), c.Args)
		return
	}
	callee := c.StaticCallee()
	if callee == nil {
		s.dynamic(site)
		return
	}
	s.include(callee, s.substitution(site, callee), site)
}

// include adds the stores of a callee, rewritten by sub.
func (s *scope) include(callee *ssa.Function, sub *path.Substitution, site ssa.Instruction) {
	e := s.h.effectsFor(s.fn, callee)
	if e == inCycle && declared(callee) == s.fn {
		s.repeats = append(s.repeats, repeat{sub, site})
		return
	}
	if !s.takeOver(e, sub, site) {
		s.h.scope(callee).missed = true
	}
	s.given(e, sub, site)
}

// takeOver adds the stores of a callee with effects e; false if they are too many.
func (s *scope) takeOver(e *Effects, sub *path.Substitution, site ssa.Instruction) bool {
	if s.incomplete = s.incomplete || e.Incomplete; len(s.stores)+len(e.Stores) > maxStores {
		s.incomplete = s.incomplete || len(e.Stores) > 0
		return false
	}
	for _, st := range e.Stores {
		s.add(sub.Apply(st.Addr), sub.Apply(st.Val))
	}
	for _, c := range e.Calls {
		args := make([]*path.Node, len(c.Args))
		for i, a := range c.Args {
			args[i] = sub.Apply(a)
		}
		s.apply(Call{sub.Apply(c.Fn), c.Method, args}, site)
	}
	return true
}

// closure adds the stores of a closure made here, to what it captured: it is
// taken to run. One that is called here is seen there, with its arguments.
func (s *scope) closure(mc *ssa.MakeClosure) {
	if onlyCalled(mc) {
		return
	}
	fn := mc.Fn.(*ssa.Function)
	t := s.h.Table
	if m := boundMethod(fn); m != nil {
		recv := s.eval(mc.Bindings[0])
		s.include(m, s.passing(recv, []*path.Node{recv}, mc), mc)
		return
	}
	sub := &path.Substitution{Table: t, Root: func(n *path.Node) *path.Node {
		switch n.Kind {
		case path.Free:
			if n.Index < len(mc.Bindings) {
				return s.eval(mc.Bindings[n.Index])
			}
			return t.Unknown()
		case path.Param:
			return t.Unknown()
		}
		return nil
	}, Load: s.content}
	s.include(fn, sub, mc)
}

// boundMethod returns the method that fn, which a method value stands for, calls; nil for
// other functions, and where the receiver is an interface value.
func boundMethod(fn *ssa.Function) *ssa.Function {
	m, ok := fn.Object().(*types.Func)
	if !ok || len(fn.FreeVars) != 1 || m.Signature().Recv() == nil || !types.Identical(m.Signature().Recv().Type(), fn.FreeVars[0].Type()) {
		return nil
	}
	return fn.Prog.FuncValue(m)
}

// substitution maps the terms of callee to those of this function at site.
func (s *scope) substitution(site ssa.CallInstruction, callee *ssa.Function) *path.Substitution {
	t, c := s.h.Table, site.Common()
	return &path.Substitution{Table: t, Site: site, Load: s.content, Root: func(n *path.Node) *path.Node {
		switch n.Kind {
		case path.Param:
			if n.Index < len(c.Args) {
				return s.eval(c.Args[n.Index])
			}
			return t.Unknown()
		case path.Free:
			if mc, ok := c.Value.(*ssa.MakeClosure); ok && n.Index < len(mc.Bindings) {
				return s.eval(mc.Bindings[n.Index])
			}
			return t.Unknown()
		}
		return s.madeBy(n, site)
	}}
}

// builtin adds the stores of append and copy.
func (s *scope) builtin(site ssa.CallInstruction, name string, args []ssa.Value) {
	if (name != "append" && name != "copy") || len(args) < 2 || !hasIdentity(args[1].Type()) {
		return
	}
	into := s.eval(args[0])
	if v, ok := site.(*ssa.Call); ok && name == "append" {
		into = s.eval(v)
	}
	s.add(s.h.Table.Elem(into, nil), s.eval(args[1]))
}

// dynamic adds the stores of a call of a function value, if it is known here,
// and notes it for the callers otherwise.
func (s *scope) dynamic(site ssa.CallInstruction) {
	c := site.Common()
	call := Call{Fn: s.eval(c.Value), Args: make([]*path.Node, len(c.Args))}
	for i, a := range c.Args {
		call.Args[i] = s.eval(a)
	}
	if c.IsInvoke() {
		call.Method = c.Method.Name()
		if !slices.ContainsFunc(c.Args, func(a ssa.Value) bool { return hasIdentity(a.Type()) }) {
			return // it gets nothing that it could keep
		}
	}
	s.apply(call, site)
}

// maxApplied bounds the functions that call functions which they were passed,
// one inside the other.
const maxApplied = 3

// apply adds the stores of the functions that c may be a call of, as far as
// this function tells.
func (s *scope) apply(c Call, site ssa.Instruction) {
	if s.applied >= maxApplied || s.tries >= maxStores {
		return
	}
	s.applied++
	s.tries++
	defer func() { s.applied-- }()
	for _, fn := range s.elements(s.normal(c.Fn)) {
		switch {
		case c.Method != "":
			s.invoke(fn, c, site)
		case fn.Kind == path.Func || fn.Kind == path.Closure:
			if fn.Fn != nil && len(fn.Fn.Blocks) > 0 {
				s.include(fn.Fn, s.passing(fn, c.Args, site), site)
				s.found(fn, fn.Fn, c.Args)
			} else if e := s.h.literals[fn.Name]; e != nil {
				s.runs(fn, fn.Name, s.takeOver(e, s.passing(fn, c.Args, site), site) && !slices.ContainsFunc(c.Args, isUnknown))
			}
		case open(fn) && len(s.calls) < maxTold:
			s.calls = append(s.calls, Call{Fn: fn, Args: c.Args})
		}
	}
}

func isUnknown(n *path.Node) bool { return n.Kind == path.Unknown }

// elements returns what n may be where it is an element of something that was
// put together here, or else n itself.
func (s *scope) elements(n *path.Node) []*path.Node {
	c := containerOf(n)
	if c == nil {
		return []*path.Node{n}
	}
	var all []*path.Node
	for _, st := range s.stores {
		if st.Addr.Kind == path.Index && st.Addr.Parent == c && !slices.Contains(all, st.Val) {
			all = append(all, st.Val)
		}
	}
	if all == nil {
		return []*path.Node{s.h.Table.Elem(c, nil)}
	}
	return all
}

// containerOf returns the slice or map that n is an element of, or nil.
func containerOf(n *path.Node) *path.Node {
	switch {
	case n.Kind == path.Elem || n.Kind == path.Lookup:
		return n.Parent
	case n.Kind == path.Deref && n.Parent.Kind == path.Index:
		return n.Parent.Parent
	}
	return nil
}

// passing maps the terms of the function value fn to those of the function at
// hand, where it is called with args.
func (s *scope) passing(fn *path.Node, args []*path.Node, site ssa.Instruction) *path.Substitution {
	t := s.h.Table
	return &path.Substitution{Table: t, Site: site, Load: s.captured, Root: func(n *path.Node) *path.Node {
		switch {
		case n.Kind == path.Param && n.Index < len(args):
			return args[n.Index]
		case n.Kind == path.Free && n.Index < len(fn.Args):
			return fn.Args[n.Index]
		case n.Kind == path.Param || n.Kind == path.Free:
			return t.Unknown()
		}
		return s.madeBy(n, site)
	}}
}

// captured returns the content of addr, be it a variable that a callee has made for a
// function which captured it.
func (s *scope) captured(addr *path.Node) *path.Node {
	if addr.Kind == path.Fresh {
		if v := s.stored(addr); v != nil {
			return v
		}
	}
	return s.content(addr)
}

// madeBy names an object that the function called at site has made, or one of
// its callees; nil for other roots.
func (s *scope) madeBy(n *path.Node, site any) *path.Node {
	t := s.h.Table
	instr, ok := n.Site.(ssa.Instruction)
	switch {
	case n.Kind != path.Fresh && (n.Kind != path.Value || !ok || instr.Parent() == s.fn):
		return nil
	case n.Kind == path.Value && !makesObject(n.Site.(ssa.Value)):
		return t.Unknown()
	}
	if call, ok := site.(*ssa.Call); ok {
		if into := s.mould(call, n); into != nil {
			return into
		}
	}
	if n.Kind == path.Fresh {
		return t.FreshAt(s.h.objectNumber(n), n.Owner, site)
	}
	return t.FreshAt(s.h.scope(instr.Parent()).number(instr), path.TypeName(n.Type()), site)
}

// tellCalls returns the calls that the callers of the function are told of.
func (s *scope) tellCalls(escaping []*path.Node) []Call {
	var out []Call
	for _, c := range s.calls {
		args := make([]*path.Node, len(c.Args))
		for i, a := range c.Args {
			if args[i] = s.h.Table.General(a); !seenOutside(args[i], escaping) {
				args[i] = s.h.Table.Unknown()
			}
		}
		if seenOutside(c.Fn, escaping) {
			out = append(out, Call{c.Fn, c.Method, args})
		}
	}
	return out
}
