package analyzer

import (
	"go/types"
	"iter"
)

// extent tells how far importers of a package come across a type in what it exports.
type extent uint8

const (
	mentioned extent = iota // functions take values of it; who passes them has them from elsewhere
	met                     // it is in fields and methods, exported or not
	got                     // they get values without naming it: from variables, exported fields, elements, results
	extents
)

// api is what importers of a package come across of types.
type api struct {
	pkg    *types.Package
	seen   map[types.Type]bool
	got    map[*types.TypeName]bool // declared types, of any package
	others map[string]extent        // of the types of other packages, by the paths of these
	loose  names                    // fields of struct types that have no name
	later  [extents][]types.Type    // what is still to be visited
}

func newAPI(pkg *types.Package) *api {
	a := &api{pkg: pkg, seen: map[types.Type]bool{}, got: map[*types.TypeName]bool{}, others: map[string]extent{}}
	for _, name := range pkg.Scope().Names() {
		if obj := pkg.Scope().Lookup(name); obj.Exported() {
			a.later[got] = append(a.later[got], obj.Type())
		}
	}
	for i := range extents {
		e := got - i // what has a larger extent is known before
		for len(a.later[e]) > 0 {
			last := len(a.later[e]) - 1
			t := a.later[e][last]
			a.later[e] = a.later[e][:last]
			visitor{a, true, e}.visit(t)
		}
	}
	return a
}

// first reports whether t is seen for the first time.
func (a *api) first(t types.Type) bool {
	seen := a.seen[t]
	a.seen[t] = true
	return !seen
}

// visitor notes what there is in a type of the package or, if not here, of another one,
// which importers come across to the extent.
type visitor struct {
	*api
	here   bool
	extent extent
}

func (v visitor) visit(t types.Type) {
	switch t := t.(type) {
	case *types.Named:
		each(v, t.TypeArgs().Types())
		v.named(t.Origin())
	case *types.Alias:
		each(v, t.TypeArgs().Types())
		v.alias(t.Origin())
	case *types.TypeParam:
		if v.first(t) {
			v.visit(t.Constraint())
		}
	case *types.Map:
		v.visit(t.Key())
		v.visit(t.Elem())
	case interface{ Elem() types.Type }:
		v.visit(t.Elem())
	case *types.Tuple:
		for p := range t.Variables() {
			v.visit(p.Type())
		}
	case *types.Signature:
		v.part(t.Params(), mentioned)
		v.visit(t.Results())
	case *types.Struct:
		for f := range t.Fields() {
			v.loose.add(f.Name())
		}
		v.fields(t)
	case *types.Interface:
		for m := range t.ExplicitMethods() {
			v.part(m.Type(), toExtent(m.Exported()))
		}
		each(v, t.EmbeddedTypes())
	case *types.Union:
		for term := range t.Terms() {
			v.visit(term.Type())
		}
	}
}

func (v visitor) fields(t *types.Struct) {
	for f := range t.Fields() {
		v.part(f.Type(), toExtent(f.Exported() || f.Embedded()))
	}
}

func each[T types.Type](v visitor, list iter.Seq[T]) {
	for t := range list {
		v.visit(t)
	}
}

// toExtent returns to what extent importers come across parts of what they get.
func toExtent(open bool) extent {
	if open {
		return got
	}
	return met
}

// part notes what is in a part of a type, which importers come across to the extent e
// at most. What is in types of another package, but not got, that package knows.
func (v visitor) part(t types.Type, e extent) {
	switch {
	case e >= v.extent:
		v.visit(t)
	case v.here:
		v.later[e] = append(v.later[e], t)
	}
}

func (v visitor) named(t *types.Named) {
	obj := t.Obj()
	if obj.Pkg() == nil {
		return // predeclared
	}
	from := v.here
	if v.here = obj.Pkg() == v.pkg; from && !v.here {
		path := obj.Pkg().Path()
		v.others[path] = max(v.others[path], v.extent)
	}
	if !v.here && v.extent < got || !v.first(t) {
		return
	}
	if v.extent == got {
		v.got[obj] = true
	}
	each(v, t.TypeParams().TypeParams())
	if st, ok := t.Underlying().(*types.Struct); ok {
		v.fields(st)
	} else {
		v.visit(t.Underlying())
	}
	for m := range t.Methods() {
		v.part(m.Type(), toExtent(m.Exported()))
	}
}

func (v visitor) alias(t *types.Alias) {
	if v.first(t) {
		each(v, t.TypeParams().TypeParams())
		v.visit(t.Rhs())
	}
}
