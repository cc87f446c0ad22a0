package randprog

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
)

// flow is how a statement ends.
type flow int

const (
	falls flow = iota
	breaks
	continues
	returns
	jumps   // to the label run.label; breaks and continues may be of one, too
	fallsOn // to the next case of a switch
)

var branches = map[token.Token]flow{token.BREAK: breaks, token.CONTINUE: continues, token.GOTO: jumps, token.FALLTHROUGH: fallsOn}

func (r *run) block(list []ast.Stmt) flow {
	for i := 0; i < len(list); i++ {
		f := r.stmt(list[i])
		if f == jumps {
			to := slices.IndexFunc(list, func(s ast.Stmt) bool { return labelOf(s) == r.label })
			if to >= 0 {
				i = to - 1
				continue
			}
		}
		if f != falls {
			return f
		}
	}
	return falls
}

// labelOf returns the label of s, or "".
func labelOf(s ast.Stmt) string {
	if l, ok := s.(*ast.LabeledStmt); ok {
		return l.Label.Name
	}
	return ""
}

// after returns how a loop or switch with that label, or none, goes on where its body
// ends as f: falls if it does.
func (r *run) after(f flow, label string) flow {
	if (f == breaks || f == continues) && (r.label == "" || r.label == label) {
		return falls
	}
	return f
}

// leaves reports whether a loop with that label is left where its body ends as f.
func (r *run) leaves(f flow, label string) bool {
	return f == breaks || r.after(f, label) != falls
}

// stmt executes a statement.
func (r *run) stmt(s ast.Stmt) flow {
	label := labelOf(s)
	if l, ok := s.(*ast.LabeledStmt); ok {
		s = l.Stmt
	}
	if r.steps++; r.steps > maxSteps {
		panic(endOfPath{})
	}
	f := r.stack[len(r.stack)-1]
	f.line = r.prog.line(s.Pos())
	switch s := s.(type) {
	case *ast.BlockStmt:
		return r.block(s.List)
	case *ast.ExprStmt:
		r.expr(s.X)
	case *ast.AssignStmt:
		r.assign(s)
	case *ast.DeclStmt:
		for _, spec := range s.Decl.(*ast.GenDecl).Specs {
			spec := spec.(*ast.ValueSpec)
			for i, name := range spec.Names {
				v := zero(r.prog.info.TypeOf(name))
				if i < len(spec.Values) {
					v = r.expr(spec.Values[i])
				}
				r.declare(f, name, v)
			}
		}
	case *ast.IncDecStmt:
		c := r.place(s.X)
		c.v = r.read(c, "parameter").(int) + 1
	case *ast.IfStmt:
		if s.Init != nil {
			r.stmt(s.Init)
		}
		if r.expr(s.Cond).(bool) {
			return r.block(s.Body.List)
		}
		if s.Else != nil {
			return r.stmt(s.Else)
		}
	case *ast.ForStmt:
		return r.loop(s, label)
	case *ast.RangeStmt:
		return r.ranges(s, label)
	case *ast.SwitchStmt:
		return r.choice(s)
	case *ast.SelectStmt:
		return r.selects(s)
	case *ast.ReturnStmt:
		r.results(f.outer(), s)
		return returns
	case *ast.DeferStmt:
		fn, args := r.callee(s.Call)
		o := f.outer()
		o.defers = append(o.defers, pending{f.line, fn, args})
	case *ast.SendStmt:
		r.send(s)
	case *ast.GoStmt:
		r.spawn(r.callee(s.Call))
	case *ast.BranchStmt:
		r.label = ""
		if s.Label != nil {
			r.label = s.Label.Name
		}
		return branches[s.Tok]
	default:
		panic(fmt.Sprintf("statement %T", s))
	}
	return falls
}

func (r *run) results(f *frame, s *ast.ReturnStmt) {
	f.results = nil
	if len(s.Results) == 1 {
		if call, ok := s.Results[0].(*ast.CallExpr); ok {
			f.results = r.call(call)
		}
	}
	if f.results == nil {
		for _, e := range s.Results {
			f.results = append(f.results, r.expr(e))
		}
	}
	if len(s.Results) > 0 {
		for i, o := range f.named {
			f.env[o].v = f.results[i]
		}
	} else {
		f.results = make([]value, len(f.named))
	}
}

func (r *run) assign(s *ast.AssignStmt) {
	var vals []value
	if call, ok := s.Rhs[0].(*ast.CallExpr); ok && len(s.Rhs) == 1 {
		vals = r.call(call)
	} else if len(s.Rhs) < len(s.Lhs) {
		vals = r.found(s.Rhs[0])
	} else {
		for _, e := range s.Rhs {
			vals = append(vals, r.expr(e))
		}
	}
	for i, e := range s.Lhs {
		id, ok := e.(*ast.Ident)
		if ok && id.Name == "_" {
			continue
		}
		if ok && r.prog.info.Defs[id] != nil {
			r.declare(r.stack[len(r.stack)-1], id, vals[i])
			continue
		}
		c := r.place(e)
		if old, ok := c.v.(*slice); ok && length(vals[i]) < len(old.elems) && r.keeps() {
			continue
		}
		c.v = vals[i]
	}
}

// place returns the cell that e denotes.
func (r *run) place(e ast.Expr) *cell {
	switch e := e.(type) {
	case *ast.Ident:
		r.feature("reassigned variable")
		return r.variable(r.prog.info.Uses[e])
	case *ast.SelectorExpr:
		r.feature("store to field")
		return r.fieldCell(e)
	case *ast.IndexExpr:
		r.feature("store to element")
		return r.element(e, true)
	}
	panic(fmt.Sprintf("place %T", e))
}

// loop executes a for loop. Paths of more turns than the bound are cut off.
func (r *run) loop(s *ast.ForStmt, label string) flow {
	if s.Init != nil {
		r.stmt(s.Init)
	}
	for turn := 0; s.Cond == nil || r.expr(s.Cond).(bool); turn++ {
		if turn == maxTurns {
			panic(endOfPath{})
		}
		r.feature("loop")
		if turn > 0 {
			r.feature("second turn of a loop")
		}
		if f := r.block(s.Body.List); r.leaves(f, label) {
			return r.after(f, label)
		}
		if s.Post != nil {
			r.stmt(s.Post)
		}
	}
	return falls
}

func (r *run) ranges(s *ast.RangeStmt, label string) flow {
	x := r.expr(s.X)
	if fn, ok := x.(*function); ok {
		return r.iterates(s, fn, label)
	}
	list := r.visited(x)
	if len(list) == 0 || r.lenient && r.choose(2) == 1 {
		return falls
	}
	for turn, c := range list {
		r.feature("loop")
		if turn > 0 {
			r.feature("second turn of a loop")
		}
		r.declare(r.stack[len(r.stack)-1], s.Value.(*ast.Ident), r.read(c, "container"))
		if f := r.block(s.Body.List); r.leaves(f, label) {
			return r.after(f, label)
		}
	}
	return falls
}

// choice executes a switch over constants, or over conditions.
func (r *run) choice(s *ast.SwitchStmt) flow {
	r.feature("switch")
	tag := value(true)
	if s.Tag != nil {
		tag = r.expr(s.Tag)
	}
	chosen := len(s.Body.List)
	for i, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		if c.List == nil {
			chosen = i
		}
		if len(c.List) > 0 && r.equal(tag, r.expr(c.List[0])) {
			chosen = i
			break
		}
	}
	for _, c := range s.Body.List[chosen:] {
		switch f := r.block(c.(*ast.CaseClause).Body); {
		case f == breaks:
			return r.after(f, "")
		case f != fallsOn:
			return f
		}
		r.feature("fallthrough")
	}
	return falls
}
