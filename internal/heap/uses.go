package heap

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// useIndex files what the instructions of the package do with fields, whole
// structs and functions.
type useIndex struct {
	addrs   map[fieldKey][]*ssa.FieldAddr
	copied  map[string]bool // struct types of which values are loaded or stored in one piece
	cloned  map[string]bool // those of which an object may be a copy of another without that being seen
	calls   map[*ssa.Function][]*ssa.Call
	escaped map[*ssa.Function]bool // functions that are used other than by calling them

	closures map[string][]*ssa.MakeClosure   // by the name of the function
	boxed    map[string][]*ssa.MakeInterface // of values of a declared type, or pointers to them
}

// used returns the index.
func (h *Heap) used() *useIndex {
	if h.uses == nil {
		h.uses = &useIndex{map[fieldKey][]*ssa.FieldAddr{}, map[string]bool{}, map[string]bool{}, map[*ssa.Function][]*ssa.Call{}, map[*ssa.Function]bool{}, map[string][]*ssa.MakeClosure{}, map[string][]*ssa.MakeInterface{}}
		for _, fn := range h.Funcs {
			for _, p := range fn.Params {
				note(h.uses.cloned, p.Type())
			}
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					h.uses.add(instr)
				}
			}
		}
	}
	return h.uses
}

func (u *useIndex) add(instr ssa.Instruction) {
	var called *ssa.Value
	switch instr := instr.(type) {
	case *ssa.FieldAddr:
		k := keyOf(instr.X.Type(), instr.Field)
		u.addrs[k] = append(u.addrs[k], instr)
	case *ssa.MakeClosure:
		name := path.FuncName(instr.Fn.(*ssa.Function))
		u.closures[name] = append(u.closures[name], instr)
	case *ssa.MakeInterface:
		if name := path.OwnerName(instr.X.Type()); name != "" {
			u.boxed[name] = append(u.boxed[name], instr)
		}
	case *ssa.UnOp:
		note(u.copied, instr.Type())
		if _, local := instr.X.(*ssa.Alloc); !local && !onlyToVariables(instr) && !moulded(instr) {
			note(u.cloned, instr.Type())
		}
	case *ssa.Store:
		note(u.copied, instr.Val.Type())
	case *ssa.Call:
		u.clone(&instr.Call)
		if fn := instr.Call.StaticCallee(); fn != nil {
			u.calls[fn] = append(u.calls[fn], instr)
			called = &instr.Call.Value
		}
	}
	var ops [16]*ssa.Value
	for _, op := range instr.Operands(ops[:0]) {
		if fn, ok := (*op).(*ssa.Function); ok && op != called {
			u.escaped[fn] = true
		}
	}
}

// onlyToVariables reports whether v gets to local variables only, where it is seen
// what else is stored there.
func onlyToVariables(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if _, local := r.Addr.(*ssa.Alloc); !local {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// clone notes what the call c may copy: of a generic function what it is instantiated
// with, of others elements of slices.
func (u *useIndex) clone(c *ssa.CallCommon) {
	if callee := c.StaticCallee(); callee != nil && len(declared(callee).Blocks) > 0 {
		for i, t := range callee.TypeArgs() {
			if _, ok := t.Underlying().(*types.Struct); ok && loadsValues(declared(callee), i) {
				note(u.cloned, t)
			}
		}
		return // the rest is seen in it
	}
	for _, a := range c.Args {
		s, ok := a.Type().Underlying().(*types.Slice)
		if _, made := a.(*ssa.Slice); ok && !made {
			note(u.cloned, s.Elem())
		}
	}
}

// loadsValues reports whether the generic function fn loads values of the type of its
// type parameter i.
func loadsValues(fn *ssa.Function, i int) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			load, ok := instr.(*ssa.UnOp)
			if !ok {
				continue
			}
			if t, ok := load.Type().(*types.TypeParam); ok && t.Index() == i {
				return true
			}
		}
	}
	return false
}

// note adds t to the set if it is a named struct.
func note(set map[string]bool, t types.Type) {
	if _, ok := t.Underlying().(*types.Struct); ok {
		set[path.OwnerName(t)] = true
	}
}

// keyOf names field i of the struct that a value of type t points to.
func keyOf(t types.Type, i int) fieldKey {
	elem := t.Underlying().(*types.Pointer).Elem()
	return fieldKey{path.OwnerName(elem), elem.Underlying().(*types.Struct).Field(i).Name()}
}
