package path

import (
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// Lengths of slices and strings.

const lenOp = "len"

// What lenOp is the length of.
const (
	ofSlice = iota
	ofText
)

// Length returns the length of the slice x.
func (t *Table) Length(x *Node) *Node { return t.length(x, ofSlice) }

// TextLength returns the length of the string x.
func (t *Table) TextLength(x *Node) *Node { return t.length(x, ofText) }

func (t *Table) length(x *Node, of int) *Node {
	if n := x.exactLen(); n >= 0 {
		return t.Const(strconv.FormatInt(n, 10))
	}
	return t.intern(Parts{Kind: Unary, Name: lenOp, Parent: x, Index: of})
}

// IsLength reports whether n is the length of something.
func (n *Node) IsLength() bool {
	return n.Kind == Unary && n.Name == lenOp || n.Kind == Deref && n.Parent.IsLengthCell()
}

// NotEmpty reports whether n is the length of a local array (or of what was
// appended to it), which has elements, or of a slice that one was appended to.
func (n *Node) NotEmpty() bool {
	return n.IsLength() && n.Parent != nil && n.Parent.hasElements()
}

func (n *Node) hasElements() bool {
	if n.Kind != Part {
		return n.arrayLen() > 0
	}
	call, ok := n.Site.(*ssa.Call)
	return ok && (appendsElement(call) || n.Parent.hasElements())
}

// appendsElement reports whether v, a call of append, is passed elements one by one.
func appendsElement(v *ssa.Call) bool {
	if len(v.Call.Args) < 2 {
		return false
	}
	s, ok := v.Call.Args[1].(*ssa.Slice)
	if !ok || s.Low != nil || s.High != nil {
		return false
	}
	_, array := deref(s.X.Type()).Underlying().(*types.Array)
	return array
}

// exactLen returns the length of the string or slice n, or -1. The path of a
// local array is also that of what was appended to it, unless it is empty.
func (n *Node) exactLen() int64 {
	switch n.Kind {
	case Const:
		if n.Name == "nil" {
			return 0
		}
		if s, err := strconv.Unquote(n.Name); err == nil {
			return int64(len(s))
		}
	case Value:
		if n.arrayLen() == 0 || n.madeEmpty() {
			return 0
		}
	case Part:
		if s, ok := n.Site.(*ssa.Slice); ok {
			return sliced(s)
		}
	}
	return -1
}

// sliced returns the length of s where its bounds are constants, or -1.
func sliced(s *ssa.Slice) int64 {
	high, ok := s.High.(*ssa.Const)
	if !ok {
		return -1
	}
	if s.Low == nil {
		return high.Int64()
	}
	if low, ok := s.Low.(*ssa.Const); ok {
		return high.Int64() - low.Int64()
	}
	return -1
}

// madeEmpty reports whether n is a slice that was made without elements.
func (n *Node) madeEmpty() bool {
	m, ok := n.Site.(*ssa.MakeSlice)
	if !ok {
		return false
	}
	c, ok := m.Len.(*ssa.Const)
	return ok && c.Int64() == 0
}

// arrayLen returns how many elements the local array n has, or -1.
func (n *Node) arrayLen() int64 {
	if n.Kind != Value {
		return -1
	}
	a, ok := n.Site.(*ssa.Alloc)
	if !ok {
		return -1
	}
	array, ok := deref(a.Type()).Underlying().(*types.Array)
	if !ok {
		return -1
	}
	return array.Len()
}
