package heap

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A variable that a loop goes on with, from a node to the next, is one object or the
// other. What they all lead back to it leads back to, too: that is proved by induction
// over the turns of the loop. A function that returns such a variable, or one of
// several objects, is looked into.

// maxInducing bounds the variables and results that one is made of.
const maxInducing = 5

// induction rewrites p where it starts at such a variable, or at the result of such a
// function, and all that this can be leads to one object; nil if they don't.
func (h *Heap) induction(p *path.Node) (*path.Node, []string) {
	if len(fieldSteps(p)) < 2 { // it leads to nothing else
		return nil, nil
	}
	n := variableOrResult(p)
	v, ok := n.Root().Site.(ssa.Value)
	if !ok || n.Root().Kind != path.Value || slices.Contains(h.inducing, n) {
		return nil, nil
	}
	h.inducing = append(h.inducing, n)
	defer func() { h.inducing = h.inducing[:len(h.inducing)-1] }()
	switch v := v.(type) {
	case *ssa.Phi:
		is, used := h.agreeing(p, n, v.Parent(), v.Edges)
		if is == nil || madeInLoop(is, v.Block()) {
			return nil, nil
		}
		return is, used
	case *ssa.Call:
		if callee := v.Call.StaticCallee(); callee != nil && len(h.inducing) <= maxInducing && len(declared(callee).Blocks) > 0 {
			return h.returned(p, n, v, declared(callee))
		}
	}
	return nil, nil
}

// variableOrResult returns the value that p starts at, or one of several results.
func variableOrResult(p *path.Node) *path.Node {
	for p.Parent != nil && (p.Kind != path.Extract || !p.Parent.IsRoot()) {
		p = p.Parent
	}
	return p
}

// agreeing returns what p is whichever of the values n is, in fn, if that is one object.
func (h *Heap) agreeing(p, n *path.Node, fn *ssa.Function, values []ssa.Value) (*path.Node, []string) {
	var is *path.Node
	var used []string
	for _, v := range values {
		m := h.named(v)
		if isNil(m) || m == n {
			continue
		}
		q := h.Table.Replace(p, n, m)
		if s := h.collected(fn); freshlyMade(m) && s.effects != inCycle {
			q = s.normal(q)
		}
		q, texts := h.Canon(fn, q)
		if used = append(used, texts...); q == p {
			continue // as in the turn before
		}
		if is != nil && is != q || q.Any(func(o *path.Node) bool { return o == n }) {
			return nil, nil
		}
		is = q
	}
	slices.Sort(used)
	return is, slices.Compact(used)
}

// madeInLoop reports whether n may be another object in each turn of the loop that
// starts at the block: it is made of values that are not there before.
func madeInLoop(n *path.Node, loop *ssa.BasicBlock) bool {
	return n.Any(func(m *path.Node) bool {
		at, ok := m.Site.(ssa.Instruction)
		if !ok || m.Kind == path.Deref {
			return false
		}
		return at.Parent() != loop.Parent() || at.Block() == loop || !at.Block().Dominates(loop)
	})
}

// returned returns what p is, where n is a result of the call, if the callee returns
// only what leads to one object that its caller knows.
func (h *Heap) returned(p, n *path.Node, call *ssa.Call, callee *ssa.Function) (*path.Node, []string) {
	var values []ssa.Value
	var again []*ssa.Call // what the callee returns of itself
	for _, b := range callee.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		v := ret.Results[n.Index]
		if c, ok := v.(*ssa.Call); ok && c.Call.StaticCallee() == callee {
			again = append(again, c)
		} else {
			values = append(values, v)
		}
	}
	is, used := h.agreeing(p, n, callee, values)
	if is == nil || !is.Visible() || is.Any(func(m *path.Node) bool { return m.Kind == path.Free }) {
		return nil, nil
	}
	for _, c := range again {
		q, texts := h.Canon(callee, h.passed(is, c))
		if used = append(used, texts...); q != is {
			return nil, nil
		}
	}
	return h.passed(is, call), used
}

// passed returns what n, in terms of the function that is called, is for its caller.
func (h *Heap) passed(n *path.Node, call *ssa.Call) *path.Node {
	args := call.Call.Args
	sub := &path.Substitution{Table: h.Table, Site: call, Root: func(m *path.Node) *path.Node {
		if m.Kind == path.Param && m.Index < len(args) {
			return h.named(args[m.Index])
		}
		return nil
	}}
	return sub.Apply(n)
}

// named returns the path of v, starting at the variable of a loop if it is one.
func (h *Heap) named(v ssa.Value) *path.Node { return h.Table.Resolve(v, h.named) }
