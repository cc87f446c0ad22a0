package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// Bounds on what a summary says before callers get silence.
const (
	maxPairs     = 16 // acquisitions under another lock that callers are told of
	maxAcquires  = 64 // acquisitions that callers are told of
	maxGuards    = 4  // guards of the same acquisition; more are weakened to one
	maxCalls     = 16 // calls of what only the caller knows
	maxCallSteps = 4  // steps to such a call
	maxSteps     = 12 // steps of a witness
)

// executor runs one function symbolically.
type executor struct {
	engine *Engine
	table  *path.Table
	fn     *ssa.Function
	graph  *graph
	name   string // of the function, for people
	few    bool   // few states with the same locks are kept apart
	top    bool   // nothing calls the function: what it acquires is no one's affair

	in        []arrivals // by block
	first     int        // no block before this place of the order has a state to be executed
	stacks    []*deferred
	numbers   map[ssa.Instruction]int
	places    map[token.Pos]string
	recovered *path.Node                  // address of what recover returns to the deferred call at hand
	callers   map[ssa.Instruction]bool    // loads of what a function of the caller may have set, and calls that return it
	named     map[ssa.Value]bool          // objects that nobody else stores to
	constant  map[*ssa.FreeVar]*path.Node // contents of captured variables that are assigned once, or nil
	loads     map[string][]*ssa.UnOp      // of fields, by their names
	askedOf   []askedCaller               // branches that what the caller has passed decides
	tested    map[ssa.Value]*path.Node    // results of calls, and contents of variables, that decided branches, Unknown if of more than one name

	acquired []summary.Acquire
	pairs    []summary.Pair
	byLock   map[*path.Node][]int // path → its places in acquired
	calls    []summary.Call
	kept     []*path.Node // what callers passed and went where it is not followed
	exits    []summary.Exit
	returned [][]returned   // what each of the exits is made of
	panicked []summary.Exit // panics that leave a lock held
	findings []*Finding
	possible []*Finding
	lost     []*path.Node // locks that the function may lose, sorted
	composed []*Finding   // in functions that run later
	ahead    bool         // what is executed is such a function
	torn     []*path.Node // locks of all elements of a container that a loop releases some of
	unsure   bool

	registrations []registration
	wired         map[*path.Node]*path.Node // what functions of other packages have put into the objects that they return, to be called later
}

func newExecutor(e *Engine, fn *ssa.Function) *executor {
	x := &executor{
		engine: e, table: e.Table, fn: fn, recovered: e.Table.GlobalNamed("recover()"), graph: e.graph(fn), name: Display(fn), top: e.top(fn),
		byLock: map[*path.Node][]int{}, callers: map[ssa.Instruction]bool{}, constant: map[*ssa.FreeVar]*path.Node{}, named: map[ssa.Value]bool{}, places: map[token.Pos]string{}, tested: map[ssa.Value]*path.Node{},
		wired: map[*path.Node]*path.Node{},
	}
	x.few = x.top || e.touches(fn) == calls
	return x
}

// run executes the function and returns its summary.
func (x *executor) run() *summary.Summary {
	x.solve()
	x.noteLoops()
	x.whole()
	x.addComposed()
	if x.top {
		return &summary.Summary{Exits: []summary.Exit{{}}}
	}
	x.chooseResults()
	s := &summary.Summary{Acquires: x.acquired, Pairs: x.pairs, Exits: x.exits, Panics: x.panicked, Calls: x.calls, Lost: x.lost, Kept: x.kept, Unsure: x.unsure}
	if x.unsure {
		s.Exits = []summary.Exit{{Results: make([]*path.Node, x.fn.Signature.Results().Len())}}
	}
	for i := range s.Exits {
		s.Exits[i].Results = trimNil(s.Exits[i].Results)
	}
	markLeaks(s.Exits, x.fn.Signature.Results())
	s.Literals = x.literals(s)
	return s
}

func trimNil(results []*path.Node) []*path.Node {
	for _, r := range results {
		if r != nil {
			return results
		}
	}
	return nil
}

// giveUp stops the analysis of the function: what it does to locks is not
// known from here on.
func (x *executor) giveUp(why string) {
	x.unsure = true
	x.engine.debugf(x.fn, "%s", why)
}

// expose notes that the function may acquire a lock that its caller could
// hold. Guards of one acquisition are kept apart, up to a bound.
func (x *executor) expose(a summary.Acquire) {
	a.Path = x.variadic(a.Path)
	if x.top || !a.Path.Visible() || a.Path.Remote() || x.byCaller(a.Guard) {
		return
	}
	if len(a.Steps) > maxSteps {
		x.engine.debugf(x.fn, "the chain of calls is too long")
		return
	}
	a.Guard = a.Guard.Visible()
	alike, last := 0, -1
	for _, i := range x.byLock[a.Path] {
		o := &x.acquired[i]
		if o.Mode != a.Mode {
			continue
		}
		if o.Guard.Covers(a.Guard) && len(o.After) < len(a.After) && containsAll(a.After, o.After) {
			return
		}
		if g, ok := o.Guard.Join(a.Guard); ok && slices.Equal(o.After, a.After) {
			if o.Guard.Covers(g) && len(o.Steps) <= len(a.Steps) {
				return
			}
			if len(a.Steps) < len(o.Steps) && a.Guard.Covers(g) {
				o.Steps, o.Rules = a.Steps, a.Rules
			}
			o.Guard = g
			return
		}
		alike, last = alike+1, i
	}
	if alike >= maxGuards {
		o := &x.acquired[last]
		o.Guard, o.After = o.Guard.Widen(a.Guard, x.table), uniteCalls(o.After, a.After)
		return
	}
	if len(x.acquired) >= maxAcquires {
		x.engine.debugf(x.fn, "too many locks acquired")
		return
	}
	x.byLock[a.Path] = append(x.byLock[a.Path], len(x.acquired))
	x.acquired = append(x.acquired, a)
}

// variadic returns p, a lock of an element of a slice parameter met in a loop,
// as that of some element: the caller knows the elements that it passes.
func (x *executor) variadic(p *path.Node) *path.Node {
	if p.Visible() || p.Root().Kind != path.Param {
		return p
	}
	q := x.table.General(p)
	for n := q; n.Parent != nil; n = n.Parent {
		if n.Kind == path.Elem && n.Parent.Kind == path.Param {
			return q
		}
	}
	return p
}

// byCaller reports whether g depends on what a function that the caller
// passed has set (an option function): whether it holds is for the caller to
// tell, who cannot.
func (x *executor) byCaller(g summary.Guard) bool {
	if len(x.callers) == 0 {
		return false
	}
	return slices.ContainsFunc(g, func(l summary.Literal) bool {
		return l.Path.Any(func(n *path.Node) bool {
			root := n
			switch {
			case n.Kind == path.Deref && n.Site != nil:
				if load, ok := n.Site.(ssa.Instruction); ok && x.callers[load] {
					return true
				}
				root = n.Root()
			case n.Kind == path.Field && n.Index == 1: // of a struct value
				root = n.Parent
			}
			call, ok := root.Site.(ssa.Instruction)
			return ok && root != n && x.callers[call]
		})
	})
}

// setByCaller notes that the function called at site has passed object, if that is one that
// it has made, to a function of the caller: what it returns may be what that has set there.
func (x *executor) setByCaller(object *path.Node, site ssa.CallInstruction) {
	if object.IsNotNil() {
		x.callers[site] = true
	}
}

// exposeCall notes a call of a function that a caller may know, as the state
// s is at the call.
func (x *executor) exposeCall(s *state, g summary.Guard, fn *path.Node, c *summary.Call, args []*path.Node, f *frame) {
	if !x.exposable(fn, c) {
		return
	}
	out := summary.Call{Fn: fn, Method: c.Method, Parts: c.Parts, Unless: c.Unless, Guard: g.Visible(), Args: make([]*path.Node, len(args)), After: s.called}
	for i, a := range args {
		out.Args[i] = x.argument(s, f, i, a)
	}
	out.Flags = x.flagsOf(s, f, args)
	x.tellLiterals(s, &out, args)
	for _, l := range s.locks {
		switch {
		case !l.path.Visible():
			out.Held = append(out.Held, x.heldByArgument(l, f, args)...)
		case l.held:
			out.Held = append(out.Held, summary.Held{Path: l.path, Mode: l.mode, Retaken: l.released, Steps: l.steps})
		case l.released:
			out.Released = append(out.Released, l.path)
		}
	}
	for _, h := range c.Held {
		if h.Path.Root().Kind == path.Arg {
			out.Held = append(out.Held, summary.Held{Path: h.Path, Mode: h.Mode, Retaken: h.Retaken, Steps: f.witness(x, h.Steps)})
		}
	}
	if len(c.Steps) > 0 || f.sum != nil {
		out.Steps = f.callSteps(x, c.Steps)
	}
	if !x.joinCall(&out) {
		x.calls = append(x.calls, out)
	}
}

// maxAlternatives bounds the calls of one function value under one lock, or with
// different arguments, that are told apart.
const maxAlternatives = 4

// joinCall makes the call c part of one that is told already, if there is one that
// loses nothing by it, or there are too many: then all that they share is told. Those
// without a lock, or of a method, are many, and their conditions seldom matter.
func (x *executor) joinCall(c *summary.Call) bool {
	var last *summary.Call
	alike, same := 0, false
	for i := range x.calls {
		o := &x.calls[i]
		if o.Fn != c.Fn || o.Method != c.Method || !slices.Equal(o.Unless, c.Unless) || !sameHeld(o.Held, c.Held) || !slices.Equal(o.Flags, c.Flags) || !slices.Equal(o.Released, c.Released) {
			continue
		}
		alike++
		if !x.sameObjects(o.Args, c.Args) {
			if !same {
				last = o
			}
			continue
		}
		last, same = o, true
		if o.Guard.Covers(c.Guard) && containsAll(c.After, o.After) {
			o.Args = commonArguments(o.Args, c.Args)
			return true
		}
		if g, ok := o.Guard.Join(c.Guard); ok {
			o.Guard, o.After, o.Args = g, uniteCalls(o.After, c.After), commonArguments(o.Args, c.Args)
			return true
		}
	}
	if alike == 0 || alike < maxAlternatives && (!same || c.Method == "" && len(c.Held) > 0) {
		return false
	}
	last.Guard, last.After = last.Guard.Meet(c.Guard), uniteCalls(last.After, c.After)
	last.Args = commonArguments(last.Args, c.Args)
	return true
}

// sameObjects reports whether two calls of a function are passed the same, numbers and
// strings aside: those seldom decide about a lock, and who sorts compares many.
func (x *executor) sameObjects(a, b []*path.Node) bool {
	return slices.EqualFunc(a, b, func(a, b *path.Node) bool { return a == b || x.isPlain(a) && x.isPlain(b) })
}

// isPlain reports whether n is a number or a string.
func (x *executor) isPlain(n *path.Node) bool {
	if n == nil {
		return false
	}
	t := x.typeOf(n)
	if t == nil {
		return n.Kind == path.Binary
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsNumeric|types.IsString) != 0
}

// commonArguments returns what two calls of a function are both passed.
func commonArguments(a, b []*path.Node) []*path.Node {
	if slices.Equal(a, b) {
		return a
	}
	common := make([]*path.Node, len(a))
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] {
			common[i] = a[i]
		}
	}
	return common
}

// exposable reports whether a caller could know the function that is called:
// a function value that it can name, or the method of an interface value that
// it passed, or that is found in an object that it passed or that was captured.
func (x *executor) exposable(fn *path.Node, c *summary.Call) bool {
	if !fn.Visible() || fn.Remote() || fn.Root().Kind == path.Const || len(x.calls) >= maxCalls || len(c.Steps) > maxCallSteps {
		return false
	}
	root := fn.Root().Kind
	return c.Method == "" || isPassed(fn) || (root == path.Param || root == path.Free) && len(x.calls) < maxFound
}

// isPassed reports whether the interface value fn is passed by a caller, and not
// found in something that is.
func isPassed(fn *path.Node) bool {
	return fn.Kind == path.Param || isCaptured(fn) || isVariadicElement(fn)
}

// isCaptured reports whether n is a captured variable, or the content of one.
func isCaptured(n *path.Node) bool {
	if n.Kind == path.Deref {
		n = n.Parent
	}
	return n.Kind == path.Free
}

// isVariadicElement reports whether n is an element of a slice parameter, at
// a constant index or any.
func isVariadicElement(n *path.Node) bool {
	if n.Kind == path.Elem && n.Parent.Kind == path.Param {
		return true
	}
	return n.Kind == path.Deref && n.Parent.Kind == path.Index && n.Parent.Parent.Kind == path.Param && n.Parent.Key.Kind == path.Const
}

// callSteps returns the steps from the function at hand to a call that the
// target of f makes after the given steps of its own.
func (f *frame) callSteps(x *executor, rest []summary.Step) []summary.Step {
	steps := append(slices.Clip(f.steps), x.step(f.site, summary.Calls, x.display(f.target), f.dynamic))
	return f.follow(steps, rest)
}

func sameHeld(a, b []summary.Held) bool {
	return slices.EqualFunc(a, b, func(a, b summary.Held) bool { return a.Path == b.Path && a.Mode == b.Mode })
}
