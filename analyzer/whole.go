package analyzer

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"runtime/debug"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/callgraph"
	"github.com/lockreentry/lockreentry/internal/finding"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A Source is a type-checked package with its syntax.
type Source struct {
	Types *types.Package
	Files []*ast.File
	Info  *types.Info
}

// A World is a set of packages that holds all that its packages import.
type World struct {
	Fset     *token.FileSet
	Packages []Source
	// Reported tells of which packages the findings are wanted: a finding is
	// returned if its path touches one of them.
	Reported func(*types.Package) bool
}

// A Diagnostic is a diagnostic of a package.
type Diagnostic struct {
	Package *types.Package
	analysis.Diagnostic
}

// Whole analyses the program of each of the main packages as a closed world:
// dynamic calls reach what flows there in any package of the program, and
// stores of all its packages make or break invariants of the heap. So it finds
// what is wired in a third package. It returns the diagnostics of all programs,
// each once, in the order of the source.
//
// Unlike the Analyzer it needs the source of all packages at once.
func Whole(w *World, mains []*types.Package, o Options) ([]Diagnostic, error) {
	prog := w.build()
	files := w.files()
	var out []Diagnostic
	for _, main := range mains {
		p := &program{world: w, prog: prog, main: prog.Package(main)}
		var err error
		if p.core, err = newCore(&o, newCallTexts(w.Fset, files)); err != nil {
			return nil, fmt.Errorf("analyze program %s: %w", main.Path(), err)
		}
		found, err := p.run()
		if err != nil {
			return nil, fmt.Errorf("analyze program %s: %w", main.Path(), err)
		}
		out = append(out, found...)
	}
	slices.SortStableFunc(out, w.inSource)
	return slices.CompactFunc(out, func(a, b Diagnostic) bool { return a.Pos == b.Pos && a.Message == b.Message }), nil
}

// build makes the SSA form of all packages but those that models stand for.
func (w *World) build() *ssa.Program {
	prog := ssa.NewProgram(w.Fset, 0)
	for _, s := range w.Packages {
		if isModelled(s.Types.Path()) {
			prog.CreatePackage(s.Types, nil, nil, true)
		} else {
			prog.CreatePackage(s.Types, s.Files, s.Info, true)
		}
	}
	prog.Build()
	return prog
}

func (w *World) files() []*ast.File {
	var all []*ast.File
	for _, s := range w.Packages {
		all = append(all, s.Files...)
	}
	return all
}

func (w *World) inSource(a, b Diagnostic) int {
	p, q := w.Fset.Position(a.Pos), w.Fset.Position(b.Pos)
	return cmp.Or(cmp.Compare(p.Filename, q.Filename), cmp.Compare(p.Offset, q.Offset), cmp.Compare(a.Message, b.Message))
}

// program is the analysis of a whole program.
type program struct {
	core
	world *World
	prog  *ssa.Program
	main  *ssa.Package
	own   map[*ssa.Package]bool
}

// run analyses the program.
func (p *program) run() (out []Diagnostic, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal error: %v", r)
			if w := p.options.debugWriter(); w != nil {
				fmt.Fprintf(w, "%s: %v\n%s", p.main.Pkg.Path(), r, debug.Stack())
			}
		}
	}()
	p.prepare()
	found := p.findings()
	p.trace(p.main.Pkg.Path())
	return p.report(found), nil
}

// prepare lists the functions of the program and connects the parts of the
// analysis.
func (p *program) prepare() {
	p.own = map[*ssa.Package]bool{}
	reachable := callgraph.Reachable(p.main)
	for _, s := range p.world.Packages {
		pkg := p.prog.Package(s.Types)
		if isModelled(s.Types.Path()) {
			continue
		}
		p.own[pkg] = true
		for _, fn := range declared(pkg, s.Files, s.Info) {
			if reachable[path.Outermost(fn)] && p.models[path.FuncName(fn)] == nil {
				p.funcs = append(p.funcs, fn)
			}
		}
	}
	p.fact = func(*types.Func) *funcFact { return nil }
	p.connect(p.prog)
	p.heap.Closed = true
	p.engine.Own = func(pkg *ssa.Package) bool { return p.own[pkg] }
	p.engine.Closed = true
	p.engine.StoredCalls = func(string) []summary.Stored { return nil }
	for _, s := range p.world.Packages {
		p.engine.Imports = append(p.engine.Imports, s.Types)
	}
}

// report returns the findings on whose path there is a package that is asked
// for, without those that a directive suppresses.
func (p *program) report(found []finding.Finding) []Diagnostic {
	asked, files := map[string]bool{}, []*ast.File{}
	packages := map[string]*types.Package{}
	for _, s := range p.world.Packages {
		for _, f := range s.Files {
			name := p.world.Fset.File(f.Package).Name()
			packages[name] = s.Types
			if p.world.Reported(s.Types) {
				asked[name] = true
				files = append(files, f)
			}
		}
	}
	directives := newIgnores(p.world.Fset, files, p.options)
	fileOf := func(pos token.Pos) string { return p.world.Fset.File(pos).Name() }
	var out []Diagnostic
	for i := range found {
		f := &found[i]
		touches := slices.ContainsFunc(f.Path(), func(r finding.Related) bool { return r.Pos.IsValid() && asked[fileOf(r.Pos)] })
		if touches && !directives.suppress(f) {
			out = append(out, Diagnostic{packages[fileOf(f.Pos)], p.diagnostic(f)})
		}
	}
	if p.options.Identity {
		p.lookForRules()
	}
	for _, d := range p.identities() {
		if file := fileOf(d.Pos); asked[file] {
			out = append(out, Diagnostic{packages[file], d})
		}
	}
	return out
}

// lookForRules looks for rules about all types that are asked for, as the run by
// packages does for importers.
func (p *program) lookForRules() {
	for _, s := range p.world.Packages {
		if !p.world.Reported(s.Types) {
			continue
		}
		for named := range namedTypes(s.Types) {
			p.heap.Inverses(named)
		}
	}
}
