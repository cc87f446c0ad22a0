package analyzer

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/callgraph"
	"github.com/lockreentry/lockreentry/internal/codedoc"
	"github.com/lockreentry/lockreentry/internal/finding"
	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/lockset"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// unit is the analysis of one package.
type unit struct {
	pass    *analysis.Pass
	options *Options
	models  lock.Models
	table   *path.Table
	heap    *heap.Heap
	engine  *lockset.Engine
	funcs   []*ssa.Function // of the source, in its order
	known   map[string]*summary.Summary
	methods map[*types.TypeName]map[string]*FuncFact // of types of other packages
	calls   map[token.Pos]*ast.CallExpr
}

func newUnit(pass *analysis.Pass, o *Options) (*unit, error) {
	u := &unit{pass: pass, options: o, models: lock.Builtin(), table: path.NewTable(), known: map[string]*summary.Summary{}, methods: map[*types.TypeName]map[string]*FuncFact{}}
	if o.Models != "" {
		extra, err := lock.Parse("models", o.Models)
		if err != nil {
			return nil, err
		}
		for name, effects := range extra {
			u.models[name] = effects
		}
	}
	return u, nil
}

// run analyses the package: facts for importers, and diagnostics. A failure of
// the analysis itself becomes a diagnostic, which a driver shows for the
// packages that it was asked for; an error would also take down everything
// that imports the package.
func (u *unit) run() error {
	if isModelled(u.pass.Pkg.Path()) || !u.concerned() {
		u.report(nil)
		return nil
	}
	defer func() {
		if r := recover(); r != nil {
			u.failed(r)
		}
	}()
	u.prepare()
	found := u.findings()
	u.export()
	u.trace()
	u.report(found)
	return nil
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
	dynamic := callgraph.NewDynamic(u.funcs)
	u.heap = &heap.Heap{Table: u.table, Funcs: u.funcs, Imported: u.effects, Pkg: u.pass.Pkg.Path(), Proved: u.proved}
	u.engine = &lockset.Engine{
		Prog: pkg.Prog, Pkg: pkg, Table: u.table, Funcs: u.funcs,
		Known:   u.summary,
		Dynamic: dynamic.Callees,
		Stored:  u.heap.Functions,
		Canon:   u.heap.Canon,
		Effects: u.stores, StoredCalls: u.storedCalls,
		Source: u.source,
		Debug:  u.options.debugWriter(),
	}
}

// findings analyses every function of the package.
func (u *unit) findings() []finding.Finding {
	for _, fn := range u.funcs {
		u.engine.Findings(fn)
	}
	var found []finding.Finding
	for _, fn := range u.funcs {
		for _, f := range u.engine.Findings(fn) {
			if u.engine.HandedOver(f) {
				continue
			}
			found = append(found, finding.Finding{Code: f.Code, Pos: f.Pos, Held: f.Held, Steps: f.Steps, Rules: f.Rules})
		}
	}
	return found
}

// trace writes summaries and heap rules, if asked to.
func (u *unit) trace() {
	w := u.options.debugWriter()
	if w == nil {
		return
	}
	for _, fn := range u.funcs {
		if u.engine.Relevant(fn) {
			fmt.Fprintf(w, "%s: summary\n%s", fn, u.engine.Summary(fn))
		}
	}
	for _, r := range u.heap.Rules() {
		fmt.Fprintf(w, "%s: heap rule %s\n", u.pass.Pkg.Path(), r)
	}
}

// isModelled reports whether the table of models stands for the whole package.
func isModelled(pkg string) bool {
	return pkg == "sync" || pkg == "internal/sync" || pkg == "runtime" || strings.HasPrefix(pkg, "internal/runtime/")
}

// build makes the SSA form of the package and lists its functions.
func (u *unit) build() *ssa.Package {
	prog := ssa.NewProgram(u.pass.Fset, 0)
	for _, p := range u.pass.Pkg.Imports() {
		prog.CreatePackage(p, nil, nil, true)
	}
	pkg := prog.CreatePackage(u.pass.Pkg, u.pass.Files, u.pass.TypesInfo, false)
	pkg.Build()
	var add func(*ssa.Function)
	add = func(f *ssa.Function) {
		u.funcs = append(u.funcs, f)
		for _, anon := range f.AnonFuncs {
			add(anon)
		}
	}
	for _, file := range u.pass.Files {
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.FuncDecl); ok {
				if fn := prog.FuncValue(u.pass.TypesInfo.Defs[d.Name].(*types.Func)); fn != nil {
					add(fn)
				}
			}
		}
	}
	if init := pkg.Func("init"); init != nil {
		add(init)
	}
	return pkg
}

func (u *unit) report(found []finding.Finding) {
	slices.SortStableFunc(found, u.inSource)
	directives := newIgnores(u)
	for i := range found {
		f := &found[i]
		if slices.Contains(u.options.Disable, string(f.Code)) || directives.suppress(f) {
			continue
		}
		d := analysis.Diagnostic{Pos: f.Pos, Category: string(f.Code), Message: f.Message(), URL: "#" + codedoc.Anchor(string(f.Code))}
		for _, r := range f.Path() {
			d.Related = append(d.Related, analysis.RelatedInformation{Pos: r.Pos, Message: r.Text})
		}
		u.pass.Report(d)
	}
	directives.report()
}

// inSource compares the places of findings in the source. The order of positions
// is no help: a driver may parse the files of a package in any order.
func (u *unit) inSource(a, b finding.Finding) int {
	p, q := u.pass.Fset.Position(a.Pos), u.pass.Fset.Position(b.Pos)
	return cmp.Or(cmp.Compare(p.Filename, q.Filename), cmp.Compare(p.Offset, q.Offset))
}

// source returns the function operand of the call with its parenthesis (or
// its go or defer keyword) at pos, as written.
func (u *unit) source(pos token.Pos) string {
	if u.calls == nil {
		u.calls = map[token.Pos]*ast.CallExpr{}
		for _, f := range u.pass.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					u.calls[n.Lparen] = n
				case *ast.DeferStmt:
					u.calls[n.Defer] = n.Call
				}
				return true
			})
		}
	}
	if c := u.calls[pos]; c != nil {
		return types.ExprString(c.Fun)
	}
	return ""
}
