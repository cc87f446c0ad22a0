package analyzer

import (
	"cmp"
	"go/types"
	"sync"
)

// told is what another package tells of itself. It is decoded when it is asked
// for.
type told struct {
	stored  []byte
	own     func() entries
	types   func() entries
	handed  []handedOn           // the same, by the package or by those who hand it on
	methods map[string]entries   // by type, what methodFact has decoded
	known   map[string]*typeFact // what typeFact has returned
}

// newTold returns what a package tells in its fact, or, if it is not imported, is told
// of by those that hand it on.
func newTold(f *PackageFact, handed ...handedOn) *told {
	t := &told{stored: f.stored, own: unpacked(f.own), handed: handed, methods: map[string]entries{}, known: map[string]*typeFact{}}
	t.types = unpacked(nil)
	for _, h := range handed {
		if len(h.types) > 0 {
			t.types = unpacked(h.types) // all are the same
		}
	}
	return t
}

func unpacked(data []byte) func() entries {
	return sync.OnceValue(func() entries { return unpack(decompress(data)) })
}

// funcFact returns the fact of the package-level function of that name, or nil.
func (t *told) funcFact(name string) *funcFact { return decodeFunc(t.own().get(name)) }

// methodFact returns the fact of the method of that name of a type, or nil.
func (t *told) methodFact(of, name string) *funcFact {
	methods, ok := t.methods[of]
	if !ok {
		methods = unpack(decompress(t.methodsOf(of)))
		t.methods[of] = methods
	}
	if data, ok := methods.find(name); ok {
		return decodeFunc(data)
	}
	return t.funcFact(of + "." + name)
}

// methodsOf returns what is handed on of the methods of a type.
func (t *told) methodsOf(name string) []byte {
	for _, h := range t.handed {
		if data := h.methods.get(name); data != nil {
			return data
		}
	}
	return nil
}

// typeFact returns the fact of the type of that name, or nil.
func (t *told) typeFact(name string) *typeFact {
	f, ok := t.known[name]
	if !ok {
		f = decodeType(t.types().get(name))
		t.known[name] = f
	}
	return f
}

// told returns what pkg tells of itself: to those that import it, or, handed on by
// those that are imported, to those that meet its types there.
func (u *unit) told(pkg *types.Package) *told {
	t := u.packages[pkg]
	if t == nil {
		if f := u.imports()[pkg.Path()]; f != nil {
			t = newTold(f, f.told)
		} else {
			t = newTold(new(PackageFact), u.handed(pkg.Path())...)
		}
		u.packages[pkg] = t
	}
	return t
}

// handed returns what the packages that are imported hand on of the one with that path.
func (u *unit) handed(path string) []handedOn {
	var all []handedOn
	for _, pkg := range u.pass.Pkg.Imports() {
		f := u.imports()[pkg.Path()]
		if f == nil {
			continue
		}
		if data, ok := f.reached.find(path); ok {
			all = append(all, decodeHandedOn(data))
		}
	}
	return all
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
// it was told of the types of other packages that they come across in its API: of the
// methods of those that they get values of, and of all types of those packages, and of
// those of which these hand something on.
func (u *unit) tell() {
	types, methods := u.typesMet(), u.methodsGot()
	reached := map[string][]byte{}
	for path, m := range methods {
		reached[path] = handedOn{newEntries(m), types[path]}.encode()
	}
	for path, t := range types {
		if _, ok := methods[path]; !ok {
			reached[path] = handedOn{types: t}.encode()
		}
	}
	u.exported.reached = newEntries(reached)
	if !u.exported.isEmpty() {
		u.pass.ExportPackageFact(u.exported)
	}
}

// methodsGot returns what is told of the methods of types of other packages that importers
// get values of, by the paths of the packages and the names of the types.
func (u *unit) methodsGot() map[string]map[string][]byte {
	all := map[string]map[string][]byte{}
	for obj := range u.api().got {
		if obj.Pkg() == u.pass.Pkg {
			continue
		}
		if data := u.told(obj.Pkg()).methodsOf(obj.Name()); data != nil {
			path := obj.Pkg().Path()
			if all[path] == nil {
				all[path] = map[string][]byte{}
			}
			all[path][obj.Name()] = data
		}
	}
	return all
}

// typesMet returns the facts of the types of packages that importers come across, by the
// paths of the packages. They are empty where a package has nothing to tell, but hands on.
func (u *unit) typesMet() map[string][]byte {
	direct, all := u.imports(), map[string][]byte{}
	for path, e := range u.api().others {
		if e < met {
			continue
		}
		f := direct[path]
		if f == nil {
			f = reaching(path, direct)
		} else if len(f.told.types)+len(f.reached) > 0 {
			all[path] = f.told.types
		}
		if f == nil {
			continue
		}
		for _, e := range f.reached {
			all[string(e.name)] = decodeHandedOn(e.data).types
		}
	}
	delete(all, u.pass.Pkg.Path())
	return all
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
