package heap

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A store to an object that never leaves the function which made it establishes
// a rule only if the function passes the object on while that holds: what it
// stores after its last call, or takes back before it, nobody meets.

// confined is what a function does with the object x that it made, and with
// those that are connected with it.
type confined struct {
	s     *scope
	group []*path.Node // x, what it leads to, and what leads to it
	calls []exposure
	lost  bool // one of them gets where the function does not know
}

// exposure is a call by which fn gets hold of one of the objects.
type exposure struct {
	at ssa.Instruction
	fn *ssa.Function
}

// met reports whether other code can meet the object x with the contents that
// the cells, its own and those that it is connected by, are given here.
func (p *proof) met(s *scope, x *path.Node, cells []*path.Node) bool {
	if !freshlyMade(x) || s.incomplete {
		return true
	}
	c := &confined{s: s, group: []*path.Node{x}}
	if c.connect(); c.lost {
		return true
	}
	if c.expose(); c.lost {
		return true
	}
	return slices.ContainsFunc(c.calls, func(e exposure) bool {
		if !reads(e.fn, fieldKey{p.r.owner, p.r.field}, map[*ssa.Function]bool{}) {
			return false
		}
		return !slices.ContainsFunc(cells, func(cell *path.Node) bool { return !s.holdsAt(cell, e.at) })
	})
}

// connect adds the objects that the stores of the function connect with those
// of the group.
func (c *confined) connect() {
	for n := 0; n < len(c.group); {
		n = len(c.group)
		for _, st := range c.s.stores {
			switch root := st.Addr.Root(); {
			case c.has(st.Addr):
				c.join(st.Val)
			case !c.has(st.Val):
			case freshlyMade(root):
				c.join(root)
			default:
				c.lost = true
			}
		}
	}
}

// has reports whether n is or leads through an object of the group.
func (c *confined) has(n *path.Node) bool {
	return n.Any(func(m *path.Node) bool { return slices.Contains(c.group, m) })
}

func (c *confined) join(n *path.Node) {
	n.Any(func(m *path.Node) bool {
		if freshlyMade(m) && !slices.Contains(c.group, m) {
			c.group = append(c.group, m)
		}
		return false
	})
}

// expose collects the calls that get hold of an object of the group.
func (c *confined) expose() {
	for _, b := range c.s.fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case ssa.CallInstruction:
				c.call(instr)
			case *ssa.Return:
				c.lost = c.lost || slices.ContainsFunc(instr.Results, func(r ssa.Value) bool { return c.has(c.s.eval(r)) })
			}
		}
	}
}

// call notes what the call gets hold of. The address of a lock within an object
// does not lead to it.
func (c *confined) call(site ssa.CallInstruction) {
	common := site.Common()
	if _, ok := common.Value.(*ssa.Builtin); ok {
		return
	}
	callee := common.StaticCallee()
	fn := c.s.normal(c.s.eval(common.Value))
	passed := c.has(fn)
	for _, a := range common.Args {
		n := c.s.eval(a)
		passed = passed || c.has(n) && (n.Kind != path.Field || callee != nil && len(callee.Blocks) > 0)
	}
	if callee == nil && fn.Kind == path.Closure && !common.IsInvoke() {
		callee = fn.Fn
	}
	_, called := site.(*ssa.Call)
	switch {
	case !passed:
	case !called || callee == nil || len(declared(callee).Blocks) == 0:
		c.lost = true
	default:
		c.calls = append(c.calls, exposure{site, declared(callee)})
	}
}

// holdsAt reports whether what is stored in the cell can be there still when at
// is executed; true if it was not stored here.
func (s *scope) holdsAt(cell *path.Node, at ssa.Instruction) bool {
	var all, holds []ssa.Instruction
	for i, st := range s.stores {
		if st.Addr != cell {
			continue
		}
		if !isNil(st.Val) {
			holds = append(holds, s.sites[i])
		}
		if _, ok := s.sites[i].(*ssa.Store); ok {
			all = append(all, s.sites[i])
		}
	}
	return len(holds) == 0 || slices.ContainsFunc(holds, func(st ssa.Instruction) bool { return reaches(st, at, all) })
}

// setWith reports whether cell, if it is set here at all, is set wherever st is
// made: before it, or on all ways on from it.
func (s *scope) setWith(cell *path.Node, st Store) bool {
	var sets, puts []ssa.Instruction
	for i, o := range s.stores {
		if o.Addr == cell && !isNil(o.Val) {
			sets = append(sets, s.sites[i])
		}
		if o == st {
			puts = append(puts, s.sites[i])
		}
	}
	return len(sets) == 0 || !slices.ContainsFunc(puts, func(put ssa.Instruction) bool {
		return !slices.ContainsFunc(sets, func(set ssa.Instruction) bool { return accompanies(set, put) })
	})
}

// accompanies reports whether a is executed on every path through b.
func accompanies(a, b ssa.Instruction) bool {
	return a.Block().Dominates(b.Block()) || !leaves(b.Block(), a.Block(), map[*ssa.BasicBlock]bool{})
}

// leaves reports whether the function can return after b without the block but.
func leaves(b, but *ssa.BasicBlock, seen map[*ssa.BasicBlock]bool) bool {
	if b == but || seen[b] {
		return false
	}
	seen[b] = true
	if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
		return true
	}
	return slices.ContainsFunc(b.Succs, func(succ *ssa.BasicBlock) bool { return leaves(succ, but, seen) })
}

// reaches reports whether there is a path from a to b on which none of the
// others is executed.
func reaches(a, b ssa.Instruction, others []ssa.Instruction) bool {
	seen := map[*ssa.BasicBlock]bool{}
	var walk func(list []ssa.Instruction, block *ssa.BasicBlock) bool
	walk = func(list []ssa.Instruction, block *ssa.BasicBlock) bool {
		for _, i := range list {
			if i == b {
				return true
			}
			if slices.Contains(others, i) {
				return false
			}
		}
		for _, succ := range block.Succs {
			if !seen[succ] {
				seen[succ] = true
				if walk(succ.Instrs, succ) {
					return true
				}
			}
		}
		return false
	}
	instrs := a.Block().Instrs
	return a == b || walk(instrs[slices.Index(instrs, a)+1:], a.Block())
}

// reads reports whether fn, or what it calls, may load the field f.
func reads(fn *ssa.Function, f fieldKey, seen map[*ssa.Function]bool) bool {
	if fn = declared(fn); seen[fn] {
		return false
	}
	seen[fn] = true
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.FieldAddr:
				if f.is(instr.X.Type(), instr.Field) {
					return true
				}
			case *ssa.Field:
				if f.is(instr.X.Type(), instr.Field) {
					return true
				}
			case *ssa.MakeClosure:
				if reads(instr.Fn.(*ssa.Function), f, seen) {
					return true
				}
			case ssa.CallInstruction:
				if readsBy(instr.Common(), f, seen) {
					return true
				}
			}
		}
	}
	return false
}

// readsBy is reads for what the call c runs.
func readsBy(c *ssa.CallCommon, f fieldKey, seen map[*ssa.Function]bool) bool {
	callee := c.StaticCallee()
	if callee != nil && len(declared(callee).Blocks) > 0 {
		return reads(callee, f, seen)
	}
	if _, ok := c.Value.(*ssa.Builtin); ok {
		return false
	}
	return callee == nil || slices.ContainsFunc(c.Args, func(a ssa.Value) bool { return mayCall(a.Type()) })
}

// mayCall reports whether who gets a value of type t may call what is behind it.
func mayCall(t types.Type) bool {
	switch path.Innermost(t).Underlying().(type) {
	case *types.Interface, *types.Signature:
		return true
	}
	return false
}

// is reports whether k is field i of the struct type t, or of the one that t
// points to.
func (k fieldKey) is(t types.Type, i int) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return path.OwnerName(t) == k.owner && t.Underlying().(*types.Struct).Field(i).Name() == k.name
}
