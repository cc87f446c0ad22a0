package analyzer

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/finding"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// unit is the analysis of one package.
type unit struct {
	core
	pass     *analysis.Pass
	packages map[*types.Package]*told    // what other packages tell
	direct   map[string]*PackageFact     // what imports has returned
	api      func() *api                 // of the package
	exported *PackageFact                // what importers are told; outlives the unit, which it must not hold
	stored   map[string][]summary.Stored // what storedCalls has returned
	asked    map[string]bool             // fields in which importers are told of calls
}

func newUnit(pass *analysis.Pass, o *Options) (*unit, error) {
	c, err := newCore(o, newCallTexts(pass.Fset, pass.Files))
	if err != nil {
		return nil, err
	}
	u := &unit{
		core: c, pass: pass, packages: map[*types.Package]*told{},
		exported: new(PackageFact), stored: map[string][]summary.Stored{}, asked: map[string]bool{},
		api: sync.OnceValue(func() *api { return newAPI(pass.Pkg) }),
	}
	u.fact = u.importFact
	return u, nil
}

// run analyses the package: facts for importers, and diagnostics. A failure of
// the analysis itself becomes a diagnostic, which a driver shows for the
// packages that it was asked for; an error would also take down everything
// that imports the package.
func (u *unit) run() {
	if isModelled(u.pass.Pkg.Path()) || !u.concerned() {
		u.report(nil)
	} else {
		u.analyse()
	}
	if importable(u.pass.Pkg) {
		u.tell()
	}
}

func (u *unit) analyse() {
	defer func() {
		if r := recover(); r != nil {
			u.failed(r)
		}
	}()
	u.prepare()
	found := u.findings()
	if importable(u.pass.Pkg) {
		u.export()
	}
	u.trace(u.pass.Pkg.Path())
	u.report(found)
}

// failed reports that the package could not be analysed.
func (u *unit) failed(reason any) {
	pos := token.NoPos
	if len(u.pass.Files) > 0 {
		pos = u.pass.Files[0].Name.Pos()
	}
	u.pass.Report(analysis.Diagnostic{
		Pos: pos, Category: NotAnalysed,
		Message: fmt.Sprintf("package %s could not be analysed: internal error: %v [%s]", u.pass.Pkg.Path(), reason, NotAnalysed),
	})
	if w := u.options.debugWriter(); w != nil {
		fmt.Fprintf(w, "%s: %v\n%s", u.pass.Pkg.Path(), reason, debug.Stack())
	}
}

// NotAnalysed is the category of the diagnostic that tells that a package
// could not be analysed.
const NotAnalysed = "not-analysed"

// prepare builds the SSA form and connects the parts of the analysis.
func (u *unit) prepare() {
	pkg := u.build()
	u.connect(pkg.Prog)
	u.heap.Pkg, u.heap.Proved, u.heap.Settled = u.pass.Pkg.Path(), u.proved, u.settled
	u.heap.Called = func(name string) bool { return len(u.engine.StoredIn(name)) > 0 }
	u.engine.Own = func(p *ssa.Package) bool { return p == pkg }
	u.engine.Imports = u.pass.Pkg.Imports()
	if m := u.pass.Module; m != nil {
		u.engine.Module = m.Path
	}
	u.engine.StoredCalls = u.storedCalls
}

// isModelled reports whether the table of models stands for the whole package.
func isModelled(pkg string) bool {
	return pkg == "sync" || pkg == "internal/sync" || pkg == "runtime" || strings.HasPrefix(pkg, "internal/runtime/")
}

// build makes the SSA form of the package and lists its functions. Of the imports those
// are created whose functions or variables are mentioned; methods of others are on demand.
// So there are no calls of their initializers.
func (u *unit) build() *ssa.Package {
	prog := ssa.NewProgram(u.pass.Fset, ssa.BareInits)
	mentioned := u.mentioned()
	for _, p := range u.pass.Pkg.Imports() {
		if mentioned[p] {
			prog.CreatePackage(p, nil, nil, true)
		}
	}
	pkg := prog.CreatePackage(u.pass.Pkg, u.pass.Files, u.pass.TypesInfo, false)
	pkg.Build()
	u.funcs = declared(pkg, u.pass.Files, u.pass.TypesInfo)
	return pkg
}

// mentioned returns the other packages whose functions or variables the package mentions.
func (u *unit) mentioned() map[*types.Package]bool {
	found := map[*types.Package]bool{}
	for _, obj := range u.pass.TypesInfo.Uses {
		pkg := obj.Pkg()
		if pkg == nil || pkg == u.pass.Pkg || found[pkg] {
			continue
		}
		switch obj := obj.(type) {
		case *types.Func:
			found[pkg] = obj.Signature().Recv() == nil
		case *types.Var:
			found[pkg] = obj.Parent() == pkg.Scope()
		}
	}
	return found
}

func (u *unit) report(found []finding.Finding) {
	slices.SortStableFunc(found, u.inSource)
	directives := newIgnores(u.pass.Fset, u.pass.Files, u.options)
	for i := range found {
		if !directives.suppress(&found[i]) {
			u.pass.Report(u.diagnostic(&found[i]))
		}
	}
	for _, d := range slices.Concat(directives.report(u.pass.Pkg.Name()), u.identities()) {
		u.pass.Report(d)
	}
}

// inSource compares the places of findings in the source. The order of positions
// is no help: a driver may parse the files of a package in any order.
func (u *unit) inSource(a, b finding.Finding) int {
	p, q := u.pass.Fset.Position(a.Pos), u.pass.Fset.Position(b.Pos)
	return cmp.Or(cmp.Compare(p.Filename, q.Filename), cmp.Compare(p.Offset, q.Offset))
}
