package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// What a dynamic call reaches tells of the other fields of the object that it is made in.

// innate returns what is true of other fields of an object if a dynamic call of what its
// field n contains reaches callee.
func (x *executor) innate(n *path.Node, callee *ssa.Function) []summary.Literal {
	if callee == nil {
		return nil
	}
	return x.innateOf(n, path.FuncName(callee), func(v ssa.Value) bool { return isOther(v, callee) })
}

// testedOtherwise reports whether s has asked the value that f calls a method of, or whether
// it implements an interface, and got the answer that the type with that method does not give.
func (x *executor) testedOtherwise(s *state, f *frame) bool {
	if f.fn == nil || f.fn.Signature.Recv() == nil {
		return false
	}
	typ := f.fn.Signature.Recv().Type()
	return slices.ContainsFunc(s.cond, func(l summary.Literal) bool {
		is := x.table.TestedAs(l.Path, f.when.Parent, typ)
		return x.answersOtherwise(l, f.when.Parent, typ) || is != nil && summary.Literal{Path: is, Const: l.Const, Neg: l.Neg}.Eval() == summary.False
	})
}

// innateOf is innate for the values of which other says nothing. They have a name.
func (x *executor) innateOf(n *path.Node, name string, other func(ssa.Value) bool) []summary.Literal {
	if n == nil || n.Kind != path.Deref || n.Parent.Kind != path.Field {
		return nil
	}
	k := fieldID{n.Parent.Owner, n.Parent.Name}
	memo, b := memoKey{k, name}, x.engine.born()
	traits, ok := b.traits[memo]
	if !ok {
		traits = x.engine.commonTraits(k, other)
		b.traits[memo] = traits
	}
	var out []summary.Literal
	for _, t := range traits {
		out = append(out, x.literal(n.Parent, t))
	}
	return out
}

// commonTraits returns what is true of other fields wherever a value is stored in field k
// that other does not rule out.
func (e *Engine) commonTraits(k fieldID, other func(ssa.Value) bool) []trait {
	if !e.followed(k) || e.patched(k) {
		return nil
	}
	var ways [][]trait
	for _, b := range e.born().stores[k] {
		for _, c := range choices(b.store.Val, b.store.Block(), nil) {
			if !other(c.val) {
				kept := (&creation{e: e, obj: b.obj, at: c.at}).kept(b.store, k)
				ways = append(ways, append(e.traits(b.obj, c, nil), kept...))
			}
		}
	}
	return common(ways)
}

// common returns what all the lists have.
func common(lists [][]trait) []trait {
	if len(lists) == 0 {
		return nil
	}
	out := slices.Clone(lists[0])
	for _, l := range lists[1:] {
		out = slices.DeleteFunc(out, func(t trait) bool { return !slices.Contains(l, t) })
	}
	return out
}

// choice is a value that may be stored, if control comes from block at, to block to
// if that is not nil.
type choice struct {
	val    ssa.Value
	at, to *ssa.BasicBlock
}

// choices returns what v, stored in block at, may be.
func choices(v ssa.Value, at *ssa.BasicBlock, to *ssa.BasicBlock) []choice {
	phi, ok := v.(*ssa.Phi)
	if !ok || to != nil {
		return []choice{{v, at, to}}
	}
	var out []choice
	for i, e := range phi.Edges {
		out = append(out, choices(e, phi.Block().Preds[i], phi.Block())...)
	}
	return out
}

// isOther reports whether v is known not to be what reaches callee when it is called.
func isOther(v ssa.Value, callee *ssa.Function) bool {
	switch v := v.(type) {
	case *ssa.MakeInterface:
		recv := callee.Signature.Recv()
		return recv != nil && !types.Identical(v.X.Type(), recv.Type())
	case *ssa.Function:
		return !runsAs(v, callee)
	case *ssa.MakeClosure:
		return !runsAs(v.Fn.(*ssa.Function), callee)
	case *ssa.Const:
		return true
	}
	return false
}

// runsAs reports whether fn is callee, or the wrapper of it that a method value is.
func runsAs(fn, callee *ssa.Function) bool {
	return path.FuncName(fn) == path.FuncName(callee) || fn.Object() != nil && fn.Object() == callee.Object()
}

// ifLock returns what is true of the object that has the field whose content is way, if
// that is a lock of package sync.
func (x *executor) ifLock(way *path.Node) summary.Guard {
	var g summary.Guard
	for _, l := range x.innateOf(way, "lock", isNoLock) {
		g, _ = g.And(l)
	}
	return g
}

// isNoLock reports whether v is known to be no lock of package sync.
func isNoLock(v ssa.Value) bool {
	m, ok := v.(*ssa.MakeInterface)
	return ok && !isLock(m.X.Type())
}
