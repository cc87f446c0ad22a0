package analyzer

import (
	"go/types"
	"iter"
)

// api is what importers of a package meet of types: in what it exports, and in the
// fields and methods of what they meet, exported or not.
type api struct {
	pkg   *types.Package
	met   map[types.Type]bool // declared types of the package, and type parameters
	other map[string]bool     // paths of the packages that other types are of
}

func newAPI(pkg *types.Package) *api {
	a := &api{pkg: pkg, met: map[types.Type]bool{}, other: map[string]bool{}}
	for _, name := range pkg.Scope().Names() {
		if obj := pkg.Scope().Lookup(name); obj.Exported() {
			a.visit(obj.Type())
		}
	}
	return a
}

// visit notes what is met in t.
func (a *api) visit(t types.Type) {
	switch t := t.(type) {
	case *types.Named:
		each(a, t.TypeArgs().Types())
		a.named(t.Origin())
	case *types.Alias:
		each(a, t.TypeArgs().Types())
		a.alias(t.Origin())
	case *types.TypeParam:
		if a.first(t) {
			a.visit(t.Constraint())
		}
	case *types.Map:
		a.visit(t.Key())
		a.visit(t.Elem())
	case interface{ Elem() types.Type }:
		a.visit(t.Elem())
	case *types.Tuple:
		for v := range t.Variables() {
			a.visit(v.Type())
		}
	case *types.Signature:
		a.visit(t.Params())
		a.visit(t.Results())
		each(a, t.TypeParams().TypeParams())
	case *types.Struct:
		for f := range t.Fields() {
			a.visit(f.Type())
		}
	case *types.Interface:
		for m := range t.ExplicitMethods() {
			a.visit(m.Type())
		}
		each(a, t.EmbeddedTypes())
	case *types.Union:
		for term := range t.Terms() {
			a.visit(term.Type())
		}
	}
}

func each[T types.Type](a *api, list iter.Seq[T]) {
	for t := range list {
		a.visit(t)
	}
}

// first reports whether t is met for the first time.
func (a *api) first(t types.Type) bool {
	met := a.met[t]
	a.met[t] = true
	return !met
}

// named notes the declared type t. What is met in one of another package, that
// package knows.
func (a *api) named(t *types.Named) {
	obj := t.Obj()
	switch {
	case obj.Pkg() == nil: // predeclared
	case obj.Pkg() != a.pkg:
		a.other[obj.Pkg().Path()] = true
	case a.first(t):
		each(a, t.TypeParams().TypeParams())
		a.visit(t.Underlying())
		for m := range t.Methods() {
			a.visit(m.Type())
		}
	}
}

func (a *api) alias(t *types.Alias) {
	if a.first(t) {
		each(a, t.TypeParams().TypeParams())
		a.visit(t.Rhs())
	}
}
