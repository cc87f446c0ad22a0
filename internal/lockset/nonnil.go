package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// excluded reports whether l says that a pointer is nil which is not, at the
// instruction at in state s, that two are not one object which are, that an object
// is one of a package where those of others are stored, or that a count is below 0.
func (x *executor) excluded(s *state, l summary.Literal, at ssa.Instruction) bool {
	switch {
	case l.Const == "nil":
		return !l.Neg && x.notNil(s, l.Path, at)
	case x.belowCount(l):
		return true
	case l.Const == "true" && l.Neg:
		return x.oneByRule(l.Path)
	case l.Const == "true":
		return x.fromElsewhere(l.Path)
	}
	return false
}

// fromElsewhere reports whether p asks if what is in a field is an object of one
// package, and this package stores those of another one in such fields.
func (x *executor) fromElsewhere(p *path.Node) bool {
	v, pkg, ok := p.Declared()
	if !ok || v.Kind != path.Deref || v.Parent.Kind != path.Field {
		return false
	}
	_, stored := x.engine.InField(v)
	return slices.ContainsFunc(stored, func(t types.Type) bool {
		return t != nil && !types.IsInterface(t) && path.HomeOf(t) != pkg
	})
}

// oneByRule reports whether p asks if two pointers are equal that are, by the
// heap invariants that hold: who tests l.owner != o in a loop over the objects
// of o keeps clear of o's lock.
func (x *executor) oneByRule(p *path.Node) bool {
	if p.Kind != path.Binary || p.Index != int(token.EQL) || p.Key.Kind == path.Const {
		return false
	}
	a, _ := x.engine.Canon(x.fn, p.Parent)
	b, _ := x.engine.Canon(x.fn, p.Key)
	if a == p.Parent && b == p.Key {
		return false
	}
	same := x.table.Binary(token.EQL, a, b)
	return same.Kind == path.Const && same.Name == "true"
}

// notNil reports whether p is known not to be nil: it is an object made here, or a slice with elements,
// the state says so (as it does of an object that a callee made, if the callee
// does not return nil instead), or it has been followed on every path to at, where a nil
// pointer would have panicked.
func (x *executor) notNil(s *state, p *path.Node, at ssa.Instruction) bool {
	if neverNil(p) || x.isSentinel(p) || s.cond.Has(summary.Is(p, "nil").Not()) || x.hasElements(s, p) {
		return true
	}
	if at == nil {
		return false
	}
	v := x.root(p)
	return v != nil && x.isFollowed(v, at) || x.loadFollowed(s, p, at)
}

// isSentinel reports whether p is what is in a package-level error of another package, whatever
// has been called: errors to compare with are made once.
func (x *executor) isSentinel(p *path.Node) bool {
	if !inPackageError(p) {
		return false
	}
	g, ok := p.Parent.Site.(*ssa.Global)
	return ok && !x.engine.Own(g.Pkg)
}

// taken returns s, where l has just been found true, with what that says of
// other values: what a map does not have is zero, and by the convention of Go
// pointers that come with a nil error are not nil. Of functions of the same package
// their results tell.
func (x *executor) taken(s *state, l summary.Literal) *state {
	if m, found := lookedUp(l); m != nil && found {
		return x.foundThere(s, m, "true")
	} else if m != nil {
		return x.notThere(x.foundThere(s, m, "false"), m)
	}
	if l.Const != "nil" || l.Neg {
		return s
	}
	call := x.failing(s, l.Path)
	if call == nil || call.Call.StaticCallee() == nil || call.Call.StaticCallee().Pkg == x.fn.Pkg {
		return s
	}
	results := call.Call.Signature().Results()
	for i := range results.Len() {
		if isPointer(results.At(i).Type()) {
			r := x.table.Extract(x.table.Value(call), i)
			if v := s.env.get(r); v != nil {
				r = v
			}
			if t, ok := s.assume(summary.Is(r, "nil").Not()); ok {
				s = t
			}
		}
	}
	return s
}

// failing returns the call of which p is the error, one of several results, or nil. The
// error may be known to be an object that the callee makes.
func (x *executor) failing(s *state, p *path.Node) *ssa.Call {
	site := p.Site
	if p.Kind == path.Extract {
		site = p.Parent.Site
	}
	call, ok := site.(*ssa.Call)
	if !ok {
		return nil
	}
	results := call.Call.Signature().Results()
	for i := range results.Len() {
		r := x.table.Extract(x.table.Value(call), i)
		if isError(results.At(i).Type()) && (p == r || p.Kind == path.Fresh && p == s.env.get(r)) {
			return call
		}
	}
	return nil
}

// notThere returns s, where the lookup m has found nothing, with the element zero, if
// nothing has been stored to such elements since the function began: it is named as it
// was then.
func (x *executor) notThere(s *state, m *ssa.Lookup) *state {
	zero := x.zeroElement(m)
	n := x.lookup(s, m)
	if zero.Kind != path.Const || n.Kind != path.Lookup || s.isDirty(n) || s.mem.get(n) != nil {
		return s
	}
	if t, ok := s.assume(summary.Is(n, zero.Name)); ok {
		return t
	}
	return s
}

// zeroElement returns what the lookup m gives where the map has no such element.
func (x *executor) zeroElement(m *ssa.Lookup) *path.Node {
	if t, ok := m.X.Type().Underlying().(*types.Map); ok {
		return x.table.Zero(t.Elem())
	}
	return x.table.Unknown() // of a type parameter
}

// lookedUp returns the lookup that l says has found something, or nothing, or nil.
func lookedUp(l summary.Literal) (m *ssa.Lookup, found bool) {
	if l.Path.Kind != path.Extract || l.Path.Index != 1 || l.Path.Parent.Kind != path.Value {
		return nil, false
	}
	m, _ = l.Path.Parent.Site.(*ssa.Lookup)
	return m, l.Neg == (l.Const == "false")
}

// foundThere returns s, where the answer of the lookup m is found, with the map named
// as callers do, if it is what it was when the function began.
func (x *executor) foundThere(s *state, m *ssa.Lookup, found string) *state {
	n := x.lookup(s, m)
	if n.Kind != path.Lookup || !n.Visible() || s.isDirty(n) || s.mem.get(n) != nil {
		return s
	}
	if t, ok := s.assume(summary.Is(x.table.Extract(n, 1), found)); ok {
		return t
	}
	return s
}

// root returns the parameter or value that the path p is, or nil.
func (x *executor) root(p *path.Node) ssa.Value {
	switch p.Kind {
	case path.Param:
		if p.Index < len(x.fn.Params) {
			return x.fn.Params[p.Index]
		}
	case path.Value:
		v, _ := p.Site.(ssa.Value)
		return v
	}
	return nil
}

// argument returns a, argument i of a call in frame f of what a caller knows,
// in the caller's terms, or at least that it is some object, or nil.
func (x *executor) argument(s *state, f *frame, i int, a *path.Node) *path.Node {
	if v, every, _ := x.ofEvery(s, f.site, a, nil); v != nil {
		a = every // the loop calls with each element
	}
	if n := x.told(s, f, a, f.operandType(i)); n.Kind != path.Unknown {
		return n
	}
	return nil
}

// told returns a, a value of the type typ, if that is not nil, in the terms of callers. Of
// what they cannot name they are told that it is there, and of which type.
func (x *executor) told(s *state, f *frame, a *path.Node, typ types.Type) *path.Node {
	if n := x.table.General(a); n != nil && n.Visible() && !n.IsReturnedByAny() {
		return n
	}
	switch {
	case a.Kind == path.Struct:
		return x.table.WithParts(a, func(part *path.Node) *path.Node { return x.told(s, f, part, nil) })
	case a.Kind == path.Closure && a.Fn != nil && !x.engine.Relevant(a.Fn):
		return x.table.FuncNamed(a.Name) // what it has captured does not matter: it touches no lock
	case (a.Kind == path.Fresh || isPointer(a.Type()) || isPointer(typ)) && x.notNil(s, a, f.site):
		return x.table.NotNilOf(typeName(a, typ))
	}
	return x.table.Unknown()
}

// typeName returns the name of the pointer type of a, a value of the type typ, if that is
// not nil; "" where it is not known.
func typeName(a *path.Node, typ types.Type) string {
	switch name := path.TypeName(typ); {
	case name != "":
		return name
	case a.Kind == path.Fresh:
		return a.Owner
	}
	return path.TypeName(a.Type())
}

// operandType returns the type of argument i where f is the call itself, and
// not one that a callee makes.
func (f *frame) operandType(i int) types.Type {
	c := f.site.Common()
	if c.IsInvoke() {
		i--
	}
	if f.sum != nil || i < 0 || i >= len(c.Args) {
		return nil
	}
	return c.Args[i].Type()
}

func isPointer(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}
