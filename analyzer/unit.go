package analyzer

import (
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
	calls   map[token.Pos]*ast.CallExpr
}

func newUnit(pass *analysis.Pass, o *Options) (*unit, error) {
	u := &unit{pass: pass, options: o, models: lock.Builtin(), table: path.NewTable(), known: map[string]*summary.Summary{}}
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

// summary returns what is known of a function without its body: from the
// models, or from the facts of its package.
func (u *unit) summary(name string, fn *ssa.Function) *summary.Summary {
	if fn != nil && fn.Origin() != nil {
		fn = fn.Origin()
	}
	if s, ok := u.known[name]; ok {
		return s
	}
	var s *summary.Summary
	if effects, ok := u.models[name]; ok {
		s = summary.OfModel(u.table, effects)
	} else if fn != nil {
		obj, ok := fn.Object().(*types.Func)
		if ok && len(fn.Blocks) == 0 {
			s = u.imported(obj.Origin())
		}
	}
	u.known[name] = s
	return s
}

func (u *unit) imported(obj *types.Func) *summary.Summary {
	if f := u.fact(obj); f != nil && len(f.Summary) > 0 {
		return summary.Decode(u.table, f.Summary, obj.Pkg().Path())
	}
	return nil
}

// fact returns the fact of a function of another package, or nil.
func (u *unit) fact(obj *types.Func) *FuncFact {
	var f FuncFact
	if obj = obj.Origin(); obj.Pkg() == nil || obj.Pkg() == u.pass.Pkg || !u.pass.ImportObjectFact(obj, &f) {
		return nil
	}
	return &f
}

// effects returns what a function of another package does to the heap: by
// the models, or by the facts of its package.
func (u *unit) effects(fn *ssa.Function) *heap.Effects {
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return nil
	}
	if model, ok := u.models[path.FuncName(fn)]; ok {
		return summary.HeapOfModel(u.table, model)
	}
	if f := u.fact(obj); f != nil && len(f.Effects) > 0 {
		return summary.DecodeEffects(u.table, f.Effects, obj.Pkg().Path())
	}
	return nil
}

// export makes known to importers what they need of the functions that they
// can call.
func (u *unit) export() {
	for _, fn := range u.funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || obj.Pkg() != u.pass.Pkg || fn.Synthetic != "" || !obj.Exported() {
			continue
		}
		var f FuncFact
		e := u.heap.Exported(fn)
		if e != nil {
			f.Effects = summary.EncodeEffects(e, obj.Pkg().Path())
		}
		if s := u.forImporters(fn, e); s != nil && !s.Trivial() {
			f.Summary = summary.Encode(s, obj.Pkg().Path())
		}
		if len(f.Summary)+len(f.Effects) > 0 {
			u.pass.ExportObjectFact(obj, &f)
		}
	}
	u.exportTypes()
}

// forImporters returns the summary of fn if importers need it: it can touch a
// lock, or it is a getter, which gives them another name of an object.
func (u *unit) forImporters(fn *ssa.Function, e *heap.Effects) *summary.Summary {
	getter := e != nil && slices.ContainsFunc(e.Results, func(r *path.Node) bool { return r != nil && !r.IsRoot() && r.Root().Kind == path.Param })
	if !u.engine.Relevant(fn) && !getter || u.engine.Summary(fn) == nil {
		return nil
	}
	return u.engine.ForImporters(fn)
}

// exportTypes makes known to importers what is known of the types that have a
// lock.
func (u *unit) exportTypes() {
	scope := u.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() {
			continue
		}
		named, ok := obj.Type().(*types.Named)
		if !ok {
			continue
		}
		f := TypeFact{Inverses: u.heap.Inverses(named)}
		if calls := u.engine.StoredIn(path.OwnerName(named)); len(calls) > 0 {
			f.Stored = summary.EncodeStored(calls, u.pass.Pkg.Path())
		}
		if len(f.Inverses)+len(f.Stored) > 0 {
			u.pass.ExportObjectFact(obj, &f)
		}
	}
}

// proved reports whether the package of the type owner has proved the rule.
func (u *unit) proved(owner, rule string) bool {
	f, _ := u.typeFact(owner)
	return f != nil && slices.Contains(f.Inverses, rule)
}

// storedCalls returns the calls that objects of the type owner make of what is
// stored in them.
func (u *unit) storedCalls(owner string) []summary.Stored {
	if f, pkg := u.typeFact(owner); f != nil && len(f.Stored) > 0 {
		return summary.DecodeStored(u.table, f.Stored, pkg)
	}
	return nil
}

// typeFact returns the fact of the named type of another package, or nil, and
// the path of that package.
func (u *unit) typeFact(owner string) (*TypeFact, string) {
	dot := strings.LastIndexByte(owner, '.')
	if dot < 0 {
		return nil, ""
	}
	pkg := u.engine.Imported(owner[:dot])
	if pkg == nil {
		return nil, ""
	}
	var f TypeFact
	obj, ok := pkg.Scope().Lookup(owner[dot+1:]).(*types.TypeName)
	if !ok || !u.pass.ImportObjectFact(obj, &f) {
		return nil, ""
	}
	return &f, pkg.Path()
}

// stores returns what a function of another package stores.
func (u *unit) stores(fn *ssa.Function) []summary.Store {
	var out []summary.Store
	if e := u.effects(fn); e != nil {
		for _, st := range e.Stores {
			out = append(out, summary.Store{Addr: st.Addr, Val: st.Val})
		}
	}
	return out
}

func (u *unit) report(found []finding.Finding) {
	slices.SortStableFunc(found, func(a, b finding.Finding) int { return int(a.Pos - b.Pos) })
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
