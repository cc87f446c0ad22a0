package lockset

import (
	"cmp"
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A function may call what its caller passed before it takes a lock. If that
// releases the lock there is no re-entry (`done(); t.inc()`). So a state has the
// calls of this kind that may have been made, an acquisition tells its callers
// which came before, and who knows the function looks at what it releases.

// maxCalled bounds the calls that a state remembers; past it any lock may have
// been released by them.
const maxCalled = 8

// afterCall returns s after a call, by frame f, of the function or interface
// value fn that only callers know.
func (x *executor) afterCall(s *state, f *frame, fn *path.Node, method string, args []*path.Node) *state {
	visible := make([]*path.Node, len(args))
	for i, a := range args {
		visible[i] = x.argument(s, f, i, a)
	}
	t := *s
	t.called = x.addCall(s.called, x.table.Called(fn, method, visible))
	return &t
}

// addCall returns the sorted calls with c. Of two calls of one function the
// arguments that they do not share are not known.
func (x *executor) addCall(calls []*path.Node, c *path.Node) []*path.Node {
	if c.Kind != path.Called || len(calls) >= maxCalled && !slices.Contains(calls, c) {
		c = x.table.Called(x.table.Unknown(), "", nil)
	}
	for i, o := range calls {
		if o.Args[0] == c.Args[0] && o.Name == c.Name && len(o.Args) == len(c.Args) {
			calls = slices.Delete(slices.Clone(calls), i, i+1)
			c = x.table.Called(c.Args[0], c.Name, commonArguments(o.Args[1:], c.Args[1:]))
			break
		}
	}
	i, ok := slices.BinarySearchFunc(calls, c, compareNodes)
	if ok {
		return calls
	}
	return inserted(calls, i, c)
}

func compareNodes(a, b *path.Node) int { return cmp.Compare(a.ID(), b.ID()) }

// uniteCalls returns the calls in a or b, which are sorted.
func uniteCalls(a, b []*path.Node) []*path.Node {
	if containsAll(a, b) {
		return a
	}
	all := append(slices.Clone(a), b...)
	slices.SortFunc(all, compareNodes)
	return slices.Compact(all)
}

// funcCalls returns the calls of function values among calls. Those of methods,
// of a logger for one, seldom unlock, and are no reason to keep states apart.
func funcCalls(calls []*path.Node) []*path.Node {
	if !slices.ContainsFunc(calls, func(c *path.Node) bool { return c.Name != "" }) {
		return calls
	}
	return slices.DeleteFunc(slices.Clone(calls), func(c *path.Node) bool { return c.Name != "" })
}

// containsAll reports whether the calls b are among the sorted calls a.
func containsAll(a, b []*path.Node) bool {
	return !slices.ContainsFunc(b, func(c *path.Node) bool {
		_, ok := slices.BinarySearchFunc(a, c, compareNodes)
		return !ok
	})
}

// earlier returns s after calls that the target of f has made before it does
// something else: without the locks that they release. False means that it is
// not known what they do to locks.
func (x *executor) earlier(s *state, f *frame, calls []*path.Node) (*state, bool) {
	for _, c := range calls {
		p := x.priorCall(f, c)
		if p.call == nil {
			return s, false
		}
		ok := true
		if p.unknown {
			s, ok = x.unknownEarlier(s, p.call)
			s = x.releasedByPassed(s, f, p.call, c)
		}
		if !ok || len(p.targets) > 0 && !slices.ContainsFunc(p.targets, comesBack) {
			return s, false
		}
		for _, t := range p.targets {
			if s, ok = x.mayHaveRun(s, f.callback(t)); !ok {
				return s, false
			}
		}
	}
	return s, true
}

// comesBack reports whether t returns at all.
func comesBack(t target) bool { return len(t.sum.Exits) > 0 }

// priorCall is a call that the target of a frame makes before something else.
type priorCall struct {
	call    *path.Node // in the function at hand, nil if that is not known
	targets []target
	unknown bool // it may reach others
}

// priorCall returns the call c of the target of f. The target does many things after
// the same calls.
func (x *executor) priorCall(f *frame, c *path.Node) *priorCall {
	p := f.prior[c]
	if p != nil {
		return p
	}
	p = &priorCall{}
	if f.prior == nil {
		f.prior = map[*path.Node]*priorCall{}
	}
	f.prior[c] = p
	if c = f.sub.Apply(c); c.Kind != path.Called {
		return p
	}
	p.call = c
	fn, args := c.Args[0], c.Args[1:]
	if fn.Kind == path.Const && fn.Owner == "" {
		return p // nil, or it is not known of what type
	}
	if p.targets = x.known(fn, c.Name, args); len(p.targets) == 0 {
		p.targets, p.unknown = x.storedValues(fn, args), true
	}
	return p
}

// unknownEarlier is earlier for a call c of what is not known here, at least not all
// that it may be. Callers may know it. If none can, since it is found in an element of a
// container, the target has seen of it what there is to see.
func (x *executor) unknownEarlier(s *state, c *path.Node) (*state, bool) {
	switch fn := c.Args[0]; {
	case fn.Visible():
		n := *s
		n.called = x.addCall(s.called, x.visibleCall(c))
		return &n, true
	case c.Name == "":
		return s.forget((*lockState).handed), isOfElement(fn)
	}
	return s, true
}

// releasedByPassed returns s without the locks that are released where the call c of the
// target of f, which calls what only our callers know, reaches a function that the flow of
// values leads there.
func (x *executor) releasedByPassed(s *state, f *frame, call, c *path.Node) *state {
	if c.Name != "" || !isPassed(call.Args[0]) {
		return s
	}
	isFunc := func(l summary.Literal) bool { return l.Path.Kind == path.Unary && l.Path.Parent == c.Args[0] }
	for i := range f.sum.Exits {
		e := &f.sum.Exits[i]
		if !slices.ContainsFunc(e.Guard, isFunc) {
			continue
		}
		for _, r := range e.Released {
			s = x.withoutAliases(s, x.releasedIn(f, r))
		}
	}
	return s
}

// isOfElement reports whether fn has no name since it is found in an element of a
// container, and not since something on the way to its object has changed.
func isOfElement(fn *path.Node) bool {
	of := false
	for n := fn; n != nil; n = n.Parent {
		switch n.Kind {
		case path.Index, path.Lookup, path.Elem, path.Every:
			of = true
		case path.Deref:
			if n.Site != nil && n != fn {
				return false
			}
		}
	}
	return of && fn.Root().Visible()
}

// visibleCall returns c with the arguments that callers can name.
func (x *executor) visibleCall(c *path.Node) *path.Node {
	args := slices.Clone(c.Args[1:])
	for i, a := range args {
		if a = x.table.General(a); !a.Visible() {
			a = nil
		}
		args[i] = a
	}
	return x.table.Called(c.Args[0], c.Name, args)
}

// mayHaveRun returns s without the locks that the target of f may release, if
// that is known.
func (x *executor) mayHaveRun(s *state, f *frame) (*state, bool) {
	if f.sum.Unsure || f.tooDeep() {
		return s, false
	}
	x.substitution(s, f)
	for i := range f.sum.Exits {
		e := &f.sum.Exits[i]
		if _, ok := x.guard(s, f, e.Guard); !ok {
			continue
		}
		for _, r := range e.Released {
			s = s.mayRelease(x.releasedIn(f, r), x.aliasesIn(s))
		}
	}
	for _, q := range f.sum.Lost {
		s = s.mayRelease(x.lockIn(f, q), x.aliasesIn(s))
	}
	return x.earlier(s, f, x.engine.callsOf(f.sum))
}

// callsOf returns the calls that a function with summary sum makes of what only its
// callers know.
func (e *Engine) callsOf(sum *summary.Summary) []*path.Node {
	calls, ok := e.callNodes[sum]
	if !ok {
		for i := range sum.Calls {
			c := &sum.Calls[i]
			calls = append(calls, e.Table.Called(c.Fn, c.Method, c.Args))
		}
		if e.callNodes == nil {
			e.callNodes = map[*summary.Summary][]*path.Node{}
		}
		e.callNodes[sum] = calls
	}
	return calls
}
