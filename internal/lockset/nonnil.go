package lockset

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// excluded reports whether l says that a pointer is nil that has been
// followed on every path to at: a nil pointer would have panicked there.
func (x *executor) excluded(l summary.Literal, at ssa.Instruction) bool {
	if l.Const != "nil" || l.Neg {
		return false
	}
	v := x.root(l.Path)
	return v != nil && v.Referrers() != nil && slices.ContainsFunc(*v.Referrers(), func(use ssa.Instruction) bool {
		return follows(use, v) && dominates(use, at)
	})
}

// root returns the parameter or value that the path p is, or nil.
func (x *executor) root(p *path.Node) ssa.Value {
	switch p.Kind {
	case path.Param:
		if p.Index < len(x.fn.Params) {
			return x.fn.Params[p.Index]
		}
	case path.Value:
		v, _ := p.Site.(ssa.Value)
		return v
	}
	return nil
}

// follows reports whether use panics if v is nil.
func follows(use ssa.Instruction, v ssa.Value) bool {
	switch use := use.(type) {
	case *ssa.FieldAddr:
		return true
	case *ssa.UnOp:
		return use.Op == token.MUL
	case *ssa.Store:
		return use.Addr == v
	case ssa.CallInstruction:
		return use.Common().IsInvoke() && use.Common().Value == v
	}
	return false
}

// dominates reports whether a is executed before each execution of b.
func dominates(a, b ssa.Instruction) bool {
	if a.Block() != b.Block() {
		return a.Parent() == b.Parent() && a.Block().Dominates(b.Block())
	}
	instrs := a.Block().Instrs
	return slices.Index(instrs, a) < slices.Index(instrs, b)
}
