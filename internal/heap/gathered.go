package heap

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Elements that a function gathers in a local variable or slice before it uses or
// returns them are elements of the container that they were read from: what a rule says
// of all of them goes for each, whichever it is.

// throughLocal rewrites p where it leads through such an element and a rule leads
// back out of it; nil if there is none.
func (h *Heap) throughLocal(fn *ssa.Function, p *path.Node) (*path.Node, []string) {
	n, elem := h.Gathered(p.Parent)
	if elem == nil {
		return nil, nil
	}
	q, used := h.Canon(fn, h.Table.Replace(p, n, elem))
	if q.Any(func(m *path.Node) bool { return m == elem }) {
		return nil, nil
	}
	return q, used
}

// gathered returns the element of a container of a parameter that the local
// variable n is, or that n is read from a local slice as; nil if it is not
// known to be one. Where some may have been left out it is an element of a part of
// that container.
func (h *Heap) gathered(n *path.Node) *path.Node {
	local := n
	if c := containerOf(n); c != nil {
		local = c
	}
	variable := local.Kind == path.Deref
	if variable {
		local = local.Parent
	}
	v, ok := local.Site.(ssa.Value)
	if !ok || local.Kind != path.Value && (local.Kind != path.Part || local.Visible()) {
		return nil
	}
	g := &gathering{s: h.scope(v.Parent())}
	switch v := v.(type) {
	case *ssa.Alloc:
		ok = variable && local != n.Parent && path.IsSlice(content(v)) && g.variable(v)
	case *ssa.Phi, *ssa.MakeSlice, *ssa.Call:
		ok = !variable && path.IsSlice(v.Type()) == (local != n) && g.add(v)
	case *ssa.MakeMap:
		ok = !variable && local != n && g.add(v)
	default:
		return nil
	}
	switch {
	case !ok || g.from == nil:
		return nil
	case g.chosen:
		return h.Table.Elem(h.Table.Part(g.from, nil), v)
	}
	return h.Table.Elem(g.from, v)
}

// Gathered returns the part of p that is an element of a local variable or slice, and
// the element of the container of a parameter that it was read as; nil if there is none.
func (h *Heap) Gathered(p *path.Node) (local, elem *path.Node) {
	for n := p; n != nil; n = n.Parent {
		if elem := h.gathered(n); elem != nil {
			return n, elem
		}
	}
	return nil, nil
}

// content returns the type of what is in the variable a.
func content(a *ssa.Alloc) types.Type { return a.Type().Underlying().(*types.Pointer).Elem() }

// fixed reports whether c is the contents of a field of a parameter, or of a part
// that it holds by value: no store makes that another object.
func fixed(c *path.Node) bool {
	if c.Kind != path.Deref || c.Parent.Kind != path.Field {
		return false
	}
	for c = c.Parent; c.Kind == path.Field; c = c.Parent {
	}
	return c.Kind == path.Param
}

// outermost returns the container that c, a list in a map, say, is an element of, or one of
// its elements.
func outermost(c *path.Node) *path.Node {
	for outer := containerOf(c); outer != nil; outer = containerOf(c) {
		c = outer
	}
	return c
}

// gathering follows a local variable or slice to where its contents come from.
type gathering struct {
	s    *scope
	from *path.Node // the container of all elements found so far
	seen []ssa.Value

	chosen bool // some elements may have been left out

	depth int // of the calls that it has gone into

	anything bool // what the elements are does not matter
}

// Private reports whether only the function at hand puts elements into the slice v, or
// into what it becomes a part of.
func (h *Heap) Private(v ssa.Value) bool {
	if !path.IsSlice(v.Type()) {
		return false
	}
	g := &gathering{s: h.scope(v.Parent()), anything: true}
	return g.add(v)
}

// maxGathering bounds the depth of the calls that gather for the one at hand.
const maxGathering = 3

// add reports whether v is nil, an element of the container, or a slice of such
// elements and no others.
func (g *gathering) add(v ssa.Value) bool {
	if slices.Contains(g.seen, v) {
		return true
	}
	g.seen = append(g.seen, v)
	if path.IsSlice(v.Type()) {
		return g.slice(v)
	}
	if g.anything {
		return true
	}
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.MakeMap:
		return g.mapped(v)
	case *ssa.Phi:
		g.chosen = true
		return g.all(v.Edges)
	case *ssa.UnOp:
		addr, ok := v.X.(*ssa.IndexAddr)
		return ok && v.Op == token.MUL && g.element(addr.X)
	case *ssa.Lookup:
		return g.element(v.X)
	case *ssa.Extract:
		switch tuple := v.Tuple.(type) {
		case *ssa.Lookup:
			return v.Index == 0 && g.element(tuple.X)
		case *ssa.Next:
			r, ok := tuple.Iter.(*ssa.Range)
			return ok && v.Index > 0 && g.element(r.X)
		}
	}
	return false
}

func (g *gathering) all(vals []ssa.Value) bool {
	return !slices.ContainsFunc(vals, func(v ssa.Value) bool { return !g.add(v) })
}

// element notes that an element of the container v is one of those gathered.
func (g *gathering) element(v ssa.Value) bool {
	if g.anything && !path.IsSlice(v.Type()) {
		return true
	}
	c := g.s.eval(v)
	if !fixed(outermost(c)) {
		return (path.IsSlice(v.Type()) || isMap(v.Type())) && g.add(v)
	}
	if g.from == nil {
		g.from = c
	}
	return g.from == c
}

// slice is add for a slice that only the function at hand puts elements into.
func (g *gathering) slice(v ssa.Value) bool {
	if !g.kept(v) {
		return false
	}
	switch v := v.(type) {
	case *ssa.Const, *ssa.MakeSlice:
		return true
	case *ssa.Phi:
		return g.all(v.Edges)
	case *ssa.Slice:
		if array, ok := v.X.(*ssa.Alloc); ok {
			g.chosen = g.chosen || !inEachTurn(v.Block()) && !isEmptyArray(array)
			return g.literal(array)
		}
		g.chosen = g.chosen || v.Low != nil || v.High != nil
		return g.add(v.X)
	case *ssa.ChangeType:
		return g.add(v.X)
	case *ssa.UnOp:
		cell, ok := v.X.(*ssa.Alloc)
		return ok && g.variable(cell)
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok {
			return b.Name() == "append" && g.add(v.Call.Args[0]) && g.element(v.Call.Args[1])
		}
		return g.result(v)
	}
	return false
}

// inEachTurn reports whether b is all that a loop does in each of its turns.
func inEachTurn(b *ssa.BasicBlock) bool {
	return len(b.Preds) == 1 && len(b.Succs) == 1 && b.Preds[0] == b.Succs[0]
}

func isEmptyArray(a *ssa.Alloc) bool {
	array, ok := content(a).Underlying().(*types.Array)
	return ok && array.Len() == 0
}

// result is add for what a function gathers and returns.
func (g *gathering) result(call *ssa.Call) bool {
	callee := call.Call.StaticCallee()
	switch {
	case callee == nil || call.Call.Signature().Results().Len() != 1 || g.depth >= maxGathering:
		return false
	case len(declared(callee).Blocks) == 0:
		return g.same(call, callee)
	}
	inner := &gathering{s: g.s.h.scope(declared(callee)), depth: g.depth + 1}
	for _, b := range inner.s.fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && !inner.all(ret.Results) {
			return false
		}
	}
	if inner.from == nil {
		return true // nothing
	}
	g.chosen = g.chosen || inner.chosen
	c := g.s.substitution(call, callee).Apply(inner.from)
	if g.from == nil && fixed(outermost(c)) {
		g.from = c
	}
	return g.from == c
}

// same is add for what a function of another package makes of the elements of a
// container: a list of what is in a map, say.
func (g *gathering) same(call *ssa.Call, callee *ssa.Function) bool {
	if arg := g.sameAs(call, callee); arg != nil {
		g.chosen = true
		return g.add(arg)
	}
	c := g.s.eval(call)
	if freshlyMade(c) {
		c = g.copied(call, callee)
	} else if c.Kind != path.Part {
		return false
	}
	if c = whole(c); g.from == nil && fixed(c) {
		g.from = c
	}
	return g.from == c
}

// copied returns the container whose elements the callee puts into the one that it
// makes, and nothing else; unknown if there is none.
func (g *gathering) copied(call *ssa.Call, callee *ssa.Function) *path.Node {
	e := g.s.h.effectsFor(g.s.fn, callee)
	if len(e.Stores) == 1 && class(e.Stores[0].Addr) == path.Elem && e.Stores[0].Addr.Parent == e.Results[0] {
		if c := containerOf(g.s.substitution(call, callee).Apply(e.Stores[0].Val)); c != nil {
			return c
		}
	}
	return g.s.h.Table.Unknown()
}

// literal is add for the elements of the array behind a slice literal.
func (g *gathering) literal(array *ssa.Alloc) bool {
	for _, r := range *array.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.Slice:
		case *ssa.IndexAddr:
			for _, u := range *r.Referrers() {
				if st, ok := u.(*ssa.Store); !ok || st.Addr != r || !g.add(st.Val) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}
