package lockset

import (
	"go/token"
	"go/types"
	"iter"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// visit is a loop of the function at hand over all elements of a container.
type visit struct {
	x     *executor
	head  *ssa.BasicBlock
	body  bits       // the blocks of its turns
	elem  *path.Node // the element that the loop is at
	index *path.Node // its index or key
	every *path.Node
}

// visitAt returns the loop that the element n is met by, or nil.
func (x *executor) visitAt(s *state, n *path.Node) *visit {
	v := &visit{x: x, elem: n}
	var c *path.Node
	switch {
	case n.Site != nil:
		return nil
	case n.Kind == path.Deref && n.Parent.Kind == path.Index:
		c, v.index = n.Parent.Parent, n.Parent.Key
		v.head = x.rangeHead(s, c, v.index)
	case n.IsElement():
		c, v.index = n.Parent, n.Key
		v.head = x.rangeHead(s, c, v.index)
	case n.Kind == path.Lookup && n.Key.Kind == path.Elem && n.Key.Parent == n.Parent:
		c, v.index = n.Parent, n.Key
		if next, ok := n.Key.Site.(*ssa.Next); ok && next.Parent() == x.fn {
			v.head = next.Block()
		}
	}
	if v.head == nil {
		return nil
	}
	v.body = x.graph.bodies[v.head.Index]
	v.every = x.table.Every(c)
	return v
}

// rangeHead returns the head of the loop over the slice or array c whose index
// is i, or nil: the index counts from 0 to the length of c.
func (x *executor) rangeHead(s *state, c, i *path.Node) *ssa.BasicBlock {
	phi := counterOf(i)
	if phi == nil || phi.Parent() != x.fn {
		return nil
	}
	b := phi.Block()
	test, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		return nil
	}
	less, ok := test.Cond.(*ssa.BinOp)
	if !ok || !fromZero(less) || x.eval(s, less.X) != i || !x.isLength(s, less.Y, c) {
		return nil
	}
	return b
}

// counterOf returns the φ that the index i counts by: it is the φ, or one more.
func counterOf(i *path.Node) *ssa.Phi {
	if i.Kind == path.Binary && token.Token(i.Index) == token.ADD && i.Key.Kind == path.Const && i.Key.Name == "1" {
		i = i.Parent
	}
	phi, _ := i.Site.(*ssa.Phi)
	if i.Kind != path.Value {
		return nil
	}
	return phi
}

// fromZero reports whether test, at the head of a loop, asks whether an index that
// counts up from 0 is less than something.
func fromZero(test *ssa.BinOp) bool {
	start := int64(0)
	phi, ok := test.X.(*ssa.Phi)
	if sum, more := test.X.(*ssa.BinOp); more && sum.Op == token.ADD && isInt(sum.Y, 1) {
		start = -1
		phi, ok = sum.X.(*ssa.Phi)
	}
	if !ok || test.Op != token.LSS {
		return false
	}
	for _, e := range phi.Edges {
		if !isInt(e, start) && !isNext(e, phi) {
			return false
		}
	}
	return true
}

// isNext reports whether v is one more than phi.
func isNext(v ssa.Value, phi *ssa.Phi) bool {
	sum, ok := v.(*ssa.BinOp)
	return ok && sum.Op == token.ADD && sum.X == phi && isInt(sum.Y, 1)
}

// isLength reports whether v is the length of the slice or array c.
func (x *executor) isLength(s *state, v ssa.Value, c *path.Node) bool {
	switch v := v.(type) {
	case *ssa.Call:
		b, ok := v.Call.Value.(*ssa.Builtin)
		return ok && b.Name() == "len" && x.eval(s, v.Call.Args[0]) == c
	case *ssa.Const:
		if p, ok := x.typeOf(c).(*types.Pointer); ok {
			a, ok := p.Elem().Underlying().(*types.Array)
			return ok && isInt(v, a.Len())
		}
	}
	return false
}

func isInt(v ssa.Value, n int64) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && intConst(c) != nil && c.Int64() == n
}

// blocks yields the blocks of the loop, in the order of the function.
func (v *visit) blocks() iter.Seq[*ssa.BasicBlock] {
	return func(yield func(*ssa.BasicBlock) bool) {
		for _, b := range v.x.fn.Blocks {
			if v.includes(b) && !yield(b) {
				return
			}
		}
	}
}

// includes reports whether the block of the function at hand is in the loop.
func (v *visit) includes(b *ssa.BasicBlock) bool {
	return v.body != nil && b.Parent() == v.x.fn && v.body.has(b.Index)
}

// has reports whether a call at pos is in the loop.
func (v *visit) has(pos token.Pos) bool {
	for b := range v.blocks() {
		for _, instr := range b.Instrs {
			if c, ok := instr.(ssa.CallInstruction); ok && position(c) == pos {
				return true
			}
		}
	}
	return false
}

// reaches reports whether the loop comes to site with any element, as far as
// the tests on the way tell: none may choose an element by what it is. A loop over what
// is in the element may choose by constants, too.
func (v *visit) reaches(s *state, site ssa.Instruction) bool {
	at := site.Block()
	if !v.inTurn(at) {
		return false
	}
	for _, b := range v.x.fn.Blocks {
		test, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok || !v.inTurn(b) || at.Dominates(b) || v.x.graph.heads[b] && ranged(b) != nil {
			continue
		}
		if (v.avoids(b.Succs[0], at, nil) || v.avoids(b.Succs[1], at, nil)) && !v.indifferent(s, test.Cond) && !v.compares(s, test.Cond) {
			return false
		}
	}
	return true
}

// decides reports whether a branch in the turn that leads to site asks for l: some element
// answers so there, since else nothing would come to site.
func (v *visit) decides(s *state, l summary.Literal, site ssa.Instruction) bool {
	for b := range v.blocks() {
		test, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		leads := func(succ *ssa.BasicBlock) bool { return len(succ.Preds) == 1 && succ.Dominates(site.Block()) }
		if ok && slices.ContainsFunc(b.Succs, leads) && compared(v.asked(s, test.Cond), l.Path) {
			return true
		}
	}
	return false
}

// compared reports whether test is p, its negation, or compares it with a constant.
func compared(test, p *path.Node) bool {
	for test.Kind == path.Unary && test != p {
		test = test.Parent
	}
	return test == p || test.Kind == path.Binary && test.Key.Kind == path.Const && test.Parent == p
}

// inTurn reports whether b is a part of a turn, which may be the last one.
func (v *visit) inTurn(b *ssa.BasicBlock) bool {
	return slices.ContainsFunc(v.head.Succs, func(first *ssa.BasicBlock) bool { return v.includes(first) && first.Dominates(b) })
}

// avoids reports whether the turn can end from block b on without coming to at.
func (v *visit) avoids(b, at *ssa.BasicBlock, seen map[*ssa.BasicBlock]bool) bool {
	switch {
	case b == at || seen[b]:
		return false
	case !v.inTurn(b):
		return true
	}
	if seen == nil {
		seen = map[*ssa.BasicBlock]bool{}
	}
	seen[b] = true
	for _, succ := range b.Succs {
		if v.avoids(succ, at, seen) {
			return true
		}
	}
	return false
}

// indifferent reports whether cond is no choice among the elements that is not
// understood: it does not depend on the turn, is about an error or about which channel is
// ready, or compares contents of the element with a constant, which the guard tells.
func (v *visit) indifferent(s *state, cond ssa.Value) bool {
	if c, ok := negated(cond); ok {
		return v.indifferent(s, c)
	}
	if test, ok := cond.(*ssa.BinOp); ok {
		if isNilConst(test.Y) && isError(test.X.Type()) || isSelected(test.X) {
			return true
		}
	}
	n := v.asked(s, cond)
	if v.concerns(n) {
		return v.understood(v.x.table.Replace(n, v.elem, v.every)) || v.split(s, n)
	}
	return !v.varies(cond, 0)
}

// isSelected reports whether v is the case that a select statement has come to.
func isSelected(v ssa.Value) bool {
	index, ok := v.(*ssa.Extract)
	if !ok || index.Index != 0 {
		return false
	}
	_, ok = index.Tuple.(*ssa.Select)
	return ok
}

// asked returns what cond, which decides a branch, asks, whatever the answer is known to be.
func (v *visit) asked(s *state, cond ssa.Value) *path.Node {
	if was := v.x.tested[cond]; was != nil {
		return was
	}
	return v.x.eval(s.under(nil), cond)
}

// split reports whether n is a choice of which s knows the parts, and they are understood.
func (v *visit) split(s *state, n *path.Node) bool {
	return n.Kind == path.Choice && !s.cond.About(n) && !slices.ContainsFunc(n.Args, func(a *path.Node) bool {
		return a.Kind != path.Const && !v.understood(v.x.table.Replace(a, v.elem, v.every)) && !v.split(s, a)
	})
}

// concerns reports whether n is about the element or its index.
func (v *visit) concerns(n *path.Node) bool {
	return n.Any(func(m *path.Node) bool { return m == v.elem || m == v.index })
}

// compares reports whether cond compares what the element contains, or an element of a
// container that it has, with a constant.
func (v *visit) compares(s *state, cond ssa.Value) bool {
	n := v.asked(s, cond)
	for ; n != nil && n != v.elem; n = n.Parent {
		switch {
		case n.Kind == path.Deref && n.Site != nil: // it may have changed
			return false
		case n.Kind == path.Field || n.Kind == path.Deref || n.Kind == path.Unary:
		case n.Kind == path.Index || n.Kind == path.Lookup || n.Kind == path.Elem:
		case n.Kind == path.Binary && n.Key.Kind == path.Const:
		default:
			return false
		}
	}
	return n != nil
}

// understood reports whether n, in terms of every element, is the contents of
// one, compared with constants only.
func (v *visit) understood(n *path.Node) bool { return n.Visible() && contents(n, v.every) }

// contents reports whether n is the contents of elem, compared with constants only.
func contents(n, elem *path.Node) bool {
	for m := n; m != elem; m = m.Parent {
		switch {
		case m == nil:
			return false
		case m.Kind == path.Field || m.Kind == path.Deref || m.Kind == path.Unary:
		case m.Kind == path.Binary && m.Key.Kind == path.Const:
		default:
			return false
		}
	}
	return true
}

// varies reports whether w may be another value in the next turn.
func (v *visit) varies(w ssa.Value, depth int) bool {
	instr, ok := w.(ssa.Instruction)
	if !ok || !v.includes(instr.Block()) {
		return false
	}
	switch w.(type) {
	case *ssa.UnOp, *ssa.BinOp, *ssa.FieldAddr, *ssa.Field, *ssa.Convert, *ssa.ChangeType:
	default:
		return true
	}
	var ops [4]*ssa.Value
	for _, op := range instr.Operands(ops[:0]) {
		if depth > 8 || *op != nil && v.varies(*op, depth+1) {
			return true
		}
	}
	return false
}

// guard returns g in terms of every element; false if it has a literal that
// chooses among them in a way that is not understood.
func (v *visit) guard(g summary.Guard) (summary.Guard, bool) {
	t := v.x.table
	chooses := false
	out, ok := g.Map(func(n *path.Node) *path.Node {
		if !v.concerns(n) {
			return n
		}
		m := t.Replace(n, v.elem, v.every)
		chooses = chooses || !v.understood(m) && !v.counts(n)
		return m
	})
	return out, ok && !chooses
}

// counts reports whether n compares the index with the length of the container
// or with a constant: that tells the turns apart, and not the elements.
func (v *visit) counts(n *path.Node) bool {
	for n.Kind == path.Unary && n.Name == "!" {
		n = n.Parent
	}
	if n.Kind != path.Binary || n.Key == nil {
		return false
	}
	test := v.head.Instrs[len(v.head.Instrs)-1].(*ssa.If)
	if less, ok := test.Cond.(*ssa.BinOp); ok && n.Key == v.x.table.Value(less.Y) {
		return true
	}
	return n.Key.Kind == path.Const && !n.Any(func(m *path.Node) bool { return m == v.elem })
}
