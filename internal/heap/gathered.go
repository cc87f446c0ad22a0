package heap

import (
	"go/token"
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
	for n := p.Parent; n != nil; n = n.Parent {
		elem := h.gathered(n)
		if elem == nil {
			continue
		}
		q, used := h.Canon(fn, h.Table.Replace(p, n, elem))
		if !q.Any(func(m *path.Node) bool { return m == elem }) {
			return q, used
		}
	}
	return nil, nil
}

// gathered returns the element of a container of a parameter that the local
// variable n is, or that n is read from a local slice as; nil if it is not
// known to be one.
func (h *Heap) gathered(n *path.Node) *path.Node {
	local := n
	if n.Kind == path.Deref && n.Parent.Kind == path.Index {
		local = n.Parent.Parent
	}
	v, ok := local.Site.(ssa.Value)
	if !ok || local.Kind != path.Value || path.IsSlice(v.Type()) == (local == n) {
		return nil
	}
	switch v.(type) {
	case *ssa.Phi, *ssa.MakeSlice, *ssa.Call:
	default:
		return nil
	}
	g := &gathering{s: h.scope(v.Parent())}
	if !g.add(v) || g.from == nil {
		return nil
	}
	return h.Table.Elem(g.from, v)
}

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

// gathering follows a local variable or slice to where its contents come from.
type gathering struct {
	s    *scope
	from *path.Node // the container of all elements found so far
	seen []ssa.Value

	depth int // of the calls that it has gone into
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
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.Phi:
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
			return ok && v.Index == 2 && g.element(r.X)
		}
	}
	return false
}

func (g *gathering) all(vals []ssa.Value) bool {
	return !slices.ContainsFunc(vals, func(v ssa.Value) bool { return !g.add(v) })
}

// element notes that an element of the container v is one of those gathered.
func (g *gathering) element(v ssa.Value) bool {
	c := g.s.eval(v)
	if !fixed(c) {
		return path.IsSlice(v.Type()) && g.add(v)
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
			return g.literal(array)
		}
		return g.add(v.X)
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok {
			return b.Name() == "append" && g.all(v.Call.Args)
		}
		return g.result(v)
	}
	return false
}

// result is add for what a function gathers and returns.
func (g *gathering) result(call *ssa.Call) bool {
	callee := call.Call.StaticCallee()
	switch {
	case callee == nil || call.Call.Signature().Results().Len() != 1 || g.depth >= maxGathering:
		return false
	case len(declared(callee).Blocks) == 0:
		return g.same(call)
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
	c := g.s.substitution(call, callee).Apply(inner.from)
	if g.from == nil && fixed(c) {
		g.from = c
	}
	return g.from == c
}

// same is add for what a function of another package makes of the elements of a
// container: a list of what is in a map, say.
func (g *gathering) same(call *ssa.Call) bool {
	c := g.s.eval(call)
	if c.Kind != path.Part {
		return false
	}
	for c.Kind == path.Part {
		c = c.Parent
	}
	if g.from == nil && fixed(c) {
		g.from = c
	}
	return g.from == c
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

// kept reports whether no one else can store to the elements of the slice v, or
// of one that it becomes a part of, which has to be a gathering, too.
func (g *gathering) kept(v ssa.Value) bool {
	if v.Referrers() == nil {
		return true
	}
	for _, r := range *v.Referrers() {
		ok := true
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.BinOp, *ssa.Return:
		case *ssa.Phi:
			ok = g.add(r)
		case *ssa.Slice:
			ok = g.add(r)
		case *ssa.IndexAddr:
			ok = onlyLoaded(r)
		case *ssa.Call:
			if isCopyTo(&r.Call, v) {
				ok = g.element(r.Call.Args[1])
				break
			}
			ok = readBy(&r.Call, v, false) && (r.Call.Args[0] != v || !path.IsSlice(r.Type()) || g.add(r))
		default:
			ok = false
		}
		if !ok {
			return false
		}
	}
	return true
}

// isCopyTo reports whether c copies elements to the slice v.
func isCopyTo(c *ssa.CallCommon, v ssa.Value) bool {
	b, ok := c.Value.(*ssa.Builtin)
	return ok && b.Name() == "copy" && c.Args[0] == v
}
