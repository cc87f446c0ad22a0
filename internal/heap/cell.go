package heap

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Variables and objects of one function, and how often they are made.

// OnlyStore returns the value of the one store to the variable a in its
// function, if no closure stores to it.
func OnlyStore(a *ssa.Alloc) ssa.Value {
	if st := onlyStore(a); st != nil {
		return st.Val
	}
	return nil
}

func onlyStore(a *ssa.Alloc) *ssa.Store {
	return OneStore(a, func(use ssa.Instruction) bool {
		mc, ok := use.(*ssa.MakeClosure)
		if !ok {
			return false
		}
		for i, b := range mc.Bindings {
			if b == a && storesFree(mc.Fn.(*ssa.Function), i) {
				return false
			}
		}
		return true
	})
}

// OneStore returns the one store to the variable a, which is loaded otherwise, or used so
// that it keeps its content; nil if there is another use of it.
func OneStore(a *ssa.Alloc, keeps func(use ssa.Instruction) bool) *ssa.Store {
	var one *ssa.Store
	for _, use := range *a.Referrers() {
		switch use := use.(type) {
		case *ssa.Store:
			if use.Addr != a || one != nil {
				return nil
			}
			one = use
		case *ssa.UnOp, *ssa.DebugRef:
		default:
			if !keeps(use) {
				return nil
			}
		}
	}
	return one
}

// storesFree reports whether fn, or a closure in it, stores to its captured
// variable i.
func storesFree(fn *ssa.Function, i int) bool {
	if i >= len(fn.FreeVars) {
		return true
	}
	for _, r := range *fn.FreeVars[i].Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr == fn.FreeVars[i] {
				return true
			}
		case *ssa.MakeClosure:
			for j, b := range r.Bindings {
				if b == fn.FreeVars[i] && storesFree(r.Fn.(*ssa.Function), j) {
					return true
				}
			}
		case *ssa.UnOp, *ssa.DebugRef:
		default:
			return true
		}
	}
	return false
}

// settled returns what the variable cell holds wherever it is set: what its one
// store puts there; nil if that is another object each time.
func (s *scope) settled(cell *ssa.Alloc) *path.Node {
	st := onlyStore(cell)
	if st == nil {
		return nil
	}
	if n := s.eval(st.Val); !s.remade(n, s.h.Table.Value(cell)) {
		return n
	}
	return nil
}

// part returns what the field at addr holds, of a variable of struct type that is set
// once and as a whole, as a parameter is; nil if it is none.
func (s *scope) part(addr *ssa.FieldAddr) *path.Node {
	var whole *path.Node
	switch x := addr.X.(type) {
	case *ssa.Alloc:
		if st := wholeStore(x); st != nil {
			if n := s.eval(st.Val); !s.remade(n, s.h.Table.Value(x)) {
				whole = n
			}
		}
	case *ssa.FieldAddr:
		whole = s.part(x)
	}
	if whole == nil {
		return nil
	}
	t := s.h.Table
	typ := addr.X.Type().Underlying().(*types.Pointer).Elem()
	return t.Deref(t.Projection(whole, t.Field(t.Const("zero"), typ, addr.Field)), nil)
}

// wholeStore returns the one store to the variable a, of which nothing else is done than
// that it and its fields are loaded; nil if there is another.
func wholeStore(a *ssa.Alloc) *ssa.Store {
	return OneStore(a, func(use ssa.Instruction) bool {
		field, ok := use.(*ssa.FieldAddr)
		return ok && fieldsLoaded(field)
	})
}

// fieldsLoaded reports whether the address of a field serves to load it, or fields of it.
func fieldsLoaded(addr *ssa.FieldAddr) bool {
	return !slices.ContainsFunc(*addr.Referrers(), func(use ssa.Instruction) bool {
		switch use := use.(type) {
		case *ssa.FieldAddr:
			return !fieldsLoaded(use)
		case *ssa.UnOp, *ssa.DebugRef:
			return false
		}
		return true
	})
}

// remade reports whether an object on the path n is made again and again while
// the one at root stays: its name stands for many.
func (s *scope) remade(n, root *path.Node) bool {
	at, _ := root.Site.(ssa.Instruction)
	var stays *ssa.BasicBlock // where root is made; nil if before the function
	if freshlyMade(root) && at != nil && at.Parent() == s.fn {
		stays = at.Block()
	}
	return n.Any(func(m *path.Node) bool {
		made, ok := m.Site.(ssa.Instruction)
		return ok && freshlyMade(m) && made.Parent() == s.fn && again(made.Block(), stays)
	})
}

// again reports whether block b can be executed again without the block but, if
// there is one, being executed in between.
func again(b, but *ssa.BasicBlock) bool {
	if b == but {
		return false
	}
	seen := map[*ssa.BasicBlock]bool{but: true}
	todo := []*ssa.BasicBlock{b}
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, succ := range n.Succs {
			if succ == b {
				return true
			}
			if !seen[succ] {
				seen[succ] = true
				todo = append(todo, succ)
			}
		}
	}
	return false
}
