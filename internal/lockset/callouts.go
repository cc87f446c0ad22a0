package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// What a target calls on behalf of its caller.

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
		if fn.Kind == path.Const && fn.Owner == "" {
			continue
		}
		if fn.Kind == path.Unknown {
			for i := range states {
				states[i] = x.forgetHanded(states[i])
			}
			x.lendToPassed(states, f, c, false)
			continue
		}
		if fn.Kind == path.Asks {
			states = x.render(s, f, c, fn, states, seen)
			continue
		}
		for _, fn := range x.receivers(s, c, fn, f.site) {
			if !x.lacks(fn, c.Method) && !x.outranked(s, f, i, fn) && !x.hasOne(x.typeOf(fn), c.Unless) {
				states = x.callout(s, f, c, fn, states, seen)
			}
		}
	}
	return x.compact(states)
}

// outranked reports whether call i of the target, of a method that it looks for by
// reflection in the value fn, is not made since the target has looked for another one
// before, which fn has: an error is not asked for its String.
func (x *executor) outranked(s *state, f *frame, i int, fn *path.Node) bool {
	c := &f.sum.Calls[i]
	if !c.Parts {
		return false
	}
	return slices.ContainsFunc(f.sum.Calls[:i], func(o summary.Call) bool {
		if !o.Parts || o.Fn != c.Fn || o.Method == c.Method || x.method(fn, o.Method) == nil {
			return false
		}
		made, can := x.guard(s, f, c.Guard)
		g, ok := x.guard(s, f, o.Guard)
		return ok && can && g.Covers(made) // it is sure to be asked
	})
}

// callout runs call c of the target, which is a call of fn here, and returns
// the states in which the target may continue after it.
func (x *executor) callout(s *state, f *frame, c *summary.Call, fn *path.Node, states []*state, seen map[*path.Node]bool) []*state {
	args := x.argumentsOf(f, c)
	fn, targets := x.reaches(c, fn, args)
	if len(targets) == 0 && isFuncPath(fn) {
		return states // it has nothing to do with locks
	}
	passed := c.Method == "" || isPassed(fn)
	if len(targets) == 0 && passed {
		fn = x.variadic(fn)
		for i := range states {
			if states[i] = x.spend(states[i], fn); c.Method == "" {
				states[i] = x.forgetHanded(states[i])
			}
		}
	}
	var stored []target
	if len(targets) == 0 && !x.followedIn(f, c) {
		stored, targets = x.keptThere(fn, c, args)
	}
	exposable := x.exposable(fn, c)
	switch {
	case len(targets) > 0 && !targets[0].sum.Locks() && !changesMemory(targets[0].sum):
		return states
	case len(targets)+len(stored) == 0 && !exposable && !x.notable(s, c, fn):
		x.lendToPassed(states, f, c, false)
		return states
	}
	g, ok := x.guard(s, f, c.Guard)
	if !ok {
		return states
	}
	ran := f.ifCalled(c, g)
	g = x.withNew(g, f, c)
	inner, ok := x.earlier(x.during(s, f, c).under(g), f, c.After)
	if !ok {
		inner = inner.forget(func(*lockState) bool { return true })
	}
	if len(targets) == 0 {
		x.calledBy(inner, g, fn, c, args, f)
		x.lendToPassed(states, f, c, x.tells(fn))
		if len(stored) == 0 && !(exposable && passed) {
			return states
		}
		for _, t := range stored {
			if nested := x.nested(f, c, t); nested != nil {
				x.instantiate(inner, nested)
				states = x.mayRun(states, nested, nil)
			}
		}
		for i := range states {
			states[i] = x.afterCall(states[i], f, fn, c.Method, args)
			for _, a := range args {
				if passed {
					states[i] = x.hand(states[i], a)
					x.setByCaller(a, f.site)
				}
			}
		}
		return states
	}
	for _, t := range targets {
		t.args = x.withFlags(x.withIndices(t, f), c, f)
		nested := x.nested(f, c, t)
		if nested == nil {
			continue
		}
		nested.once = underOnce(c)
		nested.returns = x.returnedBy(s, f, c, t, args)
		x.instantiate(inner, nested)
		x.underArguments(inner, f, c, nested)
		x.nextTurn(inner, nested)
		if !seen[fn] || nested.returns != nil {
			seen[fn] = true
			states = x.mayRun(states, nested, ran)
		}
	}
	return states
}

// keptThere returns what is kept where fn is found, which call c of a target calls: the
// function values, or else what there is in the field.
func (x *executor) keptThere(fn *path.Node, c *summary.Call, args []*path.Node) (values, inField []target) {
	if c.Method == "" {
		values = x.storedValues(fn, args)
	}
	if len(values) == 0 {
		inField = x.inField(fn, c, args)
	}
	return values, inField
}

// argumentsOf returns what call c of the target of f passes, here.
func (x *executor) argumentsOf(f *frame, c *summary.Call) []*path.Node {
	args := make([]*path.Node, len(c.Args))
	for i, a := range c.Args {
		if args[i] = f.sub.Apply(a); a == nil {
			args[i] = x.table.Unknown()
		}
	}
	return args
}

// nested returns the frame of t, which call c of the target of f reaches; nil if it is
// not followed.
func (x *executor) nested(f *frame, c *summary.Call, t target) *frame {
	n := f.callback(t)
	if n.tooDeep() {
		return nil
	}
	n.steps = f.callSteps(x, c.Steps)
	return n
}

// withIndices returns the arguments that the target of a call which the target of f
// makes is passed, as far as known. Of those that a model does not tell, numbers are
// told apart: they may be indices of elements.
func (x *executor) withIndices(t target, f *frame) []*path.Node {
	if t.fn == nil {
		return t.args
	}
	args := t.args
	for i := len(args); i < len(t.fn.Params); i++ {
		if b, ok := t.fn.Params[i].Type().Underlying().(*types.Basic); ok && b.Info()&types.IsInteger != 0 {
			args = append(slices.Clip(args), make([]*path.Node, i+1-len(args))...)
			args[i] = x.table.ArgAt(x.table.Arg(i, ""), f.depth, f.site)
		}
	}
	return args
}

// reaches returns the functions, if they are known, that call c of the target reaches, of fn
// here with args, and fn as callers name it. A loop calls a method of every element.
func (x *executor) reaches(c *summary.Call, fn *path.Node, args []*path.Node) (*path.Node, []target) {
	method := c.Method != "" && len(args) > 0
	each := method && args[0].Kind == path.Every && fn.Kind == path.Elem
	if method && !each {
		args[0] = fn // the receiver
	}
	targets := x.known(fn, c.Method, args)
	if len(targets) == 0 && c.Method != "" {
		targets = x.known(x.engine.Object(fn), c.Method, args)
	}
	if len(targets) == 0 && each {
		return x.table.General(fn), x.known(args[0], c.Method, args)
	}
	return fn, targets
}

// followedIn reports whether the flow of values has led from call c, in the target,
// to the functions that it reaches. It does not in other packages, nor from what
// only some caller passes, nor in generic functions.
func (x *executor) followedIn(f *frame, c *summary.Call) bool {
	return !x.passedIn(c.Fn) && f.fn != nil && len(f.fn.Blocks) > 0 && !isGeneric(f.fn)
}

func isGeneric(fn *ssa.Function) bool {
	return len(fn.TypeArgs()) > 0 || fn.TypeParams().Len() > 0
}

// receivers returns the values that call c of the target calls, where it is a
// call of fn here.
func (x *executor) receivers(s *state, c *summary.Call, fn *path.Node, site ssa.Instruction) []*path.Node {
	list := s.elements(fn)
	if !c.Parts {
		return list
	}
	var all []*path.Node
	for _, v := range list {
		all = append(all, x.parts(s, v, c.Method, site, 0)...)
	}
	return all
}

// calledBy notes that the target of f makes call c, of fn here, which is not
// known, for callers and for importers.
func (x *executor) calledBy(s *state, g summary.Guard, fn *path.Node, c *summary.Call, args []*path.Node, f *frame) {
	if x.notable(s, c, fn) {
		x.noteStored(s, &summary.Call{Fn: fn, Method: c.Method, Args: args}, x.step(f.site, summary.Calls, x.display(f.target), false))
	}
	if x.exposable(fn, c) {
		x.exposeCall(s, g, fn, c, args, f)
	}
}

// notable reports whether call c, of fn here, may be one that importers answer for, who
// store what is called. They would not know the condition that it is of no other type.
func (x *executor) notable(s *state, c *summary.Call, fn *path.Node) bool {
	owner, _ := x.holder(fn.Root())
	return owner != "" && len(c.Unless) == 0 && (s.holds() || len(c.Held) > 0)
}

// elements returns what fn may be: itself, or, where it is some element of a
// local array (the arguments of a variadic call), each of its elements.
func (s *state) elements(fn *path.Node) []*path.Node {
	if fn.Kind != path.Elem {
		return []*path.Node{fn}
	}
	var list []*path.Node
	for _, b := range s.mem {
		if (b.key.Kind == path.Index || b.key.Kind == path.Elem) && b.key.Parent == fn.Parent {
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
	s = s.changedBy(f)
	for _, st := range c.Flags {
		s = s.remember(f.sub.Apply(st.Addr), f.sub.Apply(st.Val))
	}
	for _, r := range c.Released {
		s = x.release(s, f.site, x.releasedIn(f, r))
	}
	for _, h := range c.Held {
		s = x.holdIn(s, f, h)
	}
	return s
}

// changedBy returns s with what the target changes in any of its outcomes as
// unknown: it may have done so before a call that it makes.
func (s *state) changedBy(f *frame) *state {
	if f.before == s {
		return f.changed
	}
	var classes []string
	for i := range f.sum.Exits {
		e := &f.sum.Exits[i]
		classes = append(classes, e.Dirty...)
		for _, st := range e.Stores {
			if addr := f.sub.Apply(st.Addr); addr.Kind != path.Unknown {
				classes = append(classes, cellClass(addr))
			}
		}
	}
	slices.Sort(classes)
	f.before, f.changed = s, s.clobber(slices.Compact(classes)...)
	return f.changed
}
