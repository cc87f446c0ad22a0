package randprog

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strings"
)

// Bounds of the enumeration. Past manyTotal a report is left undecided: it
// counts neither for nor against the analyzer.
const (
	maxTotal  = 3000  // statements of all paths of an entry
	manyTotal = 20000 // the same, where a report has not been confirmed
	maxSteps  = 400   // statements of a path
	maxTurns  = 3     // of a loop
	maxDepth  = 12
	ints      = 3 // an unknown number is one of 0, 1, …, ints-1
)

// program is a type-checked package.
type program struct {
	fset    *token.FileSet
	info    *types.Info
	pkg     *types.Package
	src     []string // lines
	decls   map[*types.Func]*ast.FuncDecl
	entries []ast.Node                // functions and function literals
	names   map[*ast.BlockStmt]string // of functions, by their bodies
	moves   map[types.Object]bool     // parameters that are put into another owner
	initial map[types.Object]ast.Expr // the values of variables that are assigned once
}

// run is one path of a program. On a lenient path the interpreter does without what the
// analyzer does not claim to know: objects that nothing tells apart may be the
// same, pointers that are used and those in new objects may be nil or not, and to follow
// one that is nil, or to close a channel twice, is no panic; lists may be empty, and
// functions that call themselves return at some time.
type run struct {
	oracle
	prog      *program
	lenient   bool
	globals   map[types.Object]*cell
	panicking bool
	label     string // of the last branch statement, or ""
	locks     map[lockRef]*lockState
	stack     []*frame
	objects   []*object
	late      []func() // goroutines that have not run
	steps     int
	features  map[string]bool
	dead      bool // a re-entry happened: nothing that follows can
	events    []event
	met       map[string]bool // the events so far, on all paths

	loose  bool           // see client.explore
	moved  map[value]bool // objects that were put into another owner
	client *client        // is told of each acquisition, if not nil
}

// enumerate runs entry with all arguments and on all paths, up to a number of
// statements.
func (p *program) enumerate(entry ast.Node, total int, lenient bool) (out outcome) {
	o, met := oracle{}, map[string]bool{}
	for steps := 0; steps < total; {
		r := &run{
			oracle: o, met: met, prog: p, lenient: lenient,
			globals: map[types.Object]*cell{}, locks: map[lockRef]*lockState{},
			stack: []*frame{{how: "entry"}}, features: map[string]bool{},
		}
		r.path(entry)
		steps += r.steps + 1
		out.events = append(out.events, r.events...)
		if o = r.oracle; !o.next() {
			out.complete = true
			break
		}
	}
	return out
}

func (p *program) line(pos token.Pos) int { return p.fset.Position(pos).Line }

// path runs one path from its entry to its end, and the goroutines that are left.
func (r *run) path(entry ast.Node) {
	defer func() {
		if e := recover(); e != nil {
			if _, ok := e.(endOfPath); !ok {
				panic(e)
			}
		}
	}()
	switch e := entry.(type) {
	case *ast.FuncLit:
		r.enterAt(&function{lit: e, env: env{}}, e.Type)
	case *ast.FuncDecl:
		fn := &function{decl: e}
		if e.Recv != nil {
			fn.recv = r.argument(e.Recv.List[0].Type)
		}
		r.enterAt(fn, e.Type)
	}
	for len(r.late) > 0 {
		start := r.late[0]
		r.late = r.late[1:]
		start()
	}
}

// enterAt calls fn with arbitrary arguments.
func (r *run) enterAt(fn *function, typ *ast.FuncType) {
	var args []value
	for _, f := range typ.Params.List {
		for range f.Names {
			args = append(args, r.argument(f.Type))
		}
	}
	r.catch(func() { r.invoke(fn, args) })
}

func (r *run) argument(typ ast.Expr) value {
	return lazy{r.prog.info.TypeOf(typ)}
}

func (r *run) feature(name string) { r.features[name] = true }

var digits = regexp.MustCompile(`[0-9]+`)

// operation returns the statement on a line without the numbers of variables.
func (p *program) operation(line int) string {
	return digits.ReplaceAllString(strings.TrimSpace(p.src[line-1]), "")
}

// implementations returns the pointer types of the package that implement i.
func (p *program) implementations(i *types.Interface) []*types.Pointer {
	var out []*types.Pointer
	for _, name := range p.pkg.Scope().Names() {
		if t, ok := p.pkg.Scope().Lookup(name).(*types.TypeName); ok {
			ptr := types.NewPointer(t.Type())
			if !types.IsInterface(t.Type()) && types.Implements(ptr, i) {
				out = append(out, ptr)
			}
		}
	}
	return out
}
