package analyzer

import (
	"cmp"
	"go/types"
	"maps"
	"slices"
	"sync"
)

// told is what another package tells of itself. It is decoded when it is asked
// for.
type told struct {
	fact  PackageFact
	own   func() entries
	types func() entries
	known map[string]*typeFact // what typeFact has returned
}

func newTold(f PackageFact) *told {
	unpacked := func(data []byte) func() entries {
		return sync.OnceValue(func() entries { return unpack(decompress(data)) })
	}
	return &told{fact: f, own: unpacked(f.own), types: unpacked(f.types), known: map[string]*typeFact{}}
}

// funcFact returns the fact of the package-level function of that name, or nil.
func (t *told) funcFact(name string) *funcFact { return decodeFunc(t.own().get(name)) }

// typeFact returns the fact of the type of that name, or nil.
func (t *told) typeFact(name string) *typeFact {
	f, ok := t.known[name]
	if !ok {
		data := t.types().get(name)
		if data == nil {
			data = t.own().get(name)
		}
		f = decodeType(data)
		t.known[name] = f
	}
	return f
}

// told returns what pkg tells of itself: to those that import it, or, handed on by
// one that is imported, to those that meet its types there.
func (u *unit) told(pkg *types.Package) *told {
	t := u.packages[pkg]
	if t == nil {
		var f PackageFact
		if !u.pass.ImportPackageFact(pkg, &f) {
			if via := reaching(pkg.Path(), u.imports()); via != nil {
				f.types = via.reached.get(pkg.Path())
			}
		}
		t = newTold(f)
		u.packages[pkg] = t
	}
	return t
}

// importType returns the fact of a type of another package, or nil.
func (u *unit) importType(obj *types.TypeName) *typeFact {
	if obj.Pkg() == nil || obj.Pkg() == u.pass.Pkg || obj.Pkg().Scope().Lookup(obj.Name()) != obj {
		return nil
	}
	return u.told(obj.Pkg()).typeFact(obj.Name())
}

// imports returns the facts of the packages that are imported, by their paths.
func (u *unit) imports() map[string]*PackageFact {
	if u.direct == nil {
		u.direct = map[string]*PackageFact{}
		for _, pkg := range u.pass.Pkg.Imports() {
			f := new(PackageFact)
			if u.pass.ImportPackageFact(pkg, f) {
				u.direct[pkg.Path()] = f
			}
		}
	}
	return u.direct
}

// tell makes known to importers what the package tells of itself, and hands on what
// it was told of the packages of which they meet types in its API, and what these
// hand on.
func (u *unit) tell() {
	direct, handed := u.imports(), map[string][]byte{} // data is empty where a package has nothing to tell, but hands on
	for _, path := range slices.Sorted(maps.Keys(u.api().other)) {
		f := direct[path]
		if f == nil {
			f = reaching(path, direct)
		} else if len(f.types)+len(f.reached) > 0 {
			handed[path] = f.types
		}
		if f == nil {
			continue
		}
		for _, e := range f.reached {
			if _, ok := handed[string(e.name)]; !ok {
				handed[string(e.name)] = e.data
			}
		}
	}
	delete(handed, u.pass.Pkg.Path())
	u.exported.reached = newEntries(handed)
	if !u.exported.isEmpty() {
		u.pass.ExportPackageFact(&u.exported)
	}
}

// reaching returns the fact with the fewest entries that hands on what is told of
// the package with that path: what that one hands on is among them.
func reaching(path string, facts map[string]*PackageFact) *PackageFact {
	var found *PackageFact
	first := ""
	for via, f := range facts {
		if _, ok := f.reached.find(path); !ok {
			continue
		}
		if found == nil || cmp.Or(cmp.Compare(len(f.reached), len(found.reached)), cmp.Compare(via, first)) < 0 {
			found, first = f, via
		}
	}
	return found
}
