package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A function that its caller passes may return another one: middleware. Whoever passes
// it knows which.

// returnsFunc returns s after the call of fn, which only callers know: the function that it
// returns is theirs to tell.
func (x *executor) returnsFunc(s *state, site ssa.CallInstruction, fn *path.Node, args []*path.Node) *state {
	c, ok := site.(*ssa.Call)
	if !ok || c.Call.IsInvoke() || !yieldsFunc(c.Call.Signature()) || !x.passedIn(fn) {
		return s
	}
	if fn.Kind != path.Param {
		return x.bind(s, c, x.table.Returned(fn, nil))
	}
	visible := make([]*path.Node, len(args))
	for i, a := range args {
		if visible[i] = x.argument(s, &frame{site: site}, i, a); visible[i] == nil || visible[i].IsReturned() {
			return s
		}
	}
	return x.bind(s, c, x.table.Returned(fn, visible))
}

// yieldsFunc reports whether a function of that signature returns a function, and
// nothing else.
func yieldsFunc(sig *types.Signature) bool {
	if sig.Results().Len() != 1 {
		return false
	}
	_, ok := sig.Results().At(0).Type().Underlying().(*types.Signature)
	return ok
}

// returnedBy names what call c of the target of f, which reaches t with args, returns, as
// the target does; nil where it does not matter. A loop over a list applies the first
// element to what is known, and others to what that has returned: which element is the
// first is known of a list of one.
func (x *executor) returnedBy(s *state, f *frame, c *summary.Call, t target, args []*path.Node) *path.Node {
	if c.Method != "" || t.fn == nil || !yieldsFunc(t.fn.Signature) {
		return nil
	}
	fn := f.sub.Apply(c.Fn)
	if c.Fn.Kind == path.Param {
		return x.table.Returned(fn, args)
	}
	first := slices.ContainsFunc(f.sum.Calls, func(o summary.Call) bool { return o.Fn == c.Fn && !slices.Contains(o.Args, nil) })
	if known := !slices.Contains(c.Args, nil); first && known == (len(s.elements(fn)) > 1) {
		return nil
	}
	return x.table.Returned(fn, nil)
}

// whatReturned returns n or, where it is what a call of a function has returned, what s knows
// that to be; Unknown if s does not, and callers of the function at hand do not, either.
func (x *executor) whatReturned(s *state, n *path.Node) *path.Node {
	if !n.IsReturned() {
		return n
	}
	if v := s.env.get(n); v != nil {
		return v
	}
	if !n.Visible() || isFuncPath(n.Args[0]) {
		return x.table.Unknown()
	}
	return n
}

// got returns the object that c gets from fn, the content of a field or a variable, where
// the only function that is stored there is one that returns what it knows, or nil.
func (x *executor) got(s *state, c *ssa.Call, fn *path.Node, args []*path.Node) *path.Node {
	if c.Call.IsInvoke() || c.Call.StaticCallee() != nil || fn.Kind != path.Deref || c.Call.Signature().Results().Len() != 1 || !returnsObject(c.Call.Signature()) {
		return nil
	}
	targets := x.storedValues(fn, args)
	if len(targets) != 1 || len(targets[0].sum.Exits) != 1 || targets[0].sum.Locks() {
		return nil
	}
	e := &targets[0].sum.Exits[0]
	if len(e.Results) != 1 || len(e.Stores)+len(e.Dirty) > 0 {
		return nil // it does not return, or does more
	}
	if r := e.Results[0]; r == nil || r.Root().Kind != path.Free {
		return nil
	}
	f := &frame{target: targets[0], site: c, depth: 1}
	x.substitution(s, f)
	return f.sub.Apply(e.Results[0])
}
