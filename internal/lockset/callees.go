package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/callgraph"
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
	if targets, complete = x.fromTable(s, site, fn, method, args); len(targets) > 0 {
		return targets, complete
	}
	if c.IsInvoke() {
		if sum := x.engine.Known(path.ObjectName(c.Method), nil); sum != nil && len(sum.Exits) == 0 {
			return []target{{name: c.Method.Name(), args: args, sum: sum}}, true // whoever implements it
		}
		if m := x.lockerMethod(c); m != nil && !x.onlyIdle(site, fn) {
			return []target{{name: c.Method.Name(), args: args, sum: m}}, true
		}
	}
	if exposed := x.ofCaller(s, site, fn); exposed != nil && (!c.IsInvoke() || isPassed(exposed) || x.engine.asked(c)) {
		x.exposeCall(s, s.cond, exposed, &summary.Call{Method: method}, args, &frame{site: site})
	}
	if c := (&summary.Call{Fn: fn, Method: method, Args: args}); x.notable(s, c, fn) {
		x.noteStored(s, c, x.step(site, summary.Calls, x.source(site), false))
	}
	if t := x.capturedCallee(c.Value, args); t != nil {
		return []target{*t}, true
	}
	passed := x.passedIn(fn)
	for _, callee := range x.dynamic(site, fn) {
		if sum := x.engine.Summary(callee); sum != nil && !x.underOtherKey(site, callee) {
			t := target{fn: callee, name: path.FuncName(callee), value: fn, args: args, sum: sum, dynamic: true, passed: passed, when: x.dispatched(fn, callee), key: x.foundBy(s, site, callee)}
			if s.cond.Has(summary.Is(t.when, "true")) {
				return []target{t}, true
			}
			targets = append(targets, t)
		}
	}
	if c.IsInvoke() {
		targets = append(targets, x.converted(fn, method, args)...)
	}
	for _, t := range x.storedValues(fn, args) {
		if (t.fn == nil || isReceived(c.Value)) && !passed { // the flow of values does not know it
			targets = append(targets, t)
		}
	}
	return targets, false
}

// isReceived reports whether v comes from a channel together with whether that is open.
func isReceived(v ssa.Value) bool {
	e, ok := v.(*ssa.Extract)
	if !ok {
		return false
	}
	receive, ok := e.Tuple.(*ssa.UnOp)
	return ok && receive.Op == token.ARROW
}

// ofCaller returns fn, a function or interface value that is not known here, as
// callers name it, or nil if they can't.
func (x *executor) ofCaller(s *state, site ssa.Instruction, fn *path.Node) *path.Node {
	exposed, _ := x.gathered(s, site, fn, nil)
	if e := everyIn(exposed); e != nil {
		exposed = x.table.Replace(exposed, e, x.table.Elem(e.Parent, nil))
	}
	exposed = x.table.General(exposed)
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
	if site.Common().StaticCallee() != nil || !x.engine.relevance().mayBeReached(site.Common()) {
		return nil
	}
	stored, known := x.engine.Stored(fn)
	known = known && !site.Common().IsInvoke()
	var out []*ssa.Function
	for _, callee := range x.engine.Dynamic(site) {
		if !x.engine.Relevant(callee) || slices.Contains(out, callee) || known && !stored[path.FuncName(callee)] || !x.engine.isEntry(site, callee) {
			continue
		}
		if out = append(out, callee); len(out) > maxDynamic {
			x.engine.debugf(x.fn, "too many callees of the dynamic call at %s", x.engine.Prog.Fset.Position(site.Pos()))
			return nil
		}
	}
	slices.SortFunc(out, callgraph.Compare)
	return out
}

// dispatched returns what is true where a dynamic call of the value fn reaches callee:
// that it is this function, or an object with this method.
func (x *executor) dispatched(fn *path.Node, callee *ssa.Function) *path.Node {
	if recv := callee.Signature.Recv(); recv != nil {
		return x.table.HasType(fn, recv.Type())
	}
	return x.table.IsFunc(fn, path.FuncName(callee))
}

// storedValues returns the functions that are stored where fn comes from.
func (x *executor) storedValues(fn *path.Node, args []*path.Node) []target {
	var out []target
	for _, v := range x.engine.Values(fn) {
		for _, t := range x.known(v.Plain(), "", args) {
			t.value, t.dynamic, t.when = fn, true, x.table.IsFunc(fn, t.name)
			if out = append(out, t); len(out) > maxDynamic {
				return nil
			}
		}
	}
	return out
}

// converted returns the methods that a call of the interface value fn reaches where
// functions are stored, by the types of other packages that they were converted to:
// the flow of values does not lead into these.
func (x *executor) converted(fn *path.Node, method string, args []*path.Node) []target {
	var out []target
	for _, v := range x.engine.Values(fn) {
		m := x.method(v, method)
		if m == nil || len(m.Blocks) > 0 || slices.ContainsFunc(out, func(t target) bool { return t.fn == m }) {
			continue
		}
		if sum := x.engine.Summary(m); sum != nil {
			out = append(out, target{fn: m, name: path.FuncName(m), args: args, sum: sum, dynamic: true, when: x.dispatched(fn, m)})
		}
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
		if len(args) > 0 && args[0] != nil && args[0] != args[0].Plain() {
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

// onlyIdle reports whether only such implementations come to the call, of a method of
// the value fn, that leave no lock held or released: by the flow of values, which knows those of
// this package, and by what is stored in the field that fn is from.
func (x *executor) onlyIdle(site ssa.CallInstruction, fn *path.Node) bool {
	callees := x.engine.Dynamic(site)
	for _, callee := range callees {
		if x.engine.Summary(callee).Leaves() || len(callee.Blocks) == 0 {
			return false
		}
	}
	if fn.Kind == path.Deref && fn.Parent.Kind == path.Field && fn.Visible() { // else which one it is can be known
		_, typs := x.engine.InField(fn)
		for _, t := range typs {
			if t != nil && x.ofOther(t) {
				return false
			}
		}
	}
	return len(callees) > 0
}

// ofOther reports whether t is a type of another package, or a pointer to one, and no
// interface.
func (x *executor) ofOther(t types.Type) bool {
	owner := path.OwnerName(t)
	return owner != "" && !types.IsInterface(t) && x.engine.foreign(owner)
}
