package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// trait says that a field of an object is a constant, or that it is not.
type trait struct {
	field string
	value string
	not   bool
}

// given returns what is known of the field of t of the new object obj, which gets the value
// v, on the way to the choice c.
func given(t trait, typ *types.Basic, v ssa.Value, obj *ssa.Alloc, c choice) []trait {
	switch w := v.(type) {
	case nil:
		return []trait{t.is(zeroText(typ), false)}
	case *ssa.Const:
		if w.Value != nil {
			return []trait{t.is(w.Value.ExactString(), false)}
		}
		return nil
	}
	g := gift{t, v, obj}
	var out []trait
	if c.to != nil {
		out = g.told(out, c.at, c.to)
	}
	for b := c.at; b.Idom() != nil; b = b.Idom() {
		for _, next := range b.Idom().Succs {
			if len(next.Preds) == 1 && next.Dominates(c.at) {
				out = g.told(out, b.Idom(), next)
			}
		}
	}
	return out
}

// gift is a value that a field of a new object gets.
type gift struct {
	trait
	val ssa.Value
	obj *ssa.Alloc
}

// told adds to list what the branch from block b to its successor next tells of g.
func (g gift) told(list []trait, b, next *ssa.BasicBlock) []trait {
	test, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok || b.Succs[0] == b.Succs[1] {
		return list
	}
	cond, truth := test.Cond, b.Succs[0] == next
	for {
		not, ok := cond.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			break
		}
		cond, truth = not.X, !truth
	}
	if g.isRead(cond) {
		return append(list, g.is("true", !truth))
	}
	equal, ok := cond.(*ssa.BinOp)
	if !ok || equal.Op != token.EQL && equal.Op != token.NEQ || !g.isRead(equal.X) {
		return list
	}
	if k, ok := equal.Y.(*ssa.Const); ok && k.Value != nil {
		return append(list, g.is(k.Value.ExactString(), (equal.Op == token.EQL) != truth))
	}
	return list
}

// isRead reports whether v is the value g, or is read from the field that has it.
func (g gift) isRead(v ssa.Value) bool {
	if v == g.val {
		return true
	}
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	at, ok := load.X.(*ssa.FieldAddr)
	return ok && at.X == g.obj && fieldAt(at).name == g.field
}

// is returns t with a value, or with one that it is not.
func (t trait) is(value string, not bool) trait {
	if value == "false" {
		value, not = "true", !not
	}
	t.value, t.not = value, not
	return t
}

// zeroText returns the text of the zero value of a basic type.
func zeroText(t *types.Basic) string {
	switch {
	case t.Info()&types.IsBoolean != 0:
		return "false"
	case t.Info()&types.IsString != 0:
		return `""`
	}
	return "0"
}
