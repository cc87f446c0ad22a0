package randprog

import (
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"pgregory.net/rapid"

	"github.com/lockreentry/lockreentry/analyzer"
)

// TestMain runs the same programs each time, unless it is asked for others.
func TestMain(m *testing.M) {
	flag.Parse()
	if flag.Lookup("rapid.seed").Value.String() == "0" {
		if err := flag.Set("rapid.seed", "1"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// TestReportsHappen checks that whatever the analyzer reports in a random
// program does happen on one of its paths. What it misses is counted.
func TestReportsHappen(t *testing.T) {
	imports := importer.Default()
	all := tally{missed: map[string]int{}, met: map[string]int{}, sample: map[string]string{}}
	rapid.Check(t, func(t *rapid.T) {
		src := programs.Draw(t, "program")
		p, files := load(t, imports, src)
		reports := analyze(t, p, files)
		w := p.explore()
		for _, r := range reports {
			all.reports++
			switch p.confirm(w, r) {
			case happens:
				if !w.hasPath(r) {
					all.otherPath++
				}
			case undecided:
				all.undecided++
			case falseAlarm:
				t.Errorf("does not happen: %d: %s", r.line, r.message)
			}
		}
		all.count(w, reports, src)
	})
	all.print(t)
}

// load type-checks a program.
func load(t fataler, imports types.Importer, src source) (*program, []*ast.File) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", string(src), parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%v\n%v", err, src)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Importer: imports, Error: func(err error) {
		if err := err.(types.Error); !err.Soft {
			t.Fatalf("%v\n%v", err, src)
		}
	}}
	pkg, _ := conf.Check("p", fset, []*ast.File{f}, info)
	p := &program{fset: fset, info: info, pkg: pkg, src: slices.Collect(strings.Lines(string(src))), decls: map[*types.Func]*ast.FuncDecl{}, names: map[*ast.BlockStmt]string{}, initial: map[types.Object]ast.Expr{}}
	p.index(f)
	return p, []*ast.File{f}
}

// index notes the functions of f, and the variables that are assigned once.
func (p *program) index(f *ast.File) {
	assigned := map[types.Object]bool{}
	in := "" // the function around
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Body != nil {
				in = display(n)
				p.names[n.Body] = in
				p.decls[p.info.Defs[n.Name].(*types.Func)] = n
				p.entries = append(p.entries, n)
			}
		case *ast.FuncLit:
			p.names[n.Body] = "func literal in " + in
			p.entries = append(p.entries, n)
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				if id, ok := e.(*ast.Ident); ok {
					if o := p.info.Defs[id]; o != nil && len(n.Lhs) == 1 {
						p.initial[o] = n.Rhs[0]
					} else {
						assigned[p.info.Uses[id]] = true
					}
				}
			}
		case *ast.IncDecStmt:
			if id, ok := n.X.(*ast.Ident); ok {
				assigned[p.info.Uses[id]] = true
			}
		}
		return true
	})
	maps.DeleteFunc(p.initial, func(o types.Object, _ ast.Expr) bool { return assigned[o] })
}

// display names a function as messages do.
func display(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return d.Name.Name
	}
	return types.ExprString(d.Recv.List[0].Type.(*ast.StarExpr).X) + "." + d.Name.Name
}

type fataler interface{ Fatalf(string, ...any) }

// report is a diagnostic of the analyzer.
type report struct {
	line        int
	code        string
	first, last int      // lines of the acquisitions
	left        bool     // a callee left the first lock held
	calls       []string // that lead to the second one
	message     string
}

var (
	places  = regexp.MustCompile(`p\.go:(\d+)`)
	leftOut = regexp.MustCompile(`^… \((\d+) calls\)$`)
)

// newReport reads a diagnostic.
func newReport(line int, code, message string) report {
	r := report{line: line, code: code, message: message, left: strings.Contains(message, "(called at ")}
	if at := places.FindAllStringSubmatch(message, -1); len(at) > 0 {
		r.first, _ = strconv.Atoi(at[0][1])
		r.last, _ = strconv.Atoi(at[len(at)-1][1])
	}
	_, then, _ := strings.Cut(message, ", then ")
	calls := strings.Split(then, " → ")
	for _, c := range calls[:len(calls)-1] {
		n := 1
		if m := leftOut.FindStringSubmatch(c); m != nil {
			c = ""
			n, _ = strconv.Atoi(m[1])
		}
		r.calls = append(r.calls, slices.Repeat([]string{c}, n)...)
	}
	return r
}

// goes reports whether the calls that the report names are those of the frames.
func (r *report) goes(p *program, frames []*frame) bool {
	return slices.EqualFunc(r.calls, frames, func(call string, f *frame) bool {
		return call == "" || call == p.names[f.body]
	})
}

// analyze runs the analyzer.
func analyze(t fataler, p *program, files []*ast.File) []report {
	var out []report
	pass := &analysis.Pass{
		Analyzer: analyzer.Analyzer, Fset: p.fset, Files: files, Pkg: p.pkg, TypesInfo: p.info,
		TypesSizes: types.SizesFor("gc", "amd64"),
		ResultOf:   map[*analysis.Analyzer]any{},
		Report: func(d analysis.Diagnostic) {
			if d.Category == analyzer.NotAnalysed {
				t.Fatalf("%s", d.Message)
			}
			out = append(out, newReport(p.line(d.Pos), d.Category, d.Message))
		},
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportObjectFact:  func(types.Object, analysis.Fact) {},
		ExportPackageFact: func(analysis.Fact) {},
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
	if _, err := analyzer.Analyzer.Run(pass); err != nil {
		t.Fatalf("%v", err)
	}
	return out
}

// world is what happens in a program, by entry.
type world map[ast.Node]outcome

type outcome struct {
	events   []event
	complete bool // no path was left out
}

// explore enumerates the paths of all functions.
func (p *program) explore() world {
	w := world{}
	for _, entry := range p.entries {
		w[entry] = p.enumerate(entry, maxTotal, false)
	}
	return w
}

// verdict tells whether a report is right.
type verdict int

const (
	happens verdict = iota
	undecided
	falseAlarm
)

// confirm looks for a path on which r happens. It must begin in a function
// that stands around the report, since the analyzer claims that some caller of
// that function meets it. Where the paths that were looked at do not have it
// more are, on which objects of the caller may be the same, for a report may
// rest on a rule about the heap.
func (p *program) confirm(w world, r report) verdict {
	for _, o := range w {
		if o.has(r) {
			return happens
		}
	}
	v := falseAlarm
	for _, entry := range p.entries {
		if r.line < p.line(entry.Pos()) || p.line(entry.End()) < r.line {
			continue
		}
		o := p.enumerate(entry, manyTotal, true)
		if o.has(r) {
			return happens
		}
		if !o.complete {
			v = undecided
		}
	}
	return v
}

func (o outcome) has(r report) bool {
	return slices.ContainsFunc(o.events, func(e event) bool {
		return e.code == r.code && slices.Contains(e.stack, r.line)
	})
}

// hasPath reports whether r happens between the acquisitions that it names.
func (w world) hasPath(r report) bool {
	return slices.ContainsFunc(w.all(), func(e event) bool {
		return e.code == r.code && e.first == r.first && e.last == r.last && slices.Contains(e.stack, r.line)
	})
}

// tally counts what the analyzer finds and misses.
type tally struct {
	programs, reports, undecided int
	otherPath                    int // reports that happen, but not by the acquisitions that they name
	found, all                   int
	missed, met                  map[string]int // by cause
	sample                       map[string]string
}

func (w world) all() (events []event) {
	for _, o := range w {
		events = append(events, o.events...)
	}
	return events
}

// count adds the re-entries of a program. One is found if the analyzer reports
// that code on one of the calls that lead to it.
func (a *tally) count(w world, reports []report, src source) {
	a.programs++
	seen := map[string]bool{}
	for _, e := range w.all() {
		key := fmt.Sprint(e.code, e.first, e.holder, e.last)
		if seen[key] || e.after {
			continue
		}
		seen[key] = true
		a.all++
		found := slices.ContainsFunc(reports, func(r report) bool {
			return r.code == e.code && slices.Contains(e.stack, r.line)
		})
		if found {
			a.found++
		}
		for _, c := range e.causes {
			a.met[c]++
			if !found {
				a.missed[c]++
				if s := a.sample[c]; s == "" || len(s) > len(src) {
					a.sample[c] = fmt.Sprintf("%s held since %d, again at %d by %v: %v\n%v", e.code, e.first, e.last, e.stack, e.causes, src)
				}
			}
		}
	}
}

// print tells the share that is missed by cause.
func (a *tally) print(t *testing.T) {
	t.Logf("%d programs, %d reports, %d of them undecided, %d not seen by the path that they name; of %d re-entries %d are missed",
		a.programs, a.reports, a.undecided, a.otherPath, a.all, a.all-a.found)
	for _, c := range slices.Sorted(maps.Keys(a.missed)) {
		t.Logf("%6d of %6d missed: %s", a.missed[c], a.met[c], c)
	}
}
