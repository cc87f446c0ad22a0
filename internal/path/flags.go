package path

import (
	"go/constant"
	"go/token"
)

// A set of flags is a number of which some bits are known: those in clear are
// 0, those in set are 1, and the others are those of base.
type flagSet struct {
	base       *Node
	clear, set constant.Value
}

// flags returns x op y, where y is a constant and x a set of flags, with what
// that says of single bits: flag|locked has the bit locked, whatever flag is.
// It returns nil where that says nothing new.
func (t *Table) flags(op token.Token, x, y *Node) *Node {
	if y.Kind != Const || x.Kind != Binary {
		return nil
	}
	f, c := x.flagSet(), number(y.Name)
	if f == nil || c == nil {
		return nil
	}
	switch op {
	case token.AND:
		known := bits(c, token.AND, bits(f.clear, token.OR, f.set))
		switch {
		case isZero(known):
			return t.Binary(token.AND, f.base, y)
		case constant.Compare(known, token.EQL, c):
			return t.number(bits(c, token.AND, f.set))
		}
		return nil
	case token.OR:
		f.set = bits(f.set, token.OR, c)
		f.clear = bits(f.clear, token.AND_NOT, c)
	case token.AND_NOT:
		f.clear = bits(f.clear, token.OR, c)
		f.set = bits(f.set, token.AND_NOT, c)
	default:
		return nil
	}
	n := f.base
	if !isZero(f.clear) {
		n = t.binary(token.AND_NOT, n, t.number(f.clear))
	}
	if !isZero(f.set) {
		n = t.binary(token.OR, n, t.number(f.set))
	}
	return n
}

// flagSet returns what the operators | and &^ with constants tell of n, or nil.
func (n *Node) flagSet() *flagSet {
	f := &flagSet{base: n, clear: constant.MakeInt64(0), set: constant.MakeInt64(0)}
	if v := f.operand(token.OR); v != nil {
		f.set = v
	}
	if v := f.operand(token.AND_NOT); v != nil {
		f.clear = v
	}
	if f.base == n {
		return nil
	}
	return f
}

// operand takes the operation op with a constant off the base of f and
// returns the constant, or nil.
func (f *flagSet) operand(op token.Token) constant.Value {
	n := f.base
	if n.Kind != Binary || n.Index != int(op) || n.Key.Kind != Const {
		return nil
	}
	v := number(n.Key.Name)
	if v != nil {
		f.base = n.Parent
	}
	return v
}

func bits(a constant.Value, op token.Token, b constant.Value) constant.Value {
	return constant.BinaryOp(a, op, b)
}

func isZero(v constant.Value) bool { return constant.Sign(v) == 0 }

func (t *Table) number(v constant.Value) *Node { return t.Const(v.ExactString()) }

func (t *Table) binary(op token.Token, x, y *Node) *Node {
	return t.intern(Parts{Kind: Binary, Name: op.String(), Parent: x, Key: y, Index: int(op)})
}

// bit returns x op y, which asks whether a single flag of a set is that flag, as a
// comparison with 0; nil for others.
func (t *Table) bit(op token.Token, x, y *Node) *Node {
	if x.Kind != Binary || x.Index != int(token.AND) || x.Key != y || op != token.EQL && op != token.NEQ {
		return nil
	}
	c := y.integer()
	if c == nil || constant.Sign(c) <= 0 || !isZero(bits(c, token.AND, bits(c, token.SUB, constant.MakeInt64(1)))) {
		return nil
	}
	return t.Not(t.Binary(op, x, t.Const("0")))
}
