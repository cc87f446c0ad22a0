package heap

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// maxHandOn bounds the functions that a new object passes on its way into the
// container of its owner.
const maxHandOn = 4

// alwaysPutIn reports whether every object that gets an owner is put into the
// container of that owner before any function can get hold of it.
func (h *Heap) alwaysPutIn(m membership) bool {
	found := false
	for _, addr := range h.used().addrs[m.back] {
		for _, r := range *addr.Referrers() {
			switch r := r.(type) {
			case *ssa.Store:
				if r.Addr != addr {
					return false
				}
				if c, ok := r.Val.(*ssa.Const); ok && c.IsNil() {
					continue
				}
				made, ok := addr.X.(*ssa.Alloc)
				s := h.scope(addr.Parent())
				if !ok || !h.putIn(m, s, made, s.normal(s.eval(r.Val)), 0) {
					return false
				}
				found = true
			case *ssa.UnOp, *ssa.DebugRef:
			default:
				return false
			}
		}
	}
	return found
}

// newcomer is a new object in one function, with its uses there.
type newcomer struct {
	m        membership
	s        *scope
	obj      ssa.Value
	owner    *path.Node
	joins    []ssa.Instruction // where it is put into the container
	stored   []ssa.Instruction // where it is put somewhere else
	passed   []ssa.Instruction // where another function gets hold of it
	returned []*ssa.Return
	depth    int
}

// putIn reports whether the function of s, or else all that get obj from it,
// put obj into the container of owner before it is used.
func (h *Heap) putIn(m membership, s *scope, obj ssa.Value, owner *path.Node, depth int) bool {
	if depth > maxHandOn || owner.Kind == path.Unknown {
		return false
	}
	n := &newcomer{m: m, s: s, obj: obj, owner: owner, depth: depth}
	if !n.look() {
		return false
	}
	if len(n.joins) == 0 {
		return len(n.stored)+len(n.passed) == 0 && len(n.returned) > 0 && n.byCallers()
	}
	for _, u := range n.returned {
		n.passed = append(n.passed, u)
	}
	for _, u := range n.passed {
		if !n.after(u) {
			return false
		}
	}
	for _, u := range n.stored {
		if !n.after(u) && !n.together(u) {
			return false
		}
	}
	return true
}

// look sorts the uses of the object; false if one is not understood.
func (n *newcomer) look() bool {
	for _, r := range *n.obj.Referrers() {
		switch r := r.(type) {
		case *ssa.FieldAddr, *ssa.DebugRef, *ssa.BinOp:
		case *ssa.MapUpdate:
			n.put(r, r.Value == n.obj && n.isContainer(r.Map))
		case *ssa.Store:
			if r.Val != n.obj {
				return false
			}
			switch addr := r.Addr.(type) {
			case *ssa.FieldAddr, *ssa.Global:
				n.stored = append(n.stored, r)
			case *ssa.IndexAddr:
				if join := n.appendedTo(addr); join != nil {
					n.joins = append(n.joins, join)
				} else {
					n.stored = append(n.stored, r)
				}
			default:
				return false
			}
		case *ssa.Return:
			n.returned = append(n.returned, r)
		case *ssa.Call:
			if n.joinedBy(r) {
				n.joins = append(n.joins, r)
			} else {
				n.passed = append(n.passed, r)
			}
		case *ssa.UnOp, *ssa.Phi:
			return false
		default:
			n.passed = append(n.passed, r)
		}
	}
	return true
}

func (n *newcomer) put(instr ssa.Instruction, joins bool) {
	if joins {
		n.joins = append(n.joins, instr)
	} else {
		n.stored = append(n.stored, instr)
	}
}

// isContainer reports whether v is the contents of the container of the owner.
func (n *newcomer) isContainer(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	return ok && n.isField(addr)
}

func (n *newcomer) isField(addr *ssa.FieldAddr) bool {
	return keyOf(addr.X.Type(), addr.Field) == n.m.in && n.s.normal(n.s.eval(addr.X)) == n.owner
}

// appendedTo returns the store to the container of what the element at addr is
// appended to, or nil.
func (n *newcomer) appendedTo(addr *ssa.IndexAddr) ssa.Instruction {
	array, ok := addr.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	for _, r := range *array.Referrers() {
		slice, ok := r.(*ssa.Slice)
		if !ok {
			continue
		}
		for _, r := range *slice.Referrers() {
			call, ok := r.(*ssa.Call)
			if !ok || len(call.Call.Args) != 2 || call.Call.Args[1] != slice {
				continue
			}
			for _, r := range *call.Referrers() {
				if st, ok := r.(*ssa.Store); ok && st.Val == call {
					if to, ok := st.Addr.(*ssa.FieldAddr); ok && n.isField(to) && n.s.h.appended(to, call) {
						return st
					}
				}
			}
		}
	}
	return nil
}

// joinedBy reports whether the called function puts the object into the
// container of the owner, both being arguments.
func (n *newcomer) joinedBy(call *ssa.Call) bool {
	callee := call.Call.StaticCallee()
	if callee == nil || len(callee.Blocks) == 0 {
		return false
	}
	obj, owner := -1, -1
	for i, a := range call.Call.Args {
		switch {
		case a == n.obj:
			obj = i
		case n.s.normal(n.s.eval(a)) == n.owner:
			owner = i
		}
	}
	if obj < 0 || owner < 0 {
		return false
	}
	h := n.s.h
	return h.putIn(n.m, h.scope(callee), callee.Params[obj], h.Table.Param(owner), n.depth+1)
}

// byCallers reports whether all functions that get the object from this one
// put it into the container.
func (n *newcomer) byCallers() bool {
	fn := n.s.fn
	h := n.s.h
	sites := h.used().calls[fn]
	if _, param := n.obj.(*ssa.Parameter); param || len(sites) == 0 || h.used().escaped[fn] || fn.Object() == nil || fn.Object().Exported() {
		return false
	}
	result := -1
	for _, ret := range n.returned {
		for i, r := range ret.Results {
			if r == n.obj && (result < 0 || result == i) {
				result = i
			}
		}
	}
	for _, site := range sites {
		s := h.scope(site.Parent())
		got := resultOf(site, result)
		if got == nil || !h.putIn(n.m, s, got, s.normal(s.substitution(site, fn).Apply(n.owner)), n.depth+1) {
			return false
		}
	}
	return true
}

// resultOf returns the value that result i of the call is, or nil.
func resultOf(call *ssa.Call, i int) ssa.Value {
	if _, tuple := call.Type().(*types.Tuple); !tuple {
		return call
	}
	var got ssa.Value
	for _, r := range *call.Referrers() {
		if e, ok := r.(*ssa.Extract); ok && e.Index == i {
			if got != nil {
				return nil
			}
			got = e
		}
	}
	return got
}

// after reports whether the object has joined before instr.
func (n *newcomer) after(instr ssa.Instruction) bool {
	return slices.ContainsFunc(n.joins, func(j ssa.Instruction) bool { return precedes(j, instr) })
}

// precedes reports whether a is executed before b, whenever b is.
func precedes(a, b ssa.Instruction) bool {
	if a.Block() == b.Block() {
		return position(a) < position(b)
	}
	return a.Block().Dominates(b.Block())
}

// together reports whether the object joins right after instr: nothing is
// called in between.
func (n *newcomer) together(instr ssa.Instruction) bool {
	b := instr.Block()
	for _, next := range b.Instrs[position(instr)+1:] {
		for _, j := range n.joins {
			if j == next {
				return true
			}
		}
		if c, ok := next.(ssa.CallInstruction); ok {
			if _, builtin := c.Common().Value.(*ssa.Builtin); !builtin {
				return false
			}
		}
	}
	return false
}

// position returns the place of instr in its block.
func position(instr ssa.Instruction) int {
	for i, other := range instr.Block().Instrs {
		if other == instr {
			return i
		}
	}
	return -1
}
