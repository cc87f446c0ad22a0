package randprog

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// frame is an activation of a function.
type frame struct {
	how     string // it was called
	decl    *ast.FuncDecl
	body    *ast.BlockStmt
	line    int // where it is
	env     env
	defers  []pending
	results []value
	panics  bool           // and runs what is deferred
	of      *frame         // whose loop it is the body of, if not nil
	named   []types.Object // results with names
}

// pending is a deferred call.
type pending struct {
	line int
	fn   value
	args []value
}

// endOfPath is the panic that ends a path.
type endOfPath struct{}

// callee evaluates what a call calls, and its arguments.
func (r *run) callee(call *ast.CallExpr) (fn value, args []value) {
	fn = r.expr(call.Fun)
	for _, a := range call.Args {
		args = append(args, r.expr(a))
	}
	return fn, args
}

// call evaluates a call.
func (r *run) call(call *ast.CallExpr) []value {
	if id, ok := call.Fun.(*ast.Ident); ok {
		if v, ok := r.builtin(id.Name, call); ok {
			return v
		}
	}
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok && r.prog.info.Selections[sel] == nil {
		return []value{r.library(sel.Sel.Name, call)}
	}
	fn, args := r.callee(call)
	r.setLine(call.Lparen)
	if r.lenient && r.isParameter(call.Fun) && r.choose(2) == 1 {
		return nil
	}
	return r.invoke(fn, args)
}

// isParameter reports whether e is what the function at hand was passed. That it is
// called is not known to the analyzer.
func (r *run) isParameter(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := r.prog.info.Uses[id].(*types.Var)
	if !ok || v.Kind() != types.ParamVar {
		return false
	}
	sig, ok := v.Type().Underlying().(*types.Signature)
	return ok && sig.Results().Len() == 0
}

// builtin evaluates a call of a function that has no code.
func (r *run) builtin(name string, call *ast.CallExpr) ([]value, bool) {
	switch name {
	case "input":
		return []value{r.choose(2) == 1}, true
	case "number":
		return []value{r.choose(ints)}, true
	case "panic":
		r.panics()
	case "recover":
		return []value{r.recovers()}, true
	case "append":
		s := &slice{}
		if old, ok := r.expr(call.Args[0]).(*slice); ok {
			s.elems = append(s.elems, old.elems...)
		}
		s.elems = append(s.elems, &cell{r.expr(call.Args[1])})
		return []value{s}, true
	case "len":
		return []value{length(r.expr(call.Args[0]))}, true
	case "make":
		return []value{r.makes(call)}, true
	case "close":
		r.closes(r.expr(call.Args[0]))
		return nil, true
	case "delete":
		r.delete(r.expr(call.Args[0]), r.expr(call.Args[1]).(int))
		return nil, true
	}
	return nil, false
}

// library evaluates a call of a function of another package.
func (r *run) library(name string, call *ast.CallExpr) value {
	switch name {
	case "NewCond":
		return r.newCond(call, r.expr(call.Args[0]))
	case "OnceFunc":
		o := &object{origin: "new"}
		r.locks[onceOf(lockRef{o: o})] = &lockState{}
		return &function{op: name, lock: lockRef{o: o}, recv: r.expr(call.Args[0])}
	}
	panic("function " + name)
}

// invoke calls a function value.
func (r *run) invoke(v value, args []value) []value {
	fn, ok := v.(*function)
	if !ok {
		r.panics()
	}
	switch {
	case fn.op == "Do":
		r.once(fn.lock, args[0])
		return nil
	case fn.op == "Wait":
		r.wait(fn.recv.(*object))
		return nil
	case fn.op == "Signal", fn.op == "Broadcast":
		return nil
	case fn.op == "OnceFunc":
		r.once(fn.lock, fn.recv)
		return nil
	case fn.op == "RLocker":
		return []value{rlocker{fn.lock}}
	case strings.HasPrefix(fn.op, "atomic "):
		return []value{r.atomic(fn.op, fn.lock, args)}
	case fn.op != "":
		return []value{r.operate(fn.op, fn.lock)}
	case fn.yield != nil:
		return []value{fn.yield(args)}
	case fn.opaque != nil:
		var out []value
		for v := range fn.opaque.Results().Variables() {
			out = append(out, r.arbitrary(v.Type(), "unknown function"))
		}
		return out
	}
	if len(r.stack) > maxDepth {
		panic(endOfPath{})
	}
	f := &frame{how: r.how(fn), env: env{}, decl: fn.decl}
	if (r.loose || r.lenient) && r.returns(fn) {
		return r.cutOff(fn.decl.Type)
	}
	f.body = r.enter(f, fn, args)
	callers := r.stack
	r.stack = append(slices.Clip(callers), f)
	defer func() { r.stack = callers }()
	r.body(f)
	return f.results
}

// returns reports whether fn, which calls itself, returns at once: that it never does
// is not known to the analyzer.
func (r *run) returns(fn *function) bool {
	n := 0
	for _, f := range r.stack {
		if fn.decl != nil && f.decl == fn.decl {
			n++
		}
	}
	return n > 1 && r.choose(3) > 0
}

// zeros returns results that are all zero.
func (r *run) zeros(typ *ast.FuncType) (out []value) {
	if typ.Results != nil {
		for _, f := range typ.Results.List {
			out = append(out, zero(r.prog.info.TypeOf(f.Type)))
		}
	}
	return out
}

// cutOff returns results of a function that has not been run: zero where objects have
// been made by the program, else arbitrary.
func (r *run) cutOff(typ *ast.FuncType) (out []value) {
	out = r.zeros(typ)
	if r.lenient {
		for i := range out {
			out[i] = r.arbitrary(r.prog.info.TypeOf(typ.Results.List[i].Type), "result")
		}
	}
	return out
}

// how tells the kind of a call for the causes of a miss.
func (r *run) how(fn *function) string {
	if fn.lit != nil {
		return "closure"
	}
	if fn.name != "" {
		return fn.name
	}
	return "static call"
}

// enter binds the parameters of fn.
func (r *run) enter(f *frame, fn *function, args []value) *ast.BlockStmt {
	var typ *ast.FuncType
	var body *ast.BlockStmt
	if fn.lit != nil {
		f.env, typ, body = fn.env.clone(), fn.lit.Type, fn.lit.Body
	} else {
		typ, body = fn.decl.Type, fn.decl.Body
		if fn.decl.Recv != nil {
			r.declare(f, fn.decl.Recv.List[0].Names[0], fn.recv)
		}
	}
	i := 0
	for _, p := range typ.Params.List {
		for _, name := range p.Names {
			r.declare(f, name, args[i])
			i++
		}
	}
	if typ.Results != nil {
		for _, p := range typ.Results.List {
			for _, name := range p.Names {
				o := r.prog.info.Defs[name]
				f.env[o] = &cell{zero(o.Type())}
				f.named = append(f.named, o)
			}
		}
	}
	return body
}

func (r *run) declare(f *frame, name *ast.Ident, v value) {
	if o := r.prog.info.Defs[name]; o != nil {
		if r.prog.moves[o] {
			r.moved[v] = true
		}
		f.env[o] = &cell{v}
	}
}

// body runs the body of a function and what it defers.
func (r *run) body(f *frame) {
	f.panics = r.catch(func() { r.block(f.body.List) })
	for len(f.defers) > 0 {
		d := f.defers[len(f.defers)-1]
		f.defers = f.defers[:len(f.defers)-1]
		f.line = d.line
		r.feature("deferred call")
		f.panics = r.catch(func() { r.invoke(d.fn, d.args) }) || f.panics
	}
	if f.panics {
		r.panics()
	}
	if f.results == nil && f.decl != nil {
		f.results = r.zeros(f.decl.Type) // it has recovered
	}
	for i, o := range f.named {
		f.results[i] = r.read(f.env[o], "result")
	}
}

// panics makes the program panic.
func (r *run) panics() {
	r.panicking = true
	panic("the program panics")
}

// recovers evaluates a call of recover: it ends the panic of the function that has
// deferred the one at hand. On a lenient path anything may have panicked.
func (r *run) recovers() value {
	if len(r.stack) > 1 {
		if f := r.stack[len(r.stack)-2]; f.panics {
			f.panics = false
			return true
		}
	}
	if r.lenient && r.choose(2) == 1 {
		return true
	}
	return nothing{}
}

// catch runs f and reports whether the program panicked in it.
func (r *run) catch(f func()) (panicked bool) {
	defer func() {
		if r.panicking {
			recover()
			r.panicking, panicked = false, true
		}
	}()
	f()
	return false
}

// spawn runs a goroutine, now or when the program is at its end: it has locks
// of its own, and may run at any time.
func (r *run) spawn(fn value, args []value) {
	line := r.line() // who starts it may be to blame
	start := func() {
		locks, stack := r.locks, r.stack
		r.locks, r.stack = map[lockRef]*lockState{}, []*frame{{how: "go", line: line}}
		r.catch(func() { r.invoke(fn, args) })
		r.locks, r.stack = locks, stack
	}
	if r.choose(2) == 0 {
		r.late = append(r.late, start)
		return
	}
	start()
}

func (r *run) line() int { return r.stack[len(r.stack)-1].line }

func (r *run) setLine(pos token.Pos) {
	r.stack[len(r.stack)-1].line = r.prog.line(pos)
}
