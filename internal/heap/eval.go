package heap

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// eval returns the path of v.
func (s *scope) eval(v ssa.Value) *path.Node {
	if n, ok := s.vals[v]; ok {
		return n
	}
	s.vals[v] = s.h.Table.Value(v) // what a cycle finds
	n := s.evaluate(v)
	s.vals[v] = n
	return n
}

func (s *scope) evaluate(v ssa.Value) *path.Node {
	switch v := v.(type) {
	case *ssa.Phi:
		return s.phi(v)
	case *ssa.Call:
		b, ok := v.Call.Value.(*ssa.Builtin)
		if !ok || b.Name() != "append" {
			return s.result(v, 0, s.h.Table.Value(v))
		}
		if isNil(s.eval(v.Call.Args[0])) {
			return s.h.Table.Value(v) // a container of its own
		}
	case *ssa.Extract:
		if c, ok := v.Tuple.(*ssa.Call); ok {
			return s.result(c, v.Index, s.h.Table.Extract(s.h.Table.Value(c), v.Index))
		}
	case *ssa.MakeInterface:
		return s.inInterface(v)
	case *ssa.UnOp:
		switch addr := v.X.(type) {
		case *ssa.Alloc:
			if n := s.settled(addr); n != nil {
				return n
			}
		case *ssa.FieldAddr:
			if n := s.part(addr); n != nil {
				return n
			}
		}
	}
	return s.h.Table.Resolve(v, s.eval)
}

// inInterface returns the path of what is in the interface value v: that of a
// function by its own name. With which methods it was seen is noted.
func (s *scope) inInterface(v *ssa.MakeInterface) *path.Node {
	n := s.eval(v.X)
	if as := s.h.Table.InInterface(n, v.X.Type()); as.Kind == path.As {
		s.nameIn(as)
	}
	return n
}

// result returns what result i of the call is.
func (s *scope) result(c *ssa.Call, i int, unknown *path.Node) *path.Node {
	e, sub := s.called(c)
	if e == nil || i >= len(e.Results) || e.Results[i] == nil {
		return unknown
	}
	n := s.nameIn(sub.Apply(e.Results[i]))
	if n.Kind == path.Unknown {
		return unknown
	}
	return n
}

// called returns the effects of the function that c calls, in its terms, and the rewriting
// of those; nil if it is not known.
func (s *scope) called(c *ssa.Call) (*Effects, *path.Substitution) {
	if callee := c.Call.StaticCallee(); callee != nil {
		return s.h.effectsFor(s.fn, callee), s.substitution(c, callee)
	}
	if c.Call.IsInvoke() {
		return nil, nil
	}
	fn := s.eval(c.Call.Value)
	if fn.Kind != path.Closure && fn.Kind != path.Func {
		return nil, nil
	}
	e := s.h.literals[fn.Name]
	if fn.Fn != nil && len(fn.Fn.Blocks) > 0 {
		e = s.h.effectsFor(s.fn, fn.Fn)
	}
	args := make([]*path.Node, len(c.Call.Args))
	for i, a := range c.Call.Args {
		args[i] = s.eval(a)
	}
	return e, s.passing(fn, args, c)
}

// phi returns what all incoming values are, or the container that they are
// all elements of. What a loop has made is the object of the turn before.
func (s *scope) phi(v *ssa.Phi) *path.Node {
	t, self := s.h.Table, s.h.Table.Value(v)
	var common *path.Node
	loop, differ := false, false
	for _, n := range s.joined(v.Edges, v) {
		switch {
		case isNil(n):
		case n.Any(func(m *path.Node) bool { return m == self }):
			loop = true
		case madeAfter(n, v):
			return self
		case common == nil:
			common = n
		case common != n:
			common, differ = commonPrefix(common, n), true
		}
	}
	switch {
	case common == nil || common.IsRoot() && (loop || differ) && common.Kind == path.Value:
		return self
	case !loop && !differ:
		return common
	}
	return t.Elem(common, v)
}

// madeAfter reports whether n is or is in an object that is made only after the
// φ: it will be another one by then.
func madeAfter(n *path.Node, phi *ssa.Phi) bool {
	return n.Any(func(m *path.Node) bool {
		if !freshlyMade(m) {
			return false
		}
		made, ok := m.Site.(ssa.Instruction)
		return ok && made.Parent() == phi.Parent() && phi.Block().Dominates(made.Block())
	})
}

// commonPrefix returns the longest path that a and b both start with.
func commonPrefix(a, b *path.Node) *path.Node {
	for n := a; n != nil; n = n.Parent {
		if b.HasPrefix(n) {
			return n
		}
	}
	return nil
}

// content returns the content of addr as far as this function alone tells:
// a value that all its stores agree on, or the plain content.
func (s *scope) content(addr *path.Node) *path.Node {
	t := s.h.Table
	if addr.Kind == path.Value {
		if cell, ok := addr.Site.(*ssa.Alloc); ok && cell.Parent() == s.fn {
			if n := s.settled(cell); n != nil {
				return n
			}
		}
	}
	return t.Deref(addr, nil)
}

// hasIdentity reports whether values of type t can be or hold pointers.
func hasIdentity(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	case *types.Array:
		return hasIdentity(u.Elem())
	case *types.Slice:
		_, basic := u.Elem().Underlying().(*types.Basic)
		return !basic
	case *types.Struct:
		for f := range u.Fields() {
			if hasIdentity(f.Type()) {
				return true
			}
		}
		return false
	}
	return true
}
