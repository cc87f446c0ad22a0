package path

import (
	"go/constant"
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// Expressions over paths: what conditions are made of. They are evaluated as
// they are made, where their operands tell.

// Not returns the negation of the boolean x.
func (t *Table) Not(x *Node) *Node {
	switch {
	case x.Kind == Const && x.Name == "true":
		return t.Const("false")
	case x.Kind == Const && x.Name == "false":
		return t.Const("true")
	case x.Kind == Unary && x.Name == "!":
		return x.Parent
	}
	return t.intern(Parts{Kind: Unary, Name: "!", Parent: x})
}

// emptyText returns x op y, where x is the length of a string and the comparison
// asks whether that is empty, as a comparison of the string; nil for others.
func (t *Table) emptyText(op token.Token, x, y *Node) *Node {
	if !x.IsLength() || x.Index != ofText || y.Kind != Const {
		return nil
	}
	empty := t.Binary(token.EQL, x.Parent, t.Const(`""`))
	switch op.String() + y.Name {
	case "==0", "<=0", "<1":
		return empty
	case "!=0", ">0", ">=1":
		return t.Not(empty)
	}
	return nil
}

// Comparison returns the parts of the comparison n of a number with a
// constant, by < or >; nil if it is none.
func (n *Node) Comparison() (x *Node, op, constant string) {
	if n.Kind != Binary || n.Key == nil || n.Key.Kind != Const || n.Index != int(token.LSS) && n.Index != int(token.GTR) {
		return nil, "", ""
	}
	return n.Parent, n.Name, n.Key.Name
}

// mirrored gives the comparison that says the same with its operands swapped.
var mirrored = map[token.Token]token.Token{
	token.EQL: token.EQL, token.NEQ: token.NEQ,
	token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ,
}

// Is returns whether the dynamic type of the interface value x is typ.
func (t *Table) Is(x *Node, typ types.Type) *Node {
	return t.intern(Parts{Kind: Unary, Name: "is " + typ.String() + " ", Parent: x})
}

// Binary returns x op y, evaluated where both are constants. Comparisons are
// brought into one form, so that a test and its negation are two literals of
// one path.
func (t *Table) Binary(op token.Token, x, y *Node) *Node {
	if x.Kind == Unknown || y.Kind == Unknown {
		return t.unknown
	}
	if x.Kind == Const && y.Kind != Const {
		if m, ok := mirrored[op]; ok {
			op, x, y = m, y, x
		}
	}
	if x.IsNotNil() && !(y.Kind == Const && y.Name == "nil") || y.IsNotNil() {
		return t.unknown
	}
	if (op == token.EQL || op == token.NEQ) && (x.Kind == RLocker) != (y.Kind == RLocker) {
		x, y = x.ofLocker(), y.ofLocker()
	}
	if v := fold(op, x, y); v != "" {
		return t.Const(v)
	}
	if n := t.compared(op, x, y); n != nil {
		return n
	}
	if n := t.flags(op, x, y); n != nil {
		return n
	}
	if n := t.sum(op, x, y); n != nil {
		return n
	}
	if n := t.emptyText(op, x, y); n != nil {
		return n
	}
	if n := t.bit(op, x, y); n != nil {
		return n
	}
	switch op {
	case token.NEQ:
		if y.Kind != Const {
			return t.Not(t.Binary(token.EQL, x, y))
		}
	case token.EQL:
		if y.Kind != Const && y.id < x.id {
			x, y = y, x
		}
	case token.GEQ:
		return t.Not(t.Binary(token.LSS, x, y))
	case token.LEQ:
		return t.Not(t.Binary(token.GTR, x, y))
	case token.GTR:
		if y.Kind != Const {
			op, x, y = token.LSS, y, x
		}
	}
	return t.binary(op, x, y)
}

// ofLocker returns the RWMutex that n is the read side of, or n: who compares that with
// another lock asks whether it is the same one.
func (n *Node) ofLocker() *Node {
	if n.Kind == RLocker {
		return n.Parent
	}
	return n
}

// sum returns x op y, where y is a constant and x something plus a constant,
// without that constant: x+1 < 5 is x < 4, as far as sums do not overflow. It
// returns nil where that says nothing new.
func (t *Table) sum(op token.Token, x, y *Node) *Node {
	c := y.integer()
	if c == nil {
		return nil
	}
	if op == token.SUB {
		return t.Binary(token.ADD, x, t.number(constant.UnaryOp(token.SUB, c, 0)))
	}
	if isZero(c) && op == token.ADD {
		return x
	}
	if x.Kind != Binary || x.Index != int(token.ADD) || x.Key.integer() == nil {
		return nil
	}
	switch op {
	case token.ADD:
		return t.Binary(op, x.Parent, t.number(bits(c, token.ADD, x.Key.integer())))
	case token.EQL, token.NEQ, token.LSS, token.GTR, token.LEQ, token.GEQ:
		return t.Binary(op, x.Parent, t.number(bits(c, token.SUB, x.Key.integer())))
	}
	return nil
}

// integer returns the value of the integer constant n, or nil.
func (n *Node) integer() constant.Value {
	if n.Kind != Const {
		return nil
	}
	return number(n.Name)
}

// Apart reports whether one of x and y is an object that the function made itself, or
// the address of a part of it, and the other is in another one, or was there before.
func Apart(x, y *Node) bool { return apart(x, y) || apart(y, x) }

// apart is Apart where x is that object.
func apart(x, y *Node) bool {
	object := made(x)
	if object == nil || object == y {
		return false
	}
	if other := made(y); other != nil {
		return object != other && object.Kind == Value && other.Kind == Value
	}
	return earlier(y)
}

// made returns the object that x is or is a part of, if that is new: made by the
// function at hand, or handed to it by one that did.
func made(x *Node) *Node {
	for x.Kind == Field || x.Kind == Index {
		x = x.Parent
	}
	if x.Kind == Fresh {
		return x
	}
	if x.Kind != Value {
		return nil
	}
	if _, ok := x.Site.(*ssa.Alloc); !ok {
		return nil
	}
	return x
}

// earlier reports whether y existed when the function at hand was called: what it was
// passed, a variable, or what they contained at that time.
func earlier(y *Node) bool {
	for y.Kind == Field || y.Kind == Index || y.Kind == Deref && y.Site == nil {
		y = y.Parent
	}
	return y.Kind == Param || y.Kind == Free || y.Kind == Global
}

// maxShift bounds the bits that a constant is shifted by.
const maxShift = 64

// fold evaluates x op y, or returns "".
func fold(op token.Token, x, y *Node) string {
	if (op == token.EQL || op == token.NEQ) && y.Kind == Const && y.Name == "nil" && x.NeverNil() {
		return strconv.FormatBool(op == token.NEQ)
	}
	if (op == token.EQL || op == token.NEQ) && Apart(x, y) {
		return strconv.FormatBool(op == token.NEQ)
	}
	if y.Kind == Const && y.Name == "0" && x.NotEmpty() {
		switch op {
		case token.GTR, token.NEQ:
			return "true"
		case token.EQL, token.LEQ:
			return "false"
		}
	}
	if x == y && !x.Any(func(n *Node) bool { return n.Kind == Elem && n.Site == nil || n.Kind == Every }) {
		switch op {
		case token.EQL, token.LEQ, token.GEQ:
			return "true"
		case token.NEQ, token.LSS, token.GTR:
			return "false"
		}
	}
	if x.Kind != Const || y.Kind != Const {
		return ""
	}
	if op == token.EQL || op == token.NEQ {
		if x.Name == "zero" || y.Name == "zero" {
			return ""
		}
		return strconv.FormatBool((x.Name == y.Name) == (op == token.EQL))
	}
	a, b := number(x.Name), number(y.Name)
	if a == nil || b == nil {
		return ""
	}
	switch op {
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		return strconv.FormatBool(constant.Compare(a, op, b))
	case token.ADD, token.SUB, token.MUL, token.AND, token.OR, token.XOR, token.AND_NOT:
		return constant.BinaryOp(a, op, b).ExactString()
	case token.REM:
		if !isZero(b) {
			return constant.BinaryOp(a, op, b).ExactString()
		}
	case token.SHL, token.SHR:
		if n, ok := constant.Uint64Val(b); ok && n < maxShift {
			return constant.Shift(a, op, uint(n)).ExactString()
		}
	case token.QUO:
		if !isZero(b) {
			return constant.BinaryOp(a, token.QUO_ASSIGN, b).ExactString() // of integers
		}
	}
	return ""
}

func number(s string) constant.Value {
	if s == "" || s[0] != '-' && (s[0] < '0' || s[0] > '9') {
		return nil
	}
	v := constant.MakeFromLiteral(s, token.INT, 0)
	if s != "" && s[0] == '-' {
		v = constant.UnaryOp(token.SUB, constant.MakeFromLiteral(s[1:], token.INT, 0), 0)
	}
	if v.Kind() != constant.Int {
		return nil
	}
	return v
}

// NeverNil reports whether n is known not to be nil: an address, a function,
// an object made here.
func (n *Node) NeverNil() bool {
	switch n.Kind {
	case Global, Func, Closure, Field, Index, RLocker, As:
		return true
	case Const, Fresh:
		return n.Owner != "" // a value in an interface value, or an object of which the type is known
	case Value:
		switch n.Site.(type) {
		case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice:
			return true
		}
	}
	return false
}
