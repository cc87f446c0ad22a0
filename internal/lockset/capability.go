package lockset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// An implementation may tell by a method whether it locks itself: `if !s.backend.locks() {
// s.mu.Lock() }`. What such a method returns tells which one it is.

// tellsType reports whether c asks the value fn of a field what the implementations in this
// package answer by constants, and not all by the same.
func (x *executor) tellsType(c *ssa.Call, fn *path.Node) bool {
	if !c.Call.IsInvoke() || fn.Kind != path.Deref || fn.Parent.Kind != path.Field {
		return false
	}
	differ, first := false, ""
	for i, callee := range x.engine.Dynamic(c) {
		answer := constantResult(callee)
		if answer == "" {
			return false
		}
		if i == 0 {
			first = answer
		}
		differ = differ || answer != first
	}
	return differ
}

// answersOtherwise reports whether l says of a question to the value x that it was answered
// as no value of type typ does.
func (x *executor) answersOtherwise(l summary.Literal, v *path.Node, typ types.Type) bool {
	method, ok := l.Path.AskedOf(v)
	if !ok {
		return false
	}
	answer := constantResult(x.methodOf(typ, method))
	return answer != "" && (answer == l.Const) == l.Neg
}

// constantResult returns the constant that fn does nothing but return, or "".
func constantResult(fn *ssa.Function) string {
	if fn == nil || len(fn.Blocks) != 1 || len(fn.Blocks[0].Instrs) != 1 {
		return ""
	}
	ret, ok := fn.Blocks[0].Instrs[0].(*ssa.Return)
	if !ok || len(ret.Results) != 1 {
		return ""
	}
	if c, ok := ret.Results[0].(*ssa.Const); ok && c.Value != nil {
		return c.Value.ExactString()
	}
	return ""
}
