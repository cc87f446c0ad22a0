package lockset

import (
	"go/constant"
	"go/token"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// counter is a φ at the head of a loop that counts upwards from a constant, or
// such a φ plus a constant, as the index of a range is. Its comparisons with
// constants tell the turns of the loop apart (`if i > 0`).
type counter struct {
	phi   *ssa.Phi
	value ssa.Value      // phi, or phi plus
	plus  constant.Value // this
	least constant.Value
	tests []*ssa.BinOp
	bound *ssa.BinOp // the comparison of phi plus one with the length of a parameter
}

// counters finds the counters that are compared with constants.
func (g *graph) counters() {
	g.count = map[*ssa.BasicBlock][]counter{}
	for b := range g.heads {
		for _, instr := range b.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			c := counter{phi: phi, value: phi, plus: constant.MakeInt64(0), least: leastStart(phi), tests: constantTests(phi), bound: rangeBound(phi)}
			if c.least == nil {
				continue
			}
			if len(c.tests) > 0 || c.bound != nil {
				g.count[b] = append(g.count[b], c)
			}
			g.count[b] = append(g.count[b], c.sums()...)
		}
	}
}

// sums returns the sums of c and constants that are computed at the head of
// the loop and compared with constants.
func (c *counter) sums() []counter {
	var out []counter
	for _, r := range *c.phi.Referrers() {
		sum, ok := r.(*ssa.BinOp)
		if !ok || sum.Op != token.ADD || sum.X != c.phi || sum.Block() != c.phi.Block() || intConst(sum.Y) == nil {
			continue
		}
		if tests := constantTests(sum); len(tests) > 0 {
			plus := intConst(sum.Y)
			out = append(out, counter{phi: c.phi, value: sum, plus: plus, least: constant.BinaryOp(c.least, token.ADD, plus), tests: tests})
		}
	}
	return out
}

// leastStart returns the smallest of the constants that phi starts from, or
// nil if some edge of phi is neither a constant nor phi plus a positive one.
func leastStart(phi *ssa.Phi) constant.Value {
	var least constant.Value
	for _, e := range phi.Edges {
		if n := intConst(e); n != nil {
			if least == nil || constant.Compare(n, token.LSS, least) {
				least = n
			}
			continue
		}
		sum, ok := e.(*ssa.BinOp)
		if !ok || sum.Op != token.ADD || sum.X != phi {
			return nil
		}
		if step := intConst(sum.Y); step == nil || constant.Sign(step) <= 0 {
			return nil
		}
	}
	return least
}

// rangeBound returns the comparison that ends a range over a slice parameter
// with index phi, or nil.
func rangeBound(phi *ssa.Phi) *ssa.BinOp {
	for _, r := range *phi.Referrers() {
		sum, ok := r.(*ssa.BinOp)
		if !ok || sum.Op != token.ADD || sum.X != phi {
			continue
		}
		for _, r := range *sum.Referrers() {
			test, ok := r.(*ssa.BinOp)
			if !ok || test.Op != token.LSS || test.X != sum {
				continue
			}
			if n, ok := test.Y.(*ssa.Call); ok && len(n.Call.Args) == 1 {
				if _, ok := n.Call.Args[0].(*ssa.Parameter); ok {
					return test
				}
			}
		}
	}
	return nil
}

// intConst returns the value of the integer constant v, or nil.
func intConst(v ssa.Value) constant.Value {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Int {
		return c.Value
	}
	return nil
}

// constantTests returns the comparisons of v with integer constants.
func constantTests(v ssa.Value) []*ssa.BinOp {
	var tests []*ssa.BinOp
	for _, r := range *v.Referrers() {
		if test, ok := r.(*ssa.BinOp); ok && test.X == v && intConst(test.Y) != nil && isComparison(test.Op) {
			tests = append(tests, test)
		}
	}
	return tests
}

func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// boundStep returns what is added to the counter before its bound is tested,
// or nil if there is no such test.
func (c *counter) boundStep() constant.Value {
	if c.bound == nil {
		return nil
	}
	if sum, ok := c.bound.X.(*ssa.BinOp); ok && sum.Op == token.ADD {
		return intConst(sum.Y)
	}
	return nil
}

// countTurn returns s, at the head of a loop entered by edge pred, with the
// tests of its counters decided: all of them in the first turn, and in later
// ones those that only the start, or what the counter was in the turn before,
// under the condition that is given, could answer otherwise.
func (x *executor) countTurn(s *state, before summary.Guard, head *ssa.BasicBlock, pred int) *state {
	for _, c := range x.graph.count[head] {
		start := intConst(c.phi.Edges[pred])
		if step := c.boundStep(); step != nil && start != nil {
			t := *s
			first := constant.BinaryOp(start, token.ADD, step)
			test := x.table.Binary(token.LSS, x.table.Const(first.ExactString()), x.eval(s, c.bound.Y))
			t.env = s.env.set(x.table.Value(c.bound), test)
			s = &t
		}
		if start != nil {
			start = constant.BinaryOp(start, token.ADD, c.plus)
		}
		passed := x.passed(&c, before)
		if start == nil && (passed != c.least || c.near(passed)) {
			p := x.table.Binary(token.GTR, x.count(&c), x.table.Const(passed.ExactString()))
			if t, ok := s.assume(summary.Is(p, "true")); ok {
				s = t
			}
		}
		for _, test := range c.tests {
			holds, known := false, true
			if start != nil {
				holds = constant.Compare(start, test.Op, intConst(test.Y))
			} else {
				holds, known = beyond(passed, test.Op, intConst(test.Y))
			}
			if !known {
				continue
			}
			p := x.table.Binary(test.Op, x.count(&c), x.table.ConstOf(test.Y.(*ssa.Const)))
			if t, ok := s.assume(summary.Is(p, strconv.FormatBool(holds))); ok {
				s = t
			}
		}
	}
	return s
}

// count returns the path of the value of c.
func (x *executor) count(c *counter) *path.Node {
	phi := x.table.Value(c.phi)
	if c.value == c.phi {
		return phi
	}
	return x.table.Binary(token.ADD, phi, x.table.Const(c.plus.ExactString()))
}

// counts reports whether a sum of v, a φ, and a constant is live on entry to b
// and tells the turns of the loop apart.
func (g *graph) counts(v ssa.Value, b *ssa.BasicBlock) bool {
	phi, ok := v.(*ssa.Phi)
	return ok && slices.ContainsFunc(g.count[phi.Block()], func(c counter) bool { return c.phi == phi && g.isLive(c.value, b) })
}

// passed returns a number that c has come to under g: the largest constant that it is
// compared with, or one that is near such a constant, or else the least one that it starts from.
func (x *executor) passed(c *counter, g summary.Guard) constant.Value {
	most, value := c.least, x.count(c)
	for _, test := range c.tests {
		n := intConst(test.Y)
		if constant.Compare(n, token.LEQ, most) {
			continue
		}
		above := x.table.Binary(token.GTR, value, x.table.Const(n.ExactString()))
		if g.Implies(summary.Is(value, n.ExactString())) == summary.True || g.Implies(summary.Is(above, "true")) == summary.True {
			most = n
		}
	}
	if n, ok := g.AtLeast(x.table.Value(c.phi)); ok {
		n = constant.BinaryOp(n, token.ADD, c.plus)
		if constant.Compare(n, token.GTR, most) && c.near(n) {
			return n
		}
	}
	return most
}

// maxCounted bounds the turns of a loop that are counted one by one.
const maxCounted = 3

// near reports whether c is compared with n or a number after it, if that is one of the
// first that it gets to.
func (c *counter) near(n constant.Value) bool {
	last := constant.BinaryOp(c.least, token.ADD, constant.MakeInt64(maxCounted))
	return slices.ContainsFunc(c.tests, func(test *ssa.BinOp) bool {
		k := intConst(test.Y)
		return constant.Compare(n, token.LEQ, k) && constant.Compare(k, token.LEQ, last)
	})
}

// beyond decides n op c for every n greater than least.
func beyond(least constant.Value, op token.Token, c constant.Value) (holds, known bool) {
	if constant.Compare(c, token.GTR, least) {
		return false, false
	}
	return op == token.GTR || op == token.GEQ || op == token.NEQ, true
}
