package lockset

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A function may ask what its caller passed whether to lock: `if !s.locked()`,
// `if ctx.Value(key) == nil`. The caller knows the answer.

// answered returns states after the call c of fn, with its result as a caller
// may know it.
func (x *executor) answered(states []*state, c *ssa.Call, fn *path.Node, args []*path.Node) []*state {
	for i := range states {
		states[i] = x.derived(states[i], c)
	}
	if fn.Kind == path.Deref && x.engine.OnceValue(fn.Parent) {
		for i, s := range states {
			states[i] = x.repeated(s, c, x.table.Deref(fn.Parent, nil))
		}
		return states
	}
	n := x.modelled(c, args)
	if n == nil {
		n = x.asked(c, fn)
	}
	if n == nil && len(states) > 0 {
		n = x.got(states[0], c, fn, args)
	}
	for i, s := range states {
		if n == nil || n.Kind == path.Unknown {
			states[i] = x.numberOfTaker(x.errOf(x.pureResults(s, c, args), c, fn), c)
		} else if s.env.get(x.table.Value(c)) == nil {
			states[i] = x.bind(s, c, n)
		}
	}
	return states
}

// repeated returns s after the call c of fn, which gives the same each time: its
// results are named by the function.
func (x *executor) repeated(s *state, c *ssa.Call, fn *path.Node) *state {
	out := *s
	for i := range c.Call.Signature().Results().Len() {
		out.env = out.env.set(x.resultOf(c, i), x.table.Extract(fn, i))
	}
	return &out
}

// modelled returns the result of c, a call of an interface method that has a
// model, or nil.
func (x *executor) modelled(c *ssa.Call, args []*path.Node) *path.Node {
	if !c.Call.IsInvoke() {
		return nil
	}
	sum := x.engine.Known(path.ObjectName(c.Call.Method), nil)
	if sum == nil || len(sum.Exits) != 1 || len(sum.Exits[0].Results) != 1 {
		return nil
	}
	sub := &path.Substitution{Table: x.table, Site: c, Root: func(n *path.Node) *path.Node {
		if n.Kind == path.Param && n.Index < len(args) {
			return args[n.Index]
		}
		return nil
	}}
	return sub.Apply(sum.Exits[0].Results[0])
}

// asked returns the answer that c, outside of loops, gets from fn, a parameter or a value
// that tells its type so, to a question without arguments, or nil. In a loop it may change.
func (x *executor) asked(c *ssa.Call, fn *path.Node) *path.Node {
	sig := c.Call.Signature()
	if sig.Params().Len() > 0 || sig.Results().Len() != 1 || !path.IsBasic(sig.Results().At(0).Type(), types.IsBoolean) ||
		fn.Kind != path.Param && !x.tellsType(c, fn) || x.graph.inLoop(c.Block()) {
		return nil
	}
	method := ""
	if c.Call.IsInvoke() {
		method = methodKey(c.Call.Method)
	}
	return x.table.Answer(fn, method, fmt.Sprintf("%s#%d", path.FuncName(x.fn), x.number(c)))
}

// answer returns what the function n, or its method, returns without arguments
// where that is known in s, or nil.
func (x *executor) answer(s *state, site ssa.CallInstruction, n *path.Node, method string) *path.Node {
	var args []*path.Node
	if method != "" {
		args = append(args, n)
	}
	targets := x.known(n, method, args)
	if len(targets) != 1 || targets[0].sum.Unsure {
		return nil
	}
	f := &frame{target: targets[0], site: site, depth: 1}
	x.substitution(s, f)
	var result *path.Node
	for i := range f.sum.Exits {
		e := &f.sum.Exits[i]
		if len(e.Results) != 1 || e.Results[0] == nil {
			return nil
		}
		r := f.sub.Apply(e.Results[0])
		if result != nil && r != result || r.Kind == path.Unknown {
			return nil
		}
		result = r
	}
	return result
}

// isOption reports whether n depends on an element of the variadic parameter
// that is met in a loop. What the elements decide together only the caller could
// tell, and callers are not asked for that.
func (x *executor) isOption(n *path.Node) bool {
	options := x.options()
	return options != nil && n.Any(func(m *path.Node) bool {
		return m.Parent == options && (m.Kind == path.Elem || m.Kind == path.Index && m.Key.Kind != path.Const)
	})
}

// asksOptions reports whether v is what a function says of all elements of the
// variadic parameter.
func (x *executor) asksOptions(s *state, v ssa.Value) bool {
	if not, ok := v.(*ssa.UnOp); ok {
		v = not.X
	}
	call, ok := v.(*ssa.Call)
	options := x.options()
	return ok && options != nil && slices.ContainsFunc(call.Call.Args, func(a ssa.Value) bool { return x.eval(s, a) == options })
}

// asksTypeArgument reports whether v is what a method of a type parameter says of its zero
// value: callers choose the type, and are not asked for it.
func asksTypeArgument(v ssa.Value) bool {
	if w, ok := negated(v); ok {
		v = w
	}
	call, ok := v.(*ssa.Call)
	if !ok || !call.Call.IsInvoke() {
		return false
	}
	_, zero := call.Call.Value.(*ssa.Const)
	_, param := types.Unalias(call.Call.Value.Type()).(*types.TypeParam)
	return zero && param
}

// options returns the variadic parameter, or nil.
func (x *executor) options() *path.Node {
	if !x.fn.Signature.Variadic() {
		return nil
	}
	return x.table.Param(len(x.fn.Params) - 1)
}

// ask returns s after an option, or a type argument, has decided a branch.
func (s *state) ask() *state {
	t := *s
	t.asked = true
	return &t
}

// ofTypeParam reports whether argument i of c is passed as a value of the type
// of a type parameter.
func ofTypeParam(c *ssa.CallCommon, i int) bool {
	fn := c.StaticCallee()
	if fn == nil || fn.Origin() == nil {
		return false
	}
	params := fn.Origin().Params
	if i >= len(params) {
		return false
	}
	_, ok := params[i].Type().(*types.TypeParam)
	return ok
}

// derived returns s after the call c with each context that it returns, if nothing
// else is known of it, written as the one that it is passed: it has the same values,
// but for those of a key that only the callee knows.
func (x *executor) derived(s *state, c *ssa.Call) *state {
	i := slices.IndexFunc(c.Call.Args, func(a ssa.Value) bool { return path.IsContext(a.Type()) })
	if i < 0 {
		return s
	}
	results := c.Call.Signature().Results()
	for j := range results.Len() {
		if key := x.resultOf(c, j); path.IsContext(results.At(j).Type()) && s.env.get(key) == nil {
			n := *s
			n.env = s.env.set(key, x.eval(s, c.Call.Args[i]))
			s = &n
		}
	}
	return s
}
