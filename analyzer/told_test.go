package analyzer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"runtime"
	"slices"
	"testing"
	"weak"

	"golang.org/x/tools/go/analysis"
)

// separate analyses packages one by one, as a build system does: each knows the
// facts of those that it imports.
type separate struct {
	t        *testing.T
	fset     *token.FileSet
	packages map[string]*types.Package
	facts    map[*types.Package]*PackageFact
	last     weak.Pointer[analysis.Pass] // the last one
}

// Import returns a package that was analysed before.
func (s *separate) Import(path string) (*types.Package, error) { return s.packages[path], nil }

// analyse returns the findings in the package with that source and path.
func (s *separate) analyse(path, src string) []analysis.Diagnostic {
	file, err := parser.ParseFile(s.fset, path+".go", src, parser.ParseComments)
	if err != nil {
		s.t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Importer: s}
	pkg, err := conf.Check(path, s.fset, []*ast.File{file}, info)
	if err != nil {
		s.t.Fatal(err)
	}
	s.packages[path] = pkg
	var found []analysis.Diagnostic
	pass := &analysis.Pass{
		Analyzer: Analyzer, Fset: s.fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info,
		Report: func(d analysis.Diagnostic) { found = append(found, d) },
		ImportPackageFact: func(p *types.Package, fact analysis.Fact) bool {
			f := s.facts[p]
			if f == nil || !slices.Contains(pkg.Imports(), p) {
				return false
			}
			*fact.(*PackageFact) = *f
			return true
		},
		ExportPackageFact: func(fact analysis.Fact) { s.facts[pkg] = fact.(*PackageFact) },
	}
	s.last = weak.Make(pass)
	if _, err := Analyzer.Run(pass); err != nil {
		s.t.Fatal(err)
	}
	return found
}

// reached returns the paths of the packages that one hands on what is told of.
func (s *separate) reached(path string) []string {
	var paths []string
	if f := s.facts[s.packages[path]]; f != nil {
		for _, e := range f.reached {
			paths = append(paths, string(e.name))
		}
	}
	return paths
}

// TestReached checks that a package which gets values of another one by a third
// knows that one's methods, and that what importers can't reach is not handed on.
func TestReached(t *testing.T) {
	s := &separate{t: t, fset: token.NewFileSet(), packages: map[string]*types.Package{}, facts: map[*types.Package]*PackageFact{}}
	s.analyse("sync", `package sync; type Mutex struct { state int }; func (*Mutex) Lock() {}; func (*Mutex) Unlock() {}`)
	for _, name := range []string{"one", "two", "three"} {
		s.analyse(name, `package `+name+`
			import "sync"
			type T struct { Mu sync.Mutex }
			func (t *T) Do() { t.Mu.Lock(); t.Mu.Unlock() }
			type S[A any] struct { T; list []A }`)
	}
	s.analyse("user", `package user
		import ("one"; "two"; "three")
		type Alias[A any] = map[string]*one.S[A]
		type inner struct { t []interface { M() (three.T, error) } }
		type Outer struct { inner *inner }
		func f(t *two.T) { t.Do() }`)
	s.analyse("quiet", `package quiet; import "user"; var V user.Alias[int]; type E struct { user.Outer }`)
	for path, want := range map[string][]string{"one": nil, "user": {"one", "three"}, "quiet": {"one", "three", "user"}} {
		if got := s.reached(path); !slices.Equal(got, want) {
			t.Errorf("%s: reached %q, want %q", path, got, want)
		}
	}
	found := s.analyse("last", `package last
		import "quiet"
		func f() {
			t := quiet.V["x"]
			t.Mu.Lock()
			t.Do()
			t.Mu.Unlock()
		}`)
	if len(found) != 1 {
		t.Errorf("have %d findings, want 1", len(found))
	}
}

// TestLetGo checks that a fact, which a driver of many packages keeps for importers,
// does not keep the package that it is about.
func TestLetGo(t *testing.T) {
	s := &separate{t: t, fset: token.NewFileSet(), packages: map[string]*types.Package{}, facts: map[*types.Package]*PackageFact{}}
	s.analyse("sync", `package sync; type Mutex struct { state int }; func (*Mutex) Lock() {}; func (*Mutex) Unlock() {}`)
	s.analyse("one", `package one
		import "sync"
		type T struct { Mu sync.Mutex }
		func (t *T) Do() { t.Mu.Lock(); t.Mu.Unlock() }`)
	if s.facts[s.packages["one"]] == nil {
		t.Fatal("no fact")
	}
	runtime.GC()
	if s.last.Value() != nil {
		t.Error("the fact keeps the pass alive")
	}
	runtime.KeepAlive(s)
}

// TestOwn checks that facts about methods of types that importers get no values of
// stay where they are.
func TestOwn(t *testing.T) {
	s := &separate{t: t, fset: token.NewFileSet(), packages: map[string]*types.Package{}, facts: map[*types.Package]*PackageFact{}}
	s.analyse("sync", `package sync; type Mutex struct { state int }; func (*Mutex) Lock() {}; func (*Mutex) Unlock() {}`)
	s.analyse("one", `package one
		import "sync"
		type Met struct { f *inField; *embedded; Got []*inExported }
		type inField struct { Mu sync.Mutex }
		type inExported struct { Mu sync.Mutex }
		type embedded struct { Mu sync.Mutex }
		type passed struct { Mu sync.Mutex }
		type returned struct { Mu sync.Mutex }
		func Pass(*passed) (func(*passed) returned, error) { return nil, nil }
		func (t *inField) Do() { t.Mu.Lock(); t.Mu.Unlock() }
		func (t *inExported) Do() { t.Mu.Lock(); t.Mu.Unlock() }
		func (t *embedded) Do() { t.Mu.Lock(); t.Mu.Unlock() }
		func (t *passed) Do() { t.Mu.Lock(); t.Mu.Unlock() }
		func (t *returned) Do() { t.Mu.Lock(); t.Mu.Unlock() }`)
	f := s.facts[s.packages["one"]]
	for _, part := range []struct {
		entries entries
		want    []string
	}{
		{unpack(decompress(f.own)), []string{"inField.Do", "passed.Do"}},
		{f.told.methods, []string{"embedded", "inExported", "returned"}},
	} {
		var names []string
		for _, e := range part.entries {
			names = append(names, string(e.name))
		}
		if !slices.Equal(names, part.want) {
			t.Errorf("have %q, want %q", names, part.want)
		}
	}
}
