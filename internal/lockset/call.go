package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// maxNesting bounds callbacks that call callbacks at one call site.
const maxNesting = 6

// call executes a call instruction.
func (x *executor) call(s *state, c *ssa.Call) []*state {
	if b, ok := c.Call.Value.(*ssa.Builtin); ok {
		return one(x.builtin(s, c, b))
	}
	fn, args := x.operands(s, c.Common())
	return x.invoke(s, c, fn, args)
}

// builtin executes the built-in functions that change memory.
func (x *executor) builtin(s *state, c *ssa.Call, b *ssa.Builtin) *state {
	switch b.Name() {
	case "copy", "delete", "clear":
		base := x.eval(s, c.Call.Args[0])
		return s.clobber(cellClass(x.table.Elem(base, nil)))
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
	for _, a := range c.Args {
		args = append(args, x.eval(s, a))
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
	passed  bool // only some caller passes it: what it takes is that caller's affair
}

// frame is one instantiation of a summary.
type frame struct {
	target
	site  ssa.CallInstruction
	steps []summary.Step // from the function at hand to this call
	depth int
	sub   *path.Substitution
	bound []*path.Node // what the results are known to be in the outcome at hand
}

// invoke executes a call of fn with args from state s.
func (x *executor) invoke(s *state, site ssa.CallInstruction, fn *path.Node, args []*path.Node) []*state {
	targets, complete := x.callees(s, site, fn, args)
	var out []*state
	if !complete {
		if x.passedIn(fn) {
			for _, a := range args {
				if !isLoopBody(a.Fn) {
					s = s.hand(a)
				}
			}
		}
		out = append(out, x.unknownCall(s, site, args)...)
	}
	for _, c := range targets {
		f := &frame{target: c, site: site}
		out = append(out, x.instantiate(s, f)...)
	}
	for i := range out {
		out[i] = out[i].spend(args...)
	}
	return x.compact(s.settle(out))
}

// unknownCall returns the states after a call of which nothing is known:
// local objects that it could get hold of may have changed. The bodies of
// range-over-func loops run all the same.
func (x *executor) unknownCall(s *state, site ssa.CallInstruction, args []*path.Node) []*state {
	if c := site.Common(); c.StaticCallee() == nil && !c.IsInvoke() {
		s = s.forgetHanded() // not what a loop body leaves held
	}
	states := []*state{s}
	for _, a := range args {
		if a.Kind == path.Closure && isLoopBody(a.Fn) {
			for _, t := range x.known(a, "", nil) {
				f := &frame{target: t, site: site, depth: 1}
				x.instantiate(s, f)
				x.nextTurn(s, f)
				states = x.mayRun(states, f)
			}
			continue
		}
		for i := range states {
			states[i] = states[i].escape(a)
		}
	}
	if site.Common().StaticCallee() == nil {
		x.engine.lend(s)
		for i := range states {
			states[i] = states[i].exposeFields(site.Common())
		}
	}
	return states
}

// exposeFields returns s after the call of a function value that is not
// known: it may store to the fields of the structs that it is passed.
func (s *state) exposeFields(c *ssa.CallCommon) *state {
	for _, a := range c.Args {
		p, ok := a.Type().Underlying().(*types.Pointer)
		if !ok {
			continue
		}
		if owner := path.OwnerName(p.Elem()); owner != "" {
			s = s.clobber(allFields(owner))
		}
	}
	return s
}

// instantiate applies the summary of f's target to s: findings and exposed
// acquisitions, calls of functions that are known only here, and one state
// for each outcome.
func (x *executor) instantiate(s *state, f *frame) []*state {
	x.substitution(s, f)
	if !f.passed {
		x.acquires(s, f)
		x.registers(s, f)
	}
	states := x.callouts(s, f)
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
	f.sub = &path.Substitution{
		Table: t,
		Site:  f.site,
		Load: func(addr *path.Node) *path.Node {
			v, _ := s.load(t, addr, f.site)
			return v
		},
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
			case path.Fresh:
				return t.FreshAt(n.Index, f.site)
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
	if !ok || f.depth > 0 {
		return x.table.Unknown()
	}
	if v.Call.Signature().Results().Len() == 1 {
		return x.table.Value(v)
	}
	return x.table.Extract(x.table.Value(v), i)
}

// guard translates a guard of the target; false means that it can't hold in s.
func (x *executor) guard(s *state, f *frame, g summary.Guard) (summary.Guard, bool) {
	h, ok := g.Map(f.sub.Apply)
	if !ok {
		return nil, false
	}
	for _, l := range h {
		if l.Const == "nil" && !l.Neg && s.followed(l.Path) || x.excluded(s, l, f.site) {
			return nil, false
		}
	}
	if h, ok = s.takable(h); !ok {
		return nil, false
	}
	return s.cond.AndAll(h)
}

// takable decides the literals of g that the goroutine can take a lock, on
// which a TryLock depends. Those of locks that s knows nothing of are for
// callers to decide.
func (s *state) takable(g summary.Guard) (summary.Guard, bool) {
	ok := true
	g = g.Where(func(l summary.Literal) bool {
		p, mode, is := l.Path.TakableLock()
		if !is {
			return true
		}
		known := s.lock(p)
		if known != nil && known.held && !known.shared && (mode == lock.Write.String() || known.mode == lock.Write) {
			ok = false
		}
		return known == nil
	})
	return g, ok
}

// followed reports whether p is a pointer on the way to a lock that has been
// used: it is not nil.
func (s *state) followed(p *path.Node) bool {
	for i := range s.locks {
		if l := s.locks[i].path; l != p && l.HasPrefix(p) {
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

// acquires checks every acquisition of the target against the locks held,
// and exposes those that the caller could hold.
func (x *executor) acquires(s *state, f *frame) {
	for i := range f.sum.Acquires {
		a := &f.sum.Acquires[i]
		if !x.concerns(s, f, a.Path) {
			continue
		}
		g, ok := x.guard(s, f, a.Guard)
		if !ok {
			continue
		}
		for _, p := range x.eachElement(s, f.sub.Apply(a.Path), f.site) {
			x.acquire(s, f, a, g, p)
		}
	}
	x.pairsOf(s, f)
}

// concerns reports whether an acquisition of the lock p of the target could
// meet a lock that s knows, or be seen by a caller of the function at hand. Most
// are of objects that this function made itself, and while it holds nothing.
func (x *executor) concerns(s *state, f *frame, p *path.Node) bool {
	if !x.top && f.visible(p.Root()) || p.Kind != path.Field {
		return true
	}
	return slices.ContainsFunc(s.locks, func(l lockState) bool {
		q := lockField(l.path)
		return q.Kind != path.Field || q.Name == p.Name && q.Owner == p.Owner
	})
}

// visible reports whether callers of the function at hand can name what root,
// a root in the terms of the target, is here, or where the way to it starts: a
// rule may say that the way leads back.
func (f *frame) visible(root *path.Node) bool {
	switch root.Kind {
	case path.Param:
		return root.Index < len(f.args) && f.args[root.Index] != nil && f.args[root.Index].Root().Visible()
	case path.Fresh, path.Result:
		return false
	}
	return true
}

// acquire checks acquisition a of the target, which is of the lock p here and
// happens under g.
func (x *executor) acquire(s *state, f *frame, a *summary.Acquire, g summary.Guard, p *path.Node) {
	p, mode, rules := x.lockOf(p, a.Mode)
	if p.Kind == path.Unknown || nilOnTheWay(g, p) {
		return
	}
	l := s.lock(p)
	if l == nil && (s.mayRetake(p) || x.top || !x.variadic(p).Visible()) || l != nil && !l.held {
		return
	}
	b := summary.Acquire{Path: p, Mode: mode, Guard: g, Steps: f.witness(x, a.Steps), Rules: union(a.Rules, rules)}
	if l != nil {
		x.report(l, f.site, &b)
		return
	}
	x.expose(b)
	x.under(s, &b)
}

// eachElement returns the locks that p may be: itself, or, where the call at
// site takes a lock of some element of a local array (the arguments of a
// variadic call), those of all its elements.
func (x *executor) eachElement(s *state, p *path.Node, site any) []*path.Node {
	for n := p; n != nil; n = n.Parent {
		if n.Kind != path.Elem || n.Site != site {
			continue
		}
		var list []*path.Node
		for _, e := range s.elements(n) {
			list = append(list, x.table.Replace(p, n, e))
		}
		return list
	}
	return []*path.Node{p}
}

// witness returns the steps from the function at hand through the target to
// what the target does.
func (f *frame) witness(x *executor, rest []summary.Step) []summary.Step {
	if len(rest) == 0 {
		return append(slices.Clip(f.steps), x.step(f.site, summary.Locks, x.operation(f), f.dynamic))
	}
	if isLoopBody(f.fn) && len(f.steps) == 0 {
		return rest // the body is part of the function at hand
	}
	steps := append(slices.Clip(f.steps), x.step(f.site, summary.Calls, x.display(f.target), f.dynamic))
	return f.follow(steps, rest)
}

// follow returns steps with those of the target after them. They have
// positions only if the target is a part of the function at hand.
func (f *frame) follow(steps, rest []summary.Step) []summary.Step {
	steps = slices.Grow(steps, len(rest))
	for _, r := range rest {
		if !isLoopBody(f.fn) {
			r.Pos = 0
		}
		steps = append(steps, r)
	}
	return steps
}

// callouts runs the functions that the target calls on its caller's behalf
// and that are known here. Others become calls of the function at hand.
// It returns the states in which the target may continue.
func (x *executor) callouts(s *state, f *frame) []*state {
	if len(f.sum.Calls) == 0 {
		return one(s)
	}
	states := []*state{s}
	seen := map[*path.Node]bool{}
	for i := range f.sum.Calls {
		c := &f.sum.Calls[i]
		fn := f.sub.Apply(c.Fn)
		if fn.Kind == path.Const || f.depth >= maxNesting {
			continue
		}
		if fn.Kind == path.Unknown {
			for i := range states {
				states[i] = states[i].forgetHanded()
			}
			continue
		}
		for _, fn := range s.elements(fn) {
			states = x.callout(s, f, c, fn, states, seen)
		}
	}
	return x.compact(states)
}

// callout runs call c of the target, which is a call of fn here, and returns
// the states in which the target may continue after it.
func (x *executor) callout(s *state, f *frame, c *summary.Call, fn *path.Node, states []*state, seen map[*path.Node]bool) []*state {
	args := make([]*path.Node, len(c.Args))
	for i, a := range c.Args {
		if args[i] = f.sub.Apply(a); a == nil {
			args[i] = x.table.Unknown()
		}
	}
	if c.Method != "" && len(args) > 0 {
		args[0] = fn // the receiver
	}
	targets := x.known(fn, c.Method, args)
	if len(targets) == 0 {
		fn = x.variadic(fn)
		for i := range states {
			if states[i] = states[i].spend(fn); c.Method == "" {
				states[i] = states[i].forgetHanded()
			}
		}
	}
	if len(targets) == 0 && !x.exposable(fn, c) || len(targets) > 0 && !targets[0].sum.Locks() && !changesMemory(targets[0].sum) {
		return states
	}
	g, ok := x.guard(s, f, c.Guard)
	if !ok {
		return states
	}
	inner := x.during(s, f, c).under(g)
	if len(targets) == 0 {
		x.exposeCall(inner, g, fn, c, args, f)
		for i := range states {
			for _, a := range args {
				states[i] = states[i].hand(a)
			}
		}
		return states
	}
	for _, t := range targets {
		nested := &frame{target: t, site: f.site, steps: f.callSteps(x, c.Steps), depth: f.depth + 1}
		x.instantiate(inner, nested)
		x.nextTurn(inner, nested)
		if !seen[fn] {
			seen[fn] = true
			states = x.mayRun(states, nested)
		}
	}
	return states
}

// elements returns what fn may be: itself, or, where it is some element of a
// local array (the arguments of a variadic call), each of its elements.
func (s *state) elements(fn *path.Node) []*path.Node {
	if fn.Kind != path.Elem {
		return []*path.Node{fn}
	}
	var list []*path.Node
	for _, b := range s.mem {
		if b.key.Kind == path.Index && b.key.Parent == fn.Parent {
			list = append(list, b.val)
		}
	}
	if len(list) == 0 {
		return []*path.Node{fn}
	}
	return list
}

// under returns s with condition g.
func (s *state) under(g summary.Guard) *state {
	t := *s
	t.cond = g
	return &t
}

// changesMemory reports whether s says anything of contents after the call.
func changesMemory(s *summary.Summary) bool {
	return slices.ContainsFunc(s.Exits, func(e summary.Exit) bool { return len(e.Stores)+len(e.Dirty) > 0 })
}

// during returns s as it is when the target makes call c: with the locks
// that the target holds or released by then.
func (x *executor) during(s *state, f *frame, c *summary.Call) *state {
	for _, r := range c.Released {
		p, _, _ := x.lockOf(f.sub.Apply(r), 0)
		s = s.release(p)
	}
	for _, h := range c.Held {
		p, mode, _ := x.lockOf(f.sub.Apply(h.Path), h.Mode)
		s = s.hold(p, mode, f.witness(x, h.Steps))
	}
	return s
}

// mayRun returns the states after the target ran a callback any number of
// times. Where that changes locks, a state in which it did not run is kept
// for loop bodies only; for other functions the locks are forgotten, since it
// is not known whether they always run.
//
// A lock of the caller counts as released: what is forgotten here would be
// held there.
func (x *executor) mayRun(states []*state, f *frame) []*state {
	changes := slices.ContainsFunc(f.sum.Exits, func(e summary.Exit) bool {
		return len(e.Held)+len(e.Released)+len(e.Later)+len(e.Stores)+len(e.Dirty) > 0
	})
	if !changes {
		return states
	}
	body := isLoopBody(f.fn)
	var out []*state
	for _, s := range states {
		fresh := *f
		x.substitution(s, &fresh)
		skip := s
		for i := range f.sum.Exits {
			e := &f.sum.Exits[i]
			if t, ok := x.outcome(s, &fresh, e); ok {
				out = append(out, t)
			}
			if body {
				continue
			}
			for _, st := range e.Stores {
				skip = skip.clobber(cellClass(fresh.sub.Apply(st.Addr)))
			}
			for _, r := range e.Released {
				p, _, _ := x.lockOf(fresh.sub.Apply(r), 0)
				skip = skip.mayRelease(p)
			}
		}
		out = append(out, skip)
	}
	return out
}

// outcome returns s after the target left by exit e; false if it can't.
func (x *executor) outcome(s *state, f *frame, e *summary.Exit) (*state, bool) {
	x.substitution(s, f)
	n := *s
	t := &n
	f.bound = make([]*path.Node, len(e.Results))
	for i, r := range e.Results {
		if r == nil {
			continue
		}
		key, v := x.result(f, i), f.sub.Apply(r)
		if v.Kind == path.Unknown || key == v {
			continue
		}
		f.bound[i] = v
		if key.Kind != path.Unknown {
			t.env = t.env.set(key, v)
		}
	}
	defer func() { f.bound = nil }()
	g, ok := x.guard(s, f, e.Guard)
	if !ok {
		return nil, false
	}
	t.cond = g
	if t.cond, ok = x.restate(t); !ok {
		return nil, false
	}
	t = t.clobber(e.Dirty...)
	for _, st := range e.Stores {
		val := x.table.Unknown()
		if st.Val != nil {
			val = f.sub.Apply(st.Val)
		}
		t = t.store(f.sub.Apply(st.Addr), val)
	}
	for _, r := range e.Released {
		p, _, _ := x.lockOf(f.sub.Apply(r), 0)
		x.handOver(t, p)
		t = t.release(p)
	}
	for _, l := range e.Later {
		p, _, _ := x.lockOf(f.sub.Apply(l), 0)
		t = t.postpone(p)
	}
	for _, h := range e.Held {
		p, mode, _ := x.lockOf(f.sub.Apply(h.Path), h.Mode)
		if p.Kind == path.Unknown {
			continue
		}
		if nilOnTheWay(t.cond, p) {
			return nil, false
		}
		if l := t.lock(p); h.Retaken && (l == nil || !l.held) {
			continue // held by callers before and after, if it came to this
		}
		t = t.hold(p, mode, f.witness(x, h.Steps))
		if carriers := x.carriers(f, p); len(carriers) > 0 {
			l := *t.lock(p)
			l.carriers = carriers
			t = t.setLock(l)
		}
	}
	return t, true
}

// carriers returns the objects that the call returns together with the lock
// p, which is not a part of them: a transaction, say, whose end unlocks.
func (x *executor) carriers(f *frame, p *path.Node) []*path.Node {
	call, ok := f.site.(*ssa.Call)
	if !ok || len(f.sum.Acquires) > 0 && len(f.sum.Acquires[0].Steps) == 0 {
		return nil
	}
	var out []*path.Node
	results := call.Call.Signature().Results()
	for i := range results.Len() {
		if !isObject(results.At(i).Type()) {
			continue
		}
		if r := x.result(f, i); !p.HasPrefix(r) && r.Kind != path.Const && r.Kind != path.Unknown && r.Kind != path.Closure && r.Kind != path.Func {
			out = append(out, r)
		}
	}
	return out
}

// isObject reports whether a value of type t can stand for something that is
// open until it is closed: a pointer, or an interface other than error.
func isObject(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Signature:
		return true
	case *types.Interface:
		return !types.Identical(t, types.Universe.Lookup("error").Type())
	}
	return false
}

// restate rewrites literals about values that just got bound.
func (x *executor) restate(s *state) (summary.Guard, bool) {
	return s.cond.Map(func(n *path.Node) *path.Node {
		if v := s.env.get(n); v != nil {
			return v
		}
		return n
	})
}
