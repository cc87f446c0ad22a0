package driver

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/lockreentry/lockreentry/analyzer"
)

// A nogoConfig describes one unit of a build system as Bazel's rules_go
// describes it to nogo: sources, compiled packages of the imports, facts of
// those imports that are not in the standard library, and where the results go.
type nogoConfig struct {
	ImportPath string
	GoFiles    []string
	Export     map[string]string // import path: file with export data
	Facts      map[string]string // import path: file with facts
	FactsOut   string
	ReportOut  string
}

// A nogoUnit analyses one package in a process of its own, with nothing but
// what its configuration names. Facts are encoded as x/tools does it: those on
// package-level functions and variables go one import far, those on methods,
// fields and types all the way.
type nogoUnit struct {
	cfg     nogoConfig
	fset    *token.FileSet
	files   []*ast.File
	pkg     *types.Package
	info    *types.Info
	facts   map[factKey]analysis.Fact
	results map[*analysis.Analyzer]any
	report  bytes.Buffer
}

// factKey identifies a fact; obj is nil for facts on packages.
type factKey struct {
	pkg *types.Package
	obj types.Object
	typ reflect.Type
}

// gobFact is a fact in a file.
type gobFact struct {
	Package string
	Object  objectpath.Path // "" for facts on packages
	Fact    analysis.Fact
}

// runNogoUnit is the program: nogo-unit config-file.
func runNogoUnit(args []string) error {
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	u := &nogoUnit{
		fset:    token.NewFileSet(),
		facts:   make(map[factKey]analysis.Fact),
		results: make(map[*analysis.Analyzer]any),
	}
	if err := json.Unmarshal(text, &u.cfg); err != nil {
		return err
	}
	registerFacts(analyzer.Analyzer)
	for _, phase := range []func() error{u.load, u.readFacts, u.analyse, u.writeFacts} {
		if err := phase(); err != nil {
			return fmt.Errorf("%s: %w", u.cfg.ImportPath, err)
		}
	}
	return os.WriteFile(u.cfg.ReportOut, u.report.Bytes(), 0o666)
}

// registerFacts tells gob of the fact types of a and what it requires.
func registerFacts(a *analysis.Analyzer) {
	for _, f := range a.FactTypes {
		gob.Register(f)
	}
	for _, req := range a.Requires {
		registerFacts(req)
	}
}

// load parses and type-checks the package.
func (u *nogoUnit) load() error {
	for _, name := range u.cfg.GoFiles {
		file, err := parser.ParseFile(u.fset, name, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		u.files = append(u.files, file)
	}
	u.info = &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Instances:    make(map[*ast.Ident]types.Instance),
		Scopes:       make(map[ast.Node]*types.Scope),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
	conf := types.Config{Importer: importer.ForCompiler(u.fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(u.cfg.Export[path])
	})}
	var err error
	u.pkg, err = conf.Check(u.cfg.ImportPath, u.fset, u.files, u.info)
	return err
}

// readFacts reads the facts of the imports.
func (u *nogoUnit) readFacts() error {
	packages := make(map[string]*types.Package)
	var visit func(*types.Package)
	visit = func(p *types.Package) {
		for _, imp := range p.Imports() {
			if packages[imp.Path()] == nil {
				packages[imp.Path()] = imp
				visit(imp)
			}
		}
	}
	visit(u.pkg)
	for _, imp := range u.pkg.Imports() {
		name, ok := u.cfg.Facts[imp.Path()]
		if !ok {
			continue // the standard library has no facts
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		var list []gobFact
		if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&list); err != nil {
			return err
		}
		for _, f := range list {
			u.addFact(packages[f.Package], f)
		}
	}
	return nil
}

// addFact takes in a fact on an object of pkg, if that object can be seen.
func (u *nogoUnit) addFact(pkg *types.Package, f gobFact) {
	if pkg == nil {
		return
	}
	key := factKey{pkg: pkg, typ: reflect.TypeOf(f.Fact)}
	if f.Object != "" {
		obj, err := objectpath.Object(pkg, f.Object)
		if err != nil {
			return
		}
		key = factKey{obj: obj, typ: key.typ}
	}
	u.facts[key] = f.Fact
}

// analyse runs the analyzer and what it requires.
func (u *nogoUnit) analyse() error { return u.run(analyzer.Analyzer) }

// run runs a after what it requires.
func (u *nogoUnit) run(a *analysis.Analyzer) error {
	if _, done := u.results[a]; done {
		return nil
	}
	pass := &analysis.Pass{
		Analyzer: a, Fset: u.fset, Files: u.files, Pkg: u.pkg, TypesInfo: u.info,
		TypesSizes: types.SizesFor("gc", "amd64"), ResultOf: make(map[*analysis.Analyzer]any),
		Report: func(d analysis.Diagnostic) {
			p := u.fset.Position(d.Pos)
			fmt.Fprintf(&u.report, "%s:%d:%d: %s\n", filepath.Base(p.Filename), p.Line, p.Column, d.Message)
		},
		ReadFile: func(name string) ([]byte, error) {
			if !slices.Contains(u.cfg.GoFiles, name) {
				return nil, fmt.Errorf("%s is outside of the sandbox", name)
			}
			return os.ReadFile(name)
		},
		ImportObjectFact:  func(o types.Object, f analysis.Fact) bool { return u.importFact(factKey{obj: o}, f) },
		ImportPackageFact: func(p *types.Package, f analysis.Fact) bool { return u.importFact(factKey{pkg: p}, f) },
		AllObjectFacts: func() (list []analysis.ObjectFact) {
			for k, f := range u.facts {
				if k.obj != nil {
					list = append(list, analysis.ObjectFact{Object: k.obj, Fact: f})
				}
			}
			return list
		},
		AllPackageFacts: func() (list []analysis.PackageFact) {
			for k, f := range u.facts {
				if k.pkg != nil {
					list = append(list, analysis.PackageFact{Package: k.pkg, Fact: f})
				}
			}
			return list
		},
	}
	pass.ExportObjectFact = func(o types.Object, f analysis.Fact) { u.facts[factKey{obj: o, typ: reflect.TypeOf(f)}] = f }
	pass.ExportPackageFact = func(f analysis.Fact) { u.facts[factKey{pkg: u.pkg, typ: reflect.TypeOf(f)}] = f }
	for _, req := range a.Requires {
		if err := u.run(req); err != nil {
			return err
		}
		pass.ResultOf[req] = u.results[req]
	}
	result, err := a.Run(pass)
	u.results[a] = result
	return err
}

// importFact copies a fact to f.
func (u *nogoUnit) importFact(key factKey, f analysis.Fact) bool {
	key.typ = reflect.TypeOf(f)
	found, ok := u.facts[key]
	if ok {
		reflect.ValueOf(f).Elem().Set(reflect.ValueOf(found).Elem())
	}
	return ok
}

// writeFacts writes the facts that importers may see, sorted.
func (u *nogoUnit) writeFacts() error {
	var list []gobFact
	var encoder objectpath.Encoder
	for key := range maps.Keys(u.facts) {
		f := gobFact{Fact: u.facts[key]}
		if key.obj == nil {
			if key.pkg != u.pkg {
				continue
			}
			f.Package = key.pkg.Path()
		} else {
			path, err := encoder.For(key.obj)
			toplevel := key.obj.Parent() != nil && key.obj.Parent() == key.obj.Pkg().Scope()
			_, isType := key.obj.(*types.TypeName)
			if err != nil || toplevel && !isType && key.obj.Pkg() != u.pkg {
				continue
			}
			f.Package, f.Object = key.obj.Pkg().Path(), path
		}
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b gobFact) int {
		return strings.Compare(
			fmt.Sprint(a.Package, "\n", a.Object, "\n", reflect.TypeOf(a.Fact)),
			fmt.Sprint(b.Package, "\n", b.Object, "\n", reflect.TypeOf(b.Fact)))
	})
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(list); err != nil {
		return err
	}
	return os.WriteFile(u.cfg.FactsOut, buf.Bytes(), 0o666)
}
