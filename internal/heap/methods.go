package heap

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Methods of interface values that are known: of objects made here, or passed by who
// has made them, to a function that calls their methods. What these store counts like
// what a function stores that is passed.

// invoke adds the stores of the method that the call c of the interface value recv
// runs, if its type is known, and tells the callers of the call where they may know.
func (s *scope) invoke(recv *path.Node, c Call, site ssa.Instruction) {
	if isNil(recv) {
		return
	}
	args := append([]*path.Node{recv}, c.Args...)
	m := s.h.methodOf(s.dynamicType(recv), c.Method)
	name := "(" + s.typeName(recv) + ")." + c.Method
	switch told := s.h.literals[name]; {
	case told != nil && (m == nil || len(m.Blocks) == 0):
		s.runs(recv, name, s.takeOver(told, s.passing(recv, args, site), site) && !slices.ContainsFunc(args, isUnknown))
	case m != nil:
		s.runMethod(m, args, site)
	case open(recv) && len(s.calls) < maxTold:
		s.calls = append(s.calls, Call{recv, c.Method, c.Args})
	default:
		s.h.unfollowed[c.Method] = true
	}
}

// runMethod adds the stores of the method m, called with args.
func (s *scope) runMethod(m *ssa.Function, args []*path.Node, site ssa.Instruction) {
	s.include(m, s.passing(args[0], args, site), site)
	s.found(args[0], m, args)
}

// found notes that fn, or that method of the object of, is called here with args.
func (s *scope) found(of *path.Node, fn *ssa.Function, args []*path.Node) {
	known := !slices.ContainsFunc(args, isUnknown)
	callee := s.h.scope(declared(fn))
	callee.followed, callee.missed = true, callee.missed || !known
	s.runs(of, path.FuncName(fn), known)
}

// methodOf returns the method of that name of the type t, if this is known and no
// interface.
func (h *Heap) methodOf(t types.Type, name string) *ssa.Function {
	if t == nil || types.IsInterface(t) || h.Method == nil {
		return nil
	}
	return h.Method(t, name)
}

// dynamicType returns the type of what is in the interface value n, or nil.
func (s *scope) dynamicType(n *path.Node) types.Type {
	if as := s.as[n]; as != nil {
		n = as
	}
	if named := s.h.Table.Named; n.Kind == path.As && named != nil {
		return named(n.Owner)
	}
	return s.typeOf(n)
}

// typeName returns the name of the type of what is in the interface value n, after "*" for
// a pointer; "" if it is not known. That of another package may be known by its name only.
func (s *scope) typeName(n *path.Node) string {
	if as := s.as[n]; as != nil {
		n = as
	}
	switch {
	case n.Kind == path.As, n.Kind == path.Fresh:
		return n.Owner
	case n.Kind == path.Deref && n.Parent.Kind == path.Fresh:
		return strings.TrimPrefix(n.Parent.Owner, "*")
	}
	return ""
}

// nameIn notes by which type the function n is in an interface value, and returns it as
// what it is otherwise.
func (s *scope) nameIn(n *path.Node) *path.Node {
	if n == nil || n.Kind != path.As {
		return n
	}
	f := n.Parent
	if s.as == nil {
		s.as = map[*path.Node]*path.Node{}
	}
	if was := s.as[f]; was != nil && was != n {
		n = f // it may be the one or the other
	}
	s.as[f] = n
	return f
}

// inInterfaces returns the functions among the results by the types that they have in
// interface values.
func (s *scope) inInterfaces(results []*path.Node) []*path.Node {
	out := slices.Clone(results)
	for i, r := range out {
		if as := s.as[r]; r != nil && as != nil {
			out[i] = as
		}
	}
	return out
}

// followsMethod reports whether all calls of the method fn by an interface are seen,
// with what they pass.
func (h *Heap) followsMethod(fn *ssa.Function) bool {
	return h.scope(fn).followed && !h.unfollowed[fn.Name()]
}
