package randprog

import (
	"go/ast"
	"go/types"
)

// signal is a channel that is closed at some time, by whomever; nothing is sent to it.
type signal struct{ closed bool }

// newCond returns a sync.Cond with that Locker.
func (r *run) newCond(call *ast.CallExpr, l value) value {
	cond := r.prog.info.TypeOf(call).(*types.Pointer).Elem()
	o := r.newObject(&object{typ: cond, fresh: true, decided: true, origin: "new"})
	o.fields["L"] = &cell{l}
	return o
}

// wait performs Wait on a sync.Cond: it releases the lock, and takes it again when others
// have had it.
func (r *run) wait(cond *object) {
	lock, prefix := lockRef{}, ""
	switch l := r.locker(cond).(type) {
	case rlocker:
		lock, prefix = l.lock, "R"
	case lockRef:
		lock = l
	default:
		r.panics()
	}
	r.operate(prefix+"Unlock", lock)
	r.othersRun()
	r.operate(prefix+"Lock", lock)
}

// locker returns the Locker of a sync.Cond.
func (r *run) locker(cond *object) value {
	l, _, _ := types.LookupFieldOrMethod(cond.typ, true, nil, "L")
	return r.read(r.field(cond, l.(*types.Var)), "field")
}

// othersRun makes flags and numbers arbitrary: other goroutines may have set them.
func (r *run) othersRun() {
	forget := func(c *cell, typ types.Type) {
		if n, ok := typ.(*types.Named); ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "sync/atomic" {
			typ = types.Typ[types.Bool]
		}
		if _, basic := typ.Underlying().(*types.Basic); basic && c != nil {
			c.v = lazy{typ}
		}
	}
	for _, o := range r.objects {
		if st, ok := o.typ.Underlying().(*types.Struct); ok {
			for f := range st.Fields() {
				forget(o.fields[f.Name()], f.Type())
			}
		}
	}
	for o, c := range r.globals {
		forget(c, o.Type())
	}
}

// await waits until a channel is closed.
func (r *run) await(s *signal) value {
	s.closed = true
	r.othersRun()
	return nothing{}
}

// closes closes a channel.
func (r *run) closes(v value) {
	s, ok := v.(*signal)
	if !ok || s.closed && !r.lenient {
		r.panics()
	}
	s.closed = true
}

// selects executes a select statement. It chooses the default only if no channel of the
// others is known to be closed.
func (r *run) selects(s *ast.SelectStmt) flow {
	r.feature("select")
	chosen := s.Body.List[r.choose(len(s.Body.List))].(*ast.CommClause)
	for _, c := range s.Body.List {
		c := c.(*ast.CommClause)
		if c.Comm == nil {
			continue
		}
		ch, ok := r.expr(c.Comm.(*ast.ExprStmt).X.(*ast.UnaryExpr).X).(*signal)
		if chosen.Comm == nil && ok && ch.closed || chosen == c && !ok {
			panic(endOfPath{})
		}
		if chosen == c {
			r.await(ch)
		}
	}
	f := r.block(chosen.Body)
	if f == breaks {
		return r.after(f, "")
	}
	return f
}

// waits writes a statement that waits, or one that others wait for.
func (g *generator) waits() {
	cond := g.object() + ".cond"
	if cs := g.vars['c']; len(cs) > 0 && g.chance(60) {
		cond = g.pick(cs...)
	}
	switch done := g.object() + ".done"; g.upTo(5) {
	case 0:
		g.line("for %s {", g.flag())
		g.scope(func() { g.line("%s.Wait()", cond) })
		g.line("}")
	case 1:
		g.line("%s.%s()", cond, g.pick("Wait", "Wait", "Signal", "Broadcast"))
	case 2:
		g.line("<-%s", done)
	case 3:
		g.line("close(%s)", done)
	default:
		g.selects(done)
	}
}

// selects writes a select statement.
func (g *generator) selects(done string) {
	was := g.inLoop
	g.inLoop = false // break would leave the select
	g.line("select {")
	g.line("case <-%s:", done)
	g.scope(func() { g.block() })
	if g.chance(20) {
		g.line("case <-%s.done:", g.object())
		g.scope(func() { g.block() })
	}
	if g.chance(80) {
		g.line("default:")
		g.scope(func() { g.block() })
	}
	g.line("}")
	g.inLoop = was
}
