package lockset

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A pointer that has been followed is not nil: by the function at hand or by a callee
// that always does, with a parameter or with what it has loaded from a field.

// isFollowed reports whether v is followed on every path to at.
func (x *executor) isFollowed(v ssa.Value, at ssa.Instruction) bool {
	return v.Referrers() != nil && slices.ContainsFunc(*v.Referrers(), func(use ssa.Instruction) bool {
		return (follows(use, v) || x.engine.passesToFollower(use, v)) && dominates(use, at)
	})
}

// loadFollowed reports whether p is what a field contains in s, and has been loaded from
// there and followed on every path to at.
func (x *executor) loadFollowed(s *state, p *path.Node, at ssa.Instruction) bool {
	if p.Kind != path.Deref || p.Parent.Kind != path.Field {
		return false
	}
	if v, ok := p.Site.(*ssa.UnOp); ok {
		return v.Parent() == x.fn && x.isFollowed(v, at)
	}
	if p.Site != nil || s.isDirty(p.Parent) || s.mem.get(p.Parent) != nil {
		return false
	}
	return slices.ContainsFunc(x.loadsOf(p.Parent.Name), func(v *ssa.UnOp) bool {
		return dominates(v, at) && x.eval(s, v) == p && x.isFollowed(v, at)
	})
}

// loadsOf returns the loads of fields of that name in the function at hand.
func (x *executor) loadsOf(field string) []*ssa.UnOp {
	if x.loads == nil {
		x.loads = map[string][]*ssa.UnOp{}
		for _, b := range x.fn.Blocks {
			for _, instr := range b.Instrs {
				if v, ok := instr.(*ssa.UnOp); ok {
					if k, ok := loaded(v); ok {
						x.loads[k.name] = append(x.loads[k.name], v)
					}
				}
			}
		}
	}
	return x.loads[field]
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

// passesToFollower reports whether use is a call that passes v to a function which follows
// it whenever it returns.
func (e *Engine) passesToFollower(use ssa.Instruction, v ssa.Value) bool {
	call, ok := use.(*ssa.Call)
	if !ok {
		return false
	}
	fn := call.Call.StaticCallee()
	if fn == nil || fn.Recover != nil || len(fn.Params) != len(call.Call.Args) {
		return false
	}
	i := slices.Index(call.Call.Args, v)
	return i >= 0 && e.follower(fn.Params[i])
}

// follower reports whether the function with parameter p does not return unless that has
// been followed.
func (e *Engine) follower(p *ssa.Parameter) bool {
	is, ok := e.followers[p]
	if ok || p.Referrers() == nil {
		return is
	}
	if e.followers == nil {
		e.followers = map[*ssa.Parameter]bool{}
	}
	e.followers[p] = false // a function that calls itself must begin somewhere
	is = slices.ContainsFunc(*p.Referrers(), func(use ssa.Instruction) bool {
		return (follows(use, p) || e.passesToFollower(use, p)) && !slices.ContainsFunc(p.Parent().Blocks, func(b *ssa.BasicBlock) bool {
			_, returns := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
			return returns && !use.Block().Dominates(b)
		})
	})
	e.followers[p] = is
	return is
}

// dominates reports whether a is executed before each execution of b.
func dominates(a, b ssa.Instruction) bool {
	if a.Block() != b.Block() {
		return a.Parent() == b.Parent() && a.Block().Dominates(b.Block())
	}
	instrs := a.Block().Instrs
	return slices.Index(instrs, a) < slices.Index(instrs, b)
}
