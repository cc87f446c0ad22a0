package analyzer

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

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

// core is what the analysis of a package and that of a whole program share:
// the models, the functions, and the engine that runs them.
type core struct {
	options *Options
	models  lock.Models
	table   *path.Table
	heap    *heap.Heap
	engine  *lockset.Engine
	funcs   []*ssa.Function             // to be analysed, in the order of the source
	fact    func(*types.Func) *funcFact // of a function that is not, if there is one
	known   map[string]*summary.Summary // by the name of the function
	texts   *callTexts
}

func newCore(o *Options, texts *callTexts) (core, error) {
	c := core{options: o, texts: texts, models: lock.Builtin(), table: path.NewTable(), known: map[string]*summary.Summary{}}
	if o.Models != "" {
		extra, err := lock.Parse("models", o.Models)
		if err != nil {
			return core{}, err
		}
		for name, effects := range extra {
			c.models[name] = effects
		}
	}
	return c, nil
}

// connect joins the parts of the analysis of c.funcs.
func (c *core) connect(prog *ssa.Program) {
	c.heap = &heap.Heap{Table: c.table, Funcs: c.funcs, Imported: c.effects}
	c.heap.Method = func(recv types.Type, name string) *ssa.Function { return c.engine.Method(recv, name) }
	c.table.Named = func(name string) types.Type { return c.engine.NamedType(name) }
	c.engine = &lockset.Engine{
		Prog: prog, Table: c.table, Funcs: c.funcs,
		Known:     c.summary,
		Wiring:    c.wiring,
		Applied:   func(call *ssa.Call) []summary.Store { return stored(c.heap.Applied(call)) },
		Dynamic:   callgraph.NewDynamic(c.funcs).Callees,
		Stored:    c.heap.Functions,
		Values:    c.heap.Values,
		InField:   c.heap.InField,
		Constants: c.heap.Constants,
		Canon:     c.heap.Canon,
		Member:    c.heap.Member,
		Object:    c.heap.Object,

		Gathered:  c.heap.Gathered,
		Private:   c.heap.Private,
		WriteOnce: c.heap.WriteOnce,
		OnceValue: c.heap.OnceValue,
		Pure:      c.isPure,
		Source:    c.texts.at,
		Suspect:   c.options.Possible,
		Debug:     c.options.debugWriter(),
	}
}

// isPure reports whether a model says that the function returns what its arguments
// tell.
func (c *core) isPure(name string) bool {
	return slices.ContainsFunc(c.models[name], func(e lock.Effect) bool { return e.Op == "pure" })
}

// findings analyses every function.
func (c *core) findings() []finding.Finding {
	for _, fn := range c.funcs {
		c.engine.Findings(fn)
	}
	var found []finding.Finding
	add := func(list []*lockset.Finding, possible bool) {
		for _, f := range list {
			if !c.engine.HandedOver(f) && !slices.Contains(c.options.Disable, string(f.Code)) {
				found = append(found, finding.Finding{Code: f.Code, Pos: f.Pos, Held: f.Held, Steps: f.Steps, Rules: f.Rules, Lock: f.Lock(), Possible: possible})
			}
		}
	}
	for _, fn := range c.funcs {
		add(c.engine.Findings(fn), false)
		if c.options.Possible {
			add(c.engine.Possible(fn), true)
		}
	}
	return finding.OncePerLeak(finding.WithoutRetold(found))
}

// diagnostic returns f as drivers report it.
func (c *core) diagnostic(f *finding.Finding) analysis.Diagnostic {
	d := analysis.Diagnostic{Pos: f.Pos, Category: f.Category(), Message: f.Message(), URL: "#" + codedoc.Anchor(string(f.Code))}
	for _, r := range f.Path() {
		start, end := c.texts.name(r.Pos)
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: start, End: end, Message: r.Text})
	}
	return d
}

// trace writes summaries and heap rules of the package or program of that
// name, if asked to.
func (c *core) trace(name string) {
	w := c.options.debugWriter()
	if w == nil {
		return
	}
	for _, fn := range c.funcs {
		if c.engine.Relevant(fn) {
			fmt.Fprintf(w, "%s: summary\n%s", fn, c.engine.Summary(fn))
		}
	}
	for _, e := range c.heap.Explain() {
		fmt.Fprintf(w, "%s: heap rule %s\n", name, e)
	}
}

// identities returns a note for each rule about the identity of objects, if
// they are asked for.
func (c *core) identities() []analysis.Diagnostic {
	if !c.options.Identity || c.heap == nil {
		return nil
	}
	var out []analysis.Diagnostic
	for _, e := range c.heap.Explain() {
		if e.Pos.IsValid() {
			out = append(out, analysis.Diagnostic{Pos: e.Pos, Category: identityNote, Message: fmt.Sprintf("%s [%s]", e, identityNote)})
		}
	}
	return out
}

// declared lists the functions of pkg in the order of its files, closures after
// the function around them.
func declared(pkg *ssa.Package, files []*ast.File, info *types.Info) []*ssa.Function {
	var list []*ssa.Function
	var add func(*ssa.Function)
	add = func(f *ssa.Function) {
		list = append(list, f)
		for _, anon := range f.AnonFuncs {
			add(anon)
		}
	}
	for _, file := range files {
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.FuncDecl); ok {
				if fn := pkg.Prog.FuncValue(info.Defs[d.Name].(*types.Func)); fn != nil {
					add(fn)
				}
			}
		}
	}
	if init := pkg.Func("init"); init != nil {
		add(init)
	}
	return list
}
