package heap

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// maxExported bounds the stores of a function that importers are told of. A
// function with more tells nothing.
const maxExported = 24

// Exported returns the part of fn's effects that connects what a caller
// passes or gets: stores of parameters, results made of parameters. It is nil
// if there is none.
func (h *Heap) Exported(fn *ssa.Function) *Effects { return h.export(fn, true) }

// export is Exported, with the options among the results only if that is asked for.
func (h *Heap) export(fn *ssa.Function, options bool) *Effects {
	if len(fn.Blocks) == 0 || !h.touches(fn) {
		return nil
	}
	e, s := h.Effects(fn), h.scope(fn)
	sub := &path.Substitution{Table: h.Table, Root: s.freshRoots}
	out := &Effects{}
	useful := false
	for _, st := range e.Stores {
		if !(open(st.Addr) || freshlyMade(st.Addr.Root()) || h.registry(st.Addr.Root())) || !open(st.Val) && !st.Val.Any(freshlyMade) {
			continue
		}
		addr, val := h.Table.AnyUnnamed(sub.Apply(st.Addr)), h.Table.AnyElement(sub.Apply(st.Val))
		if !addr.Visible() || !val.Visible() {
			continue
		}
		useful = useful || open(val)
		out.Stores = append(out.Stores, Store{addr, val})
	}
	for _, addr := range s.filledByCallers(e) {
		useful = true
		out.Stores = append(out.Stores, Store{h.Table.AnyElement(addr), h.Table.Unknown()})
	}
	for i, r := range e.Results {
		if r != nil {
			t := fn.Signature.Results().At(i).Type()
			useful = useful || freshlyMade(r) && (generic(t) || h.registers(t) && s.knownWhole(e))
			r = h.Table.AnyElement(sub.Apply(r))
			if !r.Visible() || r.Kind == path.Const {
				r = nil
			}
		}
		useful = useful || r != nil && open(r)
		out.Results = append(out.Results, r)
	}
	if out.Calls = h.applications(e, sub); options {
		out.Literals = s.made(sub)
	}
	useful = useful || len(out.Calls)+len(out.Literals) > 0
	if !useful || len(out.Stores) > maxExported {
		return nil
	}
	return out
}

// filledByCallers returns the addresses to which function literals store that the
// function hands to others which only its callers know: what they store is what
// these pass. Importers are not told of calls.
func (s *scope) filledByCallers(e *Effects) []*path.Node {
	if len(e.Calls) == 0 {
		return nil
	}
	var out []*path.Node
	for _, st := range s.stores {
		if st.Val.Kind == path.Unknown && open(st.Addr) && st.Addr.Visible() {
			out = append(out, st.Addr)
		}
	}
	return out
}

// registry reports whether n is a variable that importers register something in.
func (h *Heap) registry(n *path.Node) bool {
	return n.Kind == path.Global && h.Called != nil && h.Called(n.Name)
}

// generic reports whether t is a generic type or a pointer to one: what importers
// instantiate it with, it can hold.
func generic(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.TypeArgs().Len() > 0
}

// registers reports whether t is a pointer to a struct in which callers may register
// what its package calls: functions, or objects by an interface of the package.
func (h *Heap) registers(t types.Type) bool {
	n := pointedTo(t)
	if n == nil || n.Obj().Pkg() == nil {
		return false
	}
	is, ok := h.registries[n]
	if !ok {
		if is = callable(n, n.Obj().Pkg(), maxRegistered); h.registries == nil {
			h.registries = map[*types.Named]bool{}
		}
		h.registries[n] = is
	}
	return is
}

// maxRegistered bounds the structs and containers within one another in which callable
// looks.
const maxRegistered = 4

// callable reports whether a value of type t is or contains a function, or an interface
// value of a type of package pkg.
func callable(t types.Type, pkg *types.Package, depth int) bool {
	if depth == 0 {
		return false
	}
	n, named := types.Unalias(t).(*types.Named)
	switch u := t.Underlying().(type) {
	case *types.Signature:
		return true
	case *types.Interface:
		return named && n.Obj().Pkg() == pkg
	case *types.Pointer:
		return callable(u.Elem(), pkg, depth-1)
	case *types.Slice:
		return callable(u.Elem(), pkg, depth-1)
	case *types.Map:
		return callable(u.Key(), pkg, depth-1) || callable(u.Elem(), pkg, depth-1)
	case *types.Struct:
		if named && n.Obj().Pkg() != pkg {
			return false
		}
		for f := range u.Fields() {
			if callable(f.Type(), pkg, depth-1) {
				return true
			}
		}
	}
	return false
}

// knownWhole reports whether importers can be told of all that the effects e put into
// new objects, but for what has nothing to do with theirs.
func (s *scope) knownWhole(e *Effects) bool {
	return !e.Incomplete && !slices.ContainsFunc(e.Stores, func(st Store) bool {
		if !freshlyMade(st.Addr.Root()) || open(st.Val) || st.Val.Any(freshlyMade) {
			return false
		}
		switch st.Val.Kind {
		case path.Const, path.Func, path.Closure:
			return false
		}
		t := s.typeOf(st.Val)
		return t == nil || callable(t, s.fn.Pkg.Pkg, maxRegistered)
	})
}

// touches reports whether fn could connect objects of its caller at all: it
// stores to memory, or returns something with identity.
func (h *Heap) touches(fn *ssa.Function) bool {
	if len(fn.Blocks) > 40 {
		return false
	}
	for r := range fn.Signature.Results().Variables() {
		if generic(r.Type()) || h.registers(r.Type()) {
			return true
		}
	}
	for _, p := range fn.Params {
		if hasIdentity(p.Type()) {
			return true
		}
	}
	return false
}

// freshRoots maps the objects that the function makes to numbered Fresh roots.
func (s *scope) freshRoots(n *path.Node) *path.Node {
	switch n.Kind {
	case path.Value:
		if makesObject(n.Site.(ssa.Value)) {
			return s.h.Table.FreshOf(s.number(n.Site.(ssa.Instruction)), path.TypeName(n.Type()))
		}
	case path.Fresh:
		return s.h.Table.FreshOf(s.h.objectNumber(n), n.Owner)
	}
	return nil
}
