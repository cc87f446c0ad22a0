package lockset

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// callees returns the functions that the call may reach, each with its
// summary, and whether these are all.
func (x *executor) callees(s *state, site ssa.CallInstruction, fn *path.Node, args []*path.Node) (targets []target, complete bool) {
	c := site.Common()
	method := ""
	if c.IsInvoke() {
		method = methodKey(c.Method)
	}
	fn = x.callee(site, fn)
	if targets = x.known(fn, method, args); len(targets) == 0 && c.IsInvoke() {
		targets = x.asserted(s, c.Value, fn, method, args)
	}
	if len(targets) > 0 {
		return targets, targets[0].sum != nil && summarised(targets)
	}
	if targets, complete = x.fromTable(s, fn, method, args); len(targets) > 0 {
		return targets, complete
	}
	if c.IsInvoke() {
		if m := x.lockerMethod(c); m != nil && !x.onlyIdle(site) {
			return []target{{name: c.Method.Name(), args: args, sum: m}}, true
		}
	}
	if exposed := x.ofCaller(fn); exposed != nil && (!c.IsInvoke() || isPassed(exposed) || x.engine.asked(c)) {
		x.exposeCall(s, s.cond, exposed, &summary.Call{Method: method}, args, &frame{site: site})
	}
	x.noteStored(s, &summary.Call{Fn: fn, Method: method, Args: args}, x.step(site, summary.Calls, x.source(site), false))
	if t := x.capturedCallee(c.Value, args); t != nil {
		return []target{*t}, true
	}
	passed := x.passedIn(fn)
	for _, callee := range x.dynamic(site, fn) {
		if sum := x.engine.Summary(callee); sum != nil {
			targets = append(targets, target{fn: callee, name: path.FuncName(callee), value: fn, args: args, sum: sum, dynamic: true, passed: passed})
		}
	}
	for _, t := range x.storedValues(fn, args) {
		if t.fn == nil && !passed { // the flow of values does not know it
			targets = append(targets, t)
		}
	}
	return targets, false
}

// ofCaller returns fn, a function or interface value that is not known here, as
// callers name it, or nil if they can't.
func (x *executor) ofCaller(fn *path.Node) *path.Node {
	exposed := open(x.table, fn)
	if !exposed.Visible() || exposed.Kind == path.Func || exposed.Root().Kind == path.Const {
		return nil
	}
	return exposed
}

// maxDynamic bounds the functions that one dynamic call is followed into. A
// call that may reach more is taken for one of which nothing is known.
const maxDynamic = 8

// dynamic lists the functions that can touch a lock among those that the
// dynamic call may reach.
func (x *executor) dynamic(site ssa.CallInstruction, fn *path.Node) []*ssa.Function {
	if !x.engine.rel.candidates[shapeOf(site.Common())] {
		return nil
	}
	stored, known := x.engine.Stored(fn)
	known = known && !site.Common().IsInvoke()
	var out []*ssa.Function
	for _, callee := range x.engine.Dynamic(site) {
		if x.engine.Relevant(callee) && (!known || stored[path.FuncName(callee)]) {
			out = append(out, callee)
		}
	}
	if len(out) > maxDynamic {
		x.engine.debugf(x.fn, "too many callees of the dynamic call at %s", x.engine.Prog.Fset.Position(site.Pos()))
		return nil
	}
	return out
}

// storedValues returns the functions that are stored where fn comes from.
func (x *executor) storedValues(fn *path.Node, args []*path.Node) []target {
	var out []target
	for _, v := range x.engine.Values(fn) {
		for _, t := range x.known(v, "", args) {
			t.value, t.dynamic = fn, true
			out = append(out, t)
		}
	}
	if len(out) > maxDynamic {
		return nil
	}
	return out
}

// passedIn reports whether the function or interface value fn is an argument
// of the function at hand, or an element of one: the caller knows what it
// passes, where the flow of values only knows what some caller does.
func (x *executor) passedIn(fn *path.Node) bool {
	if fn.Kind == path.Deref && fn.Parent.Kind == path.Index {
		fn = fn.Parent.Parent
	}
	if fn.Kind == path.Elem {
		fn = fn.Parent
	}
	return fn.Kind == path.Param
}

func summarised(targets []target) bool {
	for _, t := range targets {
		if t.sum == nil {
			return false
		}
	}
	return true
}

// known returns the function that the value fn (or method of it) is known to
// be, if its summary is known too.
func (x *executor) known(fn *path.Node, method string, args []*path.Node) []target {
	if method != "" {
		m := x.method(fn, method)
		if m == nil {
			return nil
		}
		if len(args) > 0 && args[0] != nil {
			args = append([]*path.Node{args[0].Plain()}, args[1:]...)
		}
		if sum := x.engine.Summary(m); sum != nil {
			return []target{{fn: m, name: path.FuncName(m), args: args, sum: sum}}
		}
		return nil
	}
	switch fn.Kind {
	case path.Func, path.Closure:
		var sum *summary.Summary
		if fn.Fn != nil {
			sum = x.engine.Summary(fn.Fn)
		} else {
			sum = x.engine.SummaryByName(fn.Name)
		}
		if sum != nil {
			return []target{{fn: fn.Fn, name: fn.Name, value: fn, args: args, sum: sum}}
		}
	}
	return nil
}

// asserted returns the method of the interface value v at fn that is called where
// a type assertion in the function at hand has told its dynamic type.
func (x *executor) asserted(s *state, v ssa.Value, fn *path.Node, method string, args []*path.Node) []target {
	if v.Referrers() == nil {
		return nil // a constant
	}
	for _, r := range *v.Referrers() {
		a, ok := r.(*ssa.TypeAssert)
		if !ok || !a.CommaOk || types.IsInterface(a.AssertedType) {
			continue
		}
		if s.cond.Implies(summary.Is(x.table.HasType(fn, a.AssertedType), "true")) != summary.True {
			continue
		}
		if m := x.methodOf(a.AssertedType, method); m != nil {
			if sum := x.engine.Summary(m); sum != nil {
				return []target{{fn: m, name: path.FuncName(m), args: args, sum: sum}}
			}
		}
	}
	return nil
}

// methodKey names a method of an interface with the types of its parameters
// and results: a type with a method of that name only may not implement it.
// Where those depend on type parameters it is the name alone.
func methodKey(m *types.Func) string {
	sig := m.Signature()
	text := types.TypeString(types.NewSignatureType(nil, nil, nil, unnamed(sig.Params()), unnamed(sig.Results()), sig.Variadic()), nil)
	if sig.Recv() != nil {
		if n, ok := types.Unalias(sig.Recv().Type()).(*types.Named); ok && n.TypeParams().Len()+n.TypeArgs().Len() > 0 {
			return m.Name()
		}
	}
	return m.Name() + strings.TrimPrefix(text, "func")
}

// unnamed returns the types of t without the names of the variables.
func unnamed(t *types.Tuple) *types.Tuple {
	vars := make([]*types.Var, t.Len())
	for i := range vars {
		vars[i] = types.NewParam(token.NoPos, nil, "", t.At(i).Type())
	}
	return types.NewTuple(vars...)
}

// method returns the concrete method that a call on the interface value recv
// reaches, where its dynamic type is known. The method is given by name, or by
// its key.
func (x *executor) method(recv *path.Node, method string) *ssa.Function {
	t := x.typeOf(recv)
	if t == nil || types.IsInterface(t) {
		return nil
	}
	return x.methodOf(t, method)
}

// methodOf returns the method of that name or key of the type t.
func (x *executor) methodOf(t types.Type, method string) *ssa.Function {
	id := methodID{t, method}
	m, ok := x.engine.methods[id]
	if !ok {
		m = x.engine.findMethod(id)
		if x.engine.methods == nil {
			x.engine.methods = map[methodID]*ssa.Function{}
		}
		x.engine.methods[id] = m
	}
	return m
}

// methodID is the method of that name or key of a type.
type methodID struct {
	recv types.Type
	name string
}

// findMethod returns the function of the method m, or nil if there is none.
func (e *Engine) findMethod(m methodID) *ssa.Function {
	if _, ok := m.recv.(*types.TypeParam); ok {
		return nil
	}
	name, _, typed := strings.Cut(m.name, "(")
	obj, _, _ := types.LookupFieldOrMethod(m.recv, true, home(m.recv), name)
	fn, ok := obj.(*types.Func)
	if !ok || typed && methodKey(fn) != m.name && methodKey(fn) != name {
		return nil
	}
	sel := types.NewMethodSet(m.recv).Lookup(fn.Pkg(), name)
	if sel == nil {
		return nil
	}
	e.declare(fn.Pkg())
	return e.Prog.MethodValue(sel)
}

// home returns the package of the named type t, or of what it points to: the
// one in which all its methods can be called. It is nil if there is none.
func home(t types.Type) *types.Package {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Pkg()
	}
	return nil
}

// typeOf returns the type of the value at n, or nil.
func (x *executor) typeOf(n *path.Node) types.Type {
	if n.Kind == path.Param && n.Index < len(x.fn.Params) {
		return x.fn.Params[n.Index].Type()
	}
	if n.Kind == path.As || n.Kind == path.Fresh && n.Owner != "" {
		return x.engine.namedType(n.Owner)
	}
	return n.Type()
}

// typeName returns the name of a pointer to a declared type that namedType finds
// again, here and in packages that import this one; "" for other types.
func typeName(t types.Type) string {
	p, ok := t.(*types.Pointer)
	if !ok {
		return ""
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	if !ok || n.TypeArgs().Len()+n.TypeParams().Len() > 0 || n.Obj().Pkg() == nil || n.Obj().Parent() != n.Obj().Pkg().Scope() {
		return ""
	}
	return "*" + path.OwnerName(n)
}

// lockerMethod returns the summary of a method of an interface that is a
// lock by its type: it has the methods of sync.Locker.
func (x *executor) lockerMethod(c *ssa.CallCommon) *summary.Summary {
	it, ok := c.Value.Type().Underlying().(*types.Interface)
	if !ok || !isLocker(it) || c.Method.Signature().Params().Len() > 0 {
		return nil
	}
	return x.engine.SummaryByName("(*sync.RWMutex)." + c.Method.Name())
}

// onlyIdle reports whether the flow of values brings only such implementations
// to the call that do nothing to locks.
func (x *executor) onlyIdle(site ssa.CallInstruction) bool {
	callees := x.engine.Dynamic(site)
	for _, fn := range callees {
		if x.engine.Summary(fn).Locks() || len(fn.Blocks) == 0 {
			return false
		}
	}
	return len(callees) > 0
}

// isLocker reports whether it has methods Lock() and Unlock().
func isLocker(it *types.Interface) bool {
	for _, name := range [...]string{"Lock", "Unlock"} {
		obj, _, _ := types.LookupFieldOrMethod(it, false, nil, name)
		f, ok := obj.(*types.Func)
		if !ok || f.Signature().Params().Len()+f.Signature().Results().Len() > 0 {
			return false
		}
	}
	return true
}

// capturedCallee resolves a call of a captured variable that is assigned one
// closure only, in the function around.
func (x *executor) capturedCallee(v ssa.Value, args []*path.Node) *target {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return nil
	}
	free, ok := load.X.(*ssa.FreeVar)
	if !ok {
		return nil
	}
	cell := x.binding(free)
	alloc, ok := cell.(*ssa.Alloc)
	if !ok {
		return nil
	}
	mc, ok := heap.OnlyStore(alloc).(*ssa.MakeClosure)
	if !ok {
		if fn, ok := heap.OnlyStore(alloc).(*ssa.Function); ok {
			if sum := x.engine.Summary(fn); sum != nil {
				return &target{fn: fn, name: path.FuncName(fn), args: args, sum: sum}
			}
		}
		return nil
	}
	fn := mc.Fn.(*ssa.Function)
	sum := x.engine.Summary(fn)
	if sum == nil {
		return nil
	}
	caps := make([]*path.Node, len(mc.Bindings))
	for i, b := range mc.Bindings {
		caps[i] = x.table.Unknown()
		for j, f := range x.fn.FreeVars {
			if x.binding(f) == b {
				caps[i] = x.table.Free(j)
			}
		}
	}
	value := x.table.Closure(path.FuncName(fn), fn, caps)
	return &target{fn: fn, name: path.FuncName(fn), value: value, args: args, sum: sum}
}

// binding returns the value that the free variable v of the function at hand
// is bound to in the function around it, looked up outwards.
func (x *executor) binding(v *ssa.FreeVar) ssa.Value {
	fn := v.Parent()
	index := -1
	for i, f := range fn.FreeVars {
		if f == v {
			index = i
		}
	}
	mc := maker(fn)
	if mc == nil || index < 0 {
		return v
	}
	if outer, ok := mc.Bindings[index].(*ssa.FreeVar); ok {
		return x.binding(outer)
	}
	return mc.Bindings[index]
}

// maker returns the one instruction that makes closures of fn.
func maker(fn *ssa.Function) *ssa.MakeClosure {
	if fn.Parent() == nil {
		return nil
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == fn {
				return mc
			}
		}
	}
	return nil
}

// lockOf returns the lock that an operation on p in the given mode acts on:
// the RWMutex behind an RLocker, the mutex that the Lock method of an own
// lock type takes; written by the shortest path that heap rules allow.
func (x *executor) lockOf(p *path.Node, mode lock.Mode) (*path.Node, lock.Mode, []string) {
	p = p.Plain()
	if p.Kind == path.RLocker {
		p, mode = p.Parent, lock.Read
	}
	if inner := x.innerLock(p); inner != nil {
		p = inner
	}
	p, rules := x.engine.Canon(x.fn, p)
	if p.Kind == path.RLocker {
		p, mode = p.Parent, lock.Read
	}
	if r := p.Root(); r.Kind == path.Const && r.Name == "nil" {
		p = x.table.Unknown() // there is no lock at nil
	}
	return p, mode, rules
}

// innerLock returns the mutex that p.Lock takes and leaves locked, if p is of an own
// lock type: the Lock of a mock may take another one to count its calls.
func (x *executor) innerLock(p *path.Node) *path.Node {
	t := x.typeOf(p)
	if t == nil || types.IsInterface(t) {
		return nil
	}
	owner := path.OwnerName(t)
	if owner == "" || owner == "sync.Mutex" || owner == "sync.RWMutex" || owner == "sync.Once" {
		return nil
	}
	m := x.method(p, "Lock")
	if m == nil {
		return nil
	}
	sum := x.engine.Summary(m)
	if sum == nil || len(sum.Acquires) != 1 {
		return nil
	}
	a := sum.Acquires[0].Path
	held := slices.ContainsFunc(sum.Exits, func(e summary.Exit) bool { return e.Holds(a) })
	if a.Root() != x.table.Param(0) || a.IsRoot() || !held {
		return nil
	}
	return x.table.Replace(a, x.table.Param(0), p)
}
