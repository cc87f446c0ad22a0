package heap

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Call is a call of a function that only the caller of the function at hand
// knows: an option, a visitor.
type Call struct {
	Fn   *path.Node
	Args []*path.Node
}

// dynamic adds the stores of a call of a function value, if it is known here,
// and notes it for the callers otherwise.
func (s *scope) dynamic(site ssa.CallInstruction) {
	c := site.Common()
	if c.IsInvoke() {
		return
	}
	args := make([]*path.Node, len(c.Args))
	for i, a := range c.Args {
		args[i] = s.eval(a)
	}
	s.apply(Call{s.eval(c.Value), args}, site)
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
	for _, fn := range s.elements(c.Fn) {
		switch {
		case fn.Kind == path.Func || fn.Kind == path.Closure:
			if fn.Fn != nil && len(fn.Fn.Blocks) > 0 {
				s.include(fn.Fn, s.passing(fn, c.Args, site), site)
				callee := s.h.scope(declared(fn.Fn))
				callee.followed = true
				callee.missed = callee.missed || slices.ContainsFunc(c.Args, func(a *path.Node) bool { return a.Kind == path.Unknown })
			}
		case open(fn) && len(s.calls) < maxTold:
			s.calls = append(s.calls, Call{fn, c.Args})
		}
	}
}

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

// containerOf returns the slice that n is an element of, or nil.
func containerOf(n *path.Node) *path.Node {
	switch {
	case n.Kind == path.Elem:
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
	return &path.Substitution{Table: t, Site: site, Load: s.content, Root: func(n *path.Node) *path.Node {
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

// madeBy names an object that the function called at site has made, or one of
// its callees; nil for other roots.
func (s *scope) madeBy(n *path.Node, site any) *path.Node {
	t := s.h.Table
	switch n.Kind {
	case path.Value:
		if instr, ok := n.Site.(ssa.Instruction); ok && instr.Parent() != s.fn {
			if !makesObject(n.Site.(ssa.Value)) {
				return t.Unknown()
			}
			return t.FreshAt(s.h.scope(instr.Parent()).number(instr), site)
		}
	case path.Fresh:
		k, ok := s.h.objectNumber(n)
		if !ok {
			return t.Unknown()
		}
		return t.FreshAt(k, site)
	}
	return nil
}

// tellCalls returns the calls that the callers of the function are told of.
func (s *scope) tellCalls(escaping []*path.Node) []Call {
	var out []Call
	for _, c := range s.calls {
		args := make([]*path.Node, len(c.Args))
		for i, a := range c.Args {
			if args[i] = a; !seenOutside(a, escaping) {
				args[i] = s.h.Table.Unknown()
			}
		}
		if seenOutside(c.Fn, escaping) {
			out = append(out, Call{c.Fn, args})
		}
	}
	return out
}
