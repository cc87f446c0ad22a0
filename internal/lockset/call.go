package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Bounds on callbacks that call callbacks at one call site.
const (
	maxNesting = 6
	maxAgain   = 2 // times that one of them is followed: literals can call themselves
)

// call executes a call instruction.
func (x *executor) call(s *state, c *ssa.Call) []*state {
	fn, args := x.operands(s, c.Common())
	return x.answered(x.perform(s.asserted(c.Common(), c.Block()), c, fn, args), c, fn, args)
}

// perform executes the call at site, be it deferred or not, of fn with args.
func (x *executor) perform(s *state, site ssa.CallInstruction, fn *path.Node, args []*path.Node) []*state {
	if b, ok := site.Common().Value.(*ssa.Builtin); ok {
		return one(x.builtin(s, site, b, args))
	}
	return x.cancels(s, x.invoke(s, site, fn, args), site, fn)
}

// builtin executes the built-in functions that change memory, and finds the
// length of a slice that is in a field.
func (x *executor) builtin(s *state, site ssa.CallInstruction, b *ssa.Builtin, args []*path.Node) *state {
	switch b.Name() {
	case "copy", "delete", "clear":
		return s.clobber(cellClass(x.table.Elem(args[0], nil)))
	case "close":
		return x.closes(s, args[0])
	case "len":
		return x.measure(s, site)
	case "recover":
		if v := site.Value(); v != nil {
			return x.bind(s, v, x.table.Deref(x.recovered, nil))
		}
	}
	return s
}

// operands returns the function value (or interface value) that c calls, and
// all arguments, the receiver first.
func (x *executor) operands(s *state, c *ssa.CallCommon) (fn *path.Node, args []*path.Node) {
	fn = x.eval(s, c.Value)
	if c.IsInvoke() {
		args = append(args, fn)
	}
	for i, a := range c.Args {
		n := x.eval(s, a)
		if ofTypeParam(c, i) {
			n = x.table.InInterface(n, a.Type())
		}
		args = append(args, n)
	}
	return fn, args
}

// target is a function that a call may reach.
type target struct {
	fn      *ssa.Function // nil where only the summary is known
	name    string
	value   *path.Node // the function value, for captured variables
	args    []*path.Node
	sum     *summary.Summary
	dynamic bool
	passed  bool              // only some caller passes it: what it takes is that caller's affair
	when    *path.Node        // what is true where the call reaches it, or nil
	key     []summary.Literal // the same of the key by which it is found in a table
	cells   []cell            // captured variables of turns of a loop before
}

// frame is one instantiation of a summary.
type frame struct {
	target
	site    ssa.CallInstruction
	steps   []summary.Step // from the function at hand to this call
	depth   int
	outer   *frame // whose target calls this one, if it is a callback of it
	once    bool   // a sync.Once makes it, now or before
	sub     *path.Substitution
	bound   []*path.Node // what the results are known to be in the outcome at hand
	returns *path.Node   // names the result of a callback, nil if nobody asks for it

	before, changed *state // what changedBy was asked last, and its answer
	prior           map[*path.Node]*priorCall
}

// invoke executes a call of fn with args from state s.
func (x *executor) invoke(s *state, site ssa.CallInstruction, fn *path.Node, args []*path.Node) []*state {
	for _, a := range args {
		x.leaves(s, a)
	}
	targets, complete := x.callees(s, site, fn, args)
	if static := site.Common().StaticCallee(); static != nil && len(targets) == 0 {
		f := &frame{target: target{fn: static, args: args}, site: site}
		x.substitution(s, f)
		x.registers(s, f)
	}
	var out []*state
	settled := complete
	if !complete {
		if x.passedIn(fn) {
			for _, a := range args {
				if !isLoopBody(a.Fn) {
					s = x.hand(s, a)
				}
			}
		}
		out = append(out, x.unknownCall(s, site, args)...)
		if site.Common().StaticCallee() == nil {
			x.lendFields(out, site.Common().Signature(), x.tells(fn))
		}
	}
	for _, c := range targets {
		f := &frame{target: c, site: site}
		out = append(out, x.instantiate(s, f)...)
		settled = settled && !releasesSome(c) && !x.callsPassed(f)
	}
	for i := range out {
		if out[i].carries() {
			out[i] = x.spend(out[i], x.engine.handedTo(site, targets, complete, args)...)
		}
	}
	if exposed := x.ofCaller(s, site, fn); exposed != nil && !complete {
		method := ""
		if site.Common().IsInvoke() {
			method = methodKey(site.Common().Method)
		}
		for i := range out {
			out[i] = x.returnsFunc(x.afterCall(out[i], &frame{site: site}, exposed, method, args), site, exposed, args)
		}
	}
	return x.compact(s.settle(out, settled))
}

// callsPassed reports whether the target of f calls a function that only callers of the
// function at hand know.
func (x *executor) callsPassed(f *frame) bool {
	return f.sub != nil && slices.ContainsFunc(f.sum.Calls, func(c summary.Call) bool {
		return c.Method == "" && isPassed(f.sub.Apply(c.Fn))
	})
}

// releasesSome reports whether the target may release a lock that it can't name.
func releasesSome(c target) bool {
	return slices.ContainsFunc(c.sum.Lost, isSomeLock) || slices.ContainsFunc(c.sum.Exits, func(e summary.Exit) bool {
		return slices.ContainsFunc(e.Released, isSomeLock)
	})
}

// unknownCall returns the states after a call of which nothing is known:
// local objects that it could get hold of may have changed. The bodies of
// range-over-func loops run all the same.
func (x *executor) unknownCall(s *state, site ssa.CallInstruction, args []*path.Node) []*state {
	if c := site.Common(); c.StaticCallee() == nil && !c.IsInvoke() {
		s = x.forgetHanded(s) // not what a loop body leaves held
	}
	s, followed := x.changedIn(x.lentBy(s, site, args), site)
	states := []*state{s}
	for _, a := range args {
		if a.Kind == path.Closure && isLoopBody(a.Fn) {
			for _, t := range x.known(a, "", nil) {
				f := &frame{target: t, site: site, depth: 1}
				x.instantiate(s, f)
				x.nextTurn(s, f)
				states = x.mayRun(states, f, nil)
			}
			continue
		}
		for i := range states {
			if !followed {
				states[i] = x.escapes(states[i], site, a)
			}
			if x.isFunc(a) {
				states[i] = x.giveUpLocks(states[i], a)
			}
		}
	}
	return states
}

// instantiate applies the summary of f's target to s: findings and exposed
// acquisitions, calls of functions that are known only here, and one state
// for each outcome.
func (x *executor) instantiate(s *state, f *frame) []*state {
	if f.when == nil {
		return x.apply(s, f)
	}
	if x.testedOtherwise(s, f) {
		return nil
	}
	reached := append(append(x.innate(f.when.Parent, f.fn), summary.Is(f.when, "true")), f.key...)
	t := s
	for _, l := range reached {
		var ok bool
		if t, ok = t.assume(l); !ok {
			return nil
		}
	}
	assumed := func(l summary.Literal) bool { return slices.Contains(reached, l) && !s.cond.Has(l) }
	out := x.apply(t, f)
	for i := range out {
		if out[i].sameLocks(s) { // else the same object will release them
			out[i] = out[i].under(out[i].cond.Where(func(l summary.Literal) bool { return !assumed(l) }))
		}
	}
	return out
}

// callback returns the frame of t, which the target of f calls.
func (f *frame) callback(t target) *frame {
	return &frame{target: t, site: f.site, depth: f.depth + 1, outer: f}
}

// tooDeep reports whether f is not followed: there are too many callbacks around it.
func (f *frame) tooDeep() bool {
	again := 0
	for g := f; g != nil; g = g.outer {
		if g.name == f.name {
			again++
		}
	}
	return again > maxAgain || f.depth > maxNesting
}

// apply is instantiate where the call reaches the target.
func (x *executor) apply(s *state, f *frame) []*state {
	x.substitution(s, f)
	if !f.passed {
		x.acquires(s, f)
		x.registers(s, f)
	}
	x.turns(s, f)
	states := x.callouts(s, f)
	x.unwinds(s, f)
	for i := range states {
		states[i] = x.lostBy(x.keptBy(states[i], f), f)
	}
	if f.sum.Unsure {
		for i := range states {
			states[i] = states[i].forget(func(*lockState) bool { return true })
		}
	}
	var out []*state
	for _, s := range states {
		for i := range f.sum.Exits {
			if t, ok := x.outcome(s, f, &f.sum.Exits[i]); ok {
				out = append(out, t)
			}
		}
	}
	return out
}

// substitution prepares the rewriting of the target's paths into those of
// the function at hand in state s.
func (x *executor) substitution(s *state, f *frame) {
	t := x.table
	f.prior = nil
	f.sub = &path.Substitution{
		Table: t,
		Site:  f.site,
		Load: func(addr *path.Node) *path.Node {
			if addr == x.recovered && s.mem.get(addr) == nil {
				return t.Const("nil")
			}
			for _, c := range f.cells {
				if c.addr == addr {
					return c.content
				}
			}
			v, _ := x.content(s, addr, f.site)
			return v
		},
		TypeOf:  x.typeOf,
		Changed: s.changedAny,
		Answer:  func(n *path.Node, method string) *path.Node { return x.answer(s, f.site, n, method) },
		Element: func(m, k *path.Node) *path.Node {
			v, _ := s.element(t, t.Lookup(m, k, nil), f.site)
			return v
		},
		Root: func(n *path.Node) *path.Node {
			switch n.Kind {
			case path.Param:
				if n.Index < len(f.args) && f.args[n.Index] != nil {
					return f.args[n.Index]
				}
				return t.Unknown()
			case path.Free:
				if f.value == nil {
					return t.Unknown()
				}
				return t.Capture(f.value, f.name, n.Index)
			case path.Result:
				return x.result(f, n.Index)
			case path.Arg:
				return t.ArgAt(n, f.depth, f.site)
			case path.Fresh:
				return t.MadeAt(n, f.depth, f.site)
			}
			return nil
		},
	}
}

// result names result i of the call of frame f.
func (x *executor) result(f *frame, i int) *path.Node {
	if i < len(f.bound) && f.bound[i] != nil {
		return f.bound[i]
	}
	v, ok := f.site.(*ssa.Call)
	switch {
	case f.returns != nil && i == 0:
		return f.returns
	case !ok || f.depth > 0:
		return x.table.Unknown()
	}
	return x.resultOf(v, i)
}

// resultOf names result i of the call c.
func (x *executor) resultOf(c *ssa.Call, i int) *path.Node {
	if c.Call.Signature().Results().Len() == 1 {
		return x.table.Value(c)
	}
	return x.table.Extract(x.table.Value(c), i)
}

// guard translates a guard of the target; false means that it can't hold in s.
func (x *executor) guard(s *state, f *frame, g summary.Guard) (summary.Guard, bool) {
	h, ok := g.Map(f.sub.Apply)
	if !ok || slices.ContainsFunc(g, f.inOmitted) {
		return nil, false
	}
	for _, l := range h {
		if l.Const == "nil" && !l.Neg && s.followed(l.Path) || followsNil(s.cond, l.Path) || x.excluded(s, l, f.site) {
			return nil, false
		}
	}
	if h, ok = x.takable(s, h); !ok {
		return nil, false
	}
	return s.cond.AndAll(h)
}

// inOmitted reports whether l is about what is in an argument that a model does not
// tell: a request, say, which its sender can have marked.
func (f *frame) inOmitted(l summary.Literal) bool {
	return l.Path.Any(func(n *path.Node) bool {
		if n.Kind != path.Field || n.Root().Kind != path.Param {
			return false
		}
		i := n.Root().Index
		return i >= len(f.args) || f.args[i] == nil
	})
}

// followed reports whether p is a pointer to a lock that has been used, or one on the
// way there: it is not nil.
func (s *state) followed(p *path.Node) bool {
	for _, l := range s.locks {
		if l.path.HasPrefix(p) {
			return true
		}
	}
	return false
}

// followsNil reports whether under g a pointer to a struct on the way to what p is about is
// nil: who asks for p panics.
func followsNil(g summary.Guard, p *path.Node) bool {
	nils := g.Where(func(l summary.Literal) bool { return l.Const == "nil" && !l.Neg })
	for n := p; len(nils) > 0 && n.Parent != nil; n = n.Parent {
		if n.Kind == path.Field && !n.IsClosedCell() && !n.IsLengthCell() && nils.About(n.Parent) {
			return true
		}
	}
	return false
}

// nilOnTheWay reports whether under g a pointer on the way to p is nil: who
// asks for p panics.
func nilOnTheWay(g summary.Guard, p *path.Node) bool {
	return slices.ContainsFunc(g, func(l summary.Literal) bool {
		return l.Const == "nil" && !l.Neg && l.Path != p && p.HasPrefix(l.Path)
	})
}
