package randprog

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

// expr evaluates an expression of one value.
func (r *run) expr(e ast.Expr) value {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return r.expr(e.X)
	case *ast.BasicLit:
		n, _ := strconv.Atoi(e.Value) // strings do not matter
		return n
	case *ast.Ident:
		return r.ident(e)
	case *ast.SelectorExpr:
		return r.selector(e)
	case *ast.CallExpr:
		if out := r.call(e); len(out) > 0 {
			return out[0]
		}
		return nothing{}
	case *ast.CompositeLit:
		return r.list(e)
	case *ast.UnaryExpr:
		switch e.Op {
		case token.NOT:
			return !r.expr(e.X).(bool)
		case token.ARROW:
			return r.receive(e.X)
		}
		if lit, ok := e.X.(*ast.CompositeLit); ok {
			return r.composite(lit)
		}
		return r.address(e.X)
	case *ast.BinaryExpr:
		return r.binary(e)
	case *ast.FuncLit:
		return &function{lit: e, env: r.stack[len(r.stack)-1].env.clone()}
	case *ast.IndexExpr:
		return r.read(r.element(e, false), "container")
	case *ast.SliceExpr:
		return r.part(e)
	}
	panic(fmt.Sprintf("expression %T", e))
}

func (r *run) ident(e *ast.Ident) value {
	switch o := r.prog.info.Uses[e].(type) {
	case *types.Nil:
		return nothing{}
	case *types.Const:
		return e.Name == "true"
	case *types.Func:
		return &function{decl: r.prog.decls[o]}
	case *types.Var:
		return r.read(r.variable(o), r.origin(o))
	}
	panic("identifier " + e.Name)
}

// variable returns the cell of a variable of the function or the package. A
// function literal is also an entry: what it captures is arbitrary, unless it
// has one value only.
func (r *run) variable(o types.Object) *cell {
	if c := r.stack[len(r.stack)-1].env[o]; c != nil {
		return c
	}
	c := r.globals[o]
	if c == nil {
		c = &cell{lazy{o.Type()}}
		if o.Name() == "errNo" {
			c.v = failure{}
		}
		r.globals[o] = c
		if init := r.prog.initial[o]; init != nil && !(r.lenient && calls(init)) {
			locks := r.locks
			r.locks = map[lockRef]*lockState{}
			c.v = r.expr(init)
			r.locks = locks
		}
	}
	return c
}

func (r *run) origin(o types.Object) string {
	if o.Parent() == o.Pkg().Scope() {
		return "global"
	}
	return "parameter"
}

// selector evaluates a field, or a method as a value.
func (r *run) selector(e *ast.SelectorExpr) value {
	sel := r.prog.info.Selections[e]
	if sel.Kind() == types.FieldVal {
		return r.read(r.fieldCell(e), "field")
	}
	m := sel.Obj().(*types.Func)
	switch m.Pkg().Path() {
	case "sync":
		return r.operation(e, m.Name())
	case "sync/atomic":
		return &function{op: "atomic " + m.Name(), lock: r.address(e.X)}
	}
	recv := r.expr(e.X)
	if !types.IsInterface(sel.Recv()) {
		return &function{decl: r.prog.decls[m], recv: recv}
	}
	o := r.deref(recv, e.X)
	impl, _, _ := types.LookupFieldOrMethod(types.NewPointer(o.typ), false, m.Pkg(), m.Name())
	return &function{decl: r.prog.decls[impl.(*types.Func)], recv: recv, name: "interface"}
}

// operation evaluates a method of a lock as a value.
func (r *run) operation(e *ast.SelectorExpr, name string) value {
	if types.IsInterface(r.prog.info.TypeOf(e.X)) {
		switch l := r.expr(e.X).(type) {
		case rlocker:
			return &function{op: "R" + name, lock: l.lock}
		case lockRef:
			return &function{op: name, lock: l}
		}
		r.panics()
	}
	if o, ok := r.prog.info.TypeOf(e.X).(*types.Pointer); ok && !isLock(o.Elem()) {
		if len(r.prog.info.Selections[e].Index()) == 1 { // a Cond
			return &function{op: name, recv: r.deref(r.expr(e.X), e.X)}
		}
	}
	lock, ok := r.embedded(e)
	if !ok {
		lock = r.address(e.X)
	}
	return &function{op: name, lock: lock}
}

func (r *run) fieldCell(e *ast.SelectorExpr) *cell {
	o := r.deref(r.expr(e.X), e.X)
	return r.field(o, r.prog.info.Selections[e].Obj().(*types.Var))
}

// address returns the lock that e, a variable or a field, is or points to.
func (r *run) address(e ast.Expr) lockRef {
	if p, ok := r.prog.info.TypeOf(e).(*types.Pointer); ok && isLock(p.Elem()) {
		ref, ok := r.expr(e).(lockRef)
		if !ok {
			r.panics()
		}
		return ref
	}
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return lockRef{r.deref(r.expr(e.X), e.X), e.Sel.Name}
	case *ast.Ident:
		c := r.variable(r.prog.info.Uses[e])
		if _, ok := c.v.(*object); !ok {
			c.v = &object{origin: "global"}
		}
		return lockRef{o: c.v.(*object)}
	}
	panic(fmt.Sprintf("address of %T", e))
}

func (r *run) composite(lit *ast.CompositeLit) value {
	o := r.newObject(&object{typ: r.prog.info.TypeOf(lit), fresh: true, decided: true, origin: "new"})
	for _, e := range lit.Elts {
		kv := e.(*ast.KeyValueExpr)
		o.fields[kv.Key.(*ast.Ident).Name] = &cell{r.expr(kv.Value)}
	}
	return o
}

func (r *run) binary(e *ast.BinaryExpr) value {
	x := r.expr(e.X)
	switch e.Op {
	case token.LAND:
		return x.(bool) && r.expr(e.Y).(bool)
	case token.LOR:
		return x.(bool) || r.expr(e.Y).(bool)
	}
	y := r.expr(e.Y)
	switch e.Op {
	case token.EQL:
		return r.equal(x, y)
	case token.NEQ:
		return !r.equal(x, y)
	case token.LSS:
		return x.(int) < y.(int)
	case token.GTR:
		return x.(int) > y.(int)
	case token.ADD:
		return x.(int) + y.(int)
	}
	panic("operator " + e.Op.String())
}

func (r *run) equal(x, y value) bool {
	if _, ok := y.(nothing); ok {
		return r.isNil(x)
	}
	if _, ok := x.(nothing); ok {
		return r.isNil(y)
	}
	return x == y
}

// element returns the cell of an element of a slice or a map.
func (r *run) element(e *ast.IndexExpr, store bool) *cell {
	x, i := r.expr(e.X), r.expr(e.Index).(int)
	if _, ok := r.prog.info.TypeOf(e.X).Underlying().(*types.Map); ok {
		return r.index(x, i, store)
	}
	s, ok := x.(*slice)
	if !ok || i >= len(s.elems) {
		r.panics()
	}
	return s.elems[i]
}

// calls reports whether e calls something.
func calls(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		_, call := n.(*ast.CallExpr)
		found = found || call
		return !found
	})
	return found
}
