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
	calls   map[*ssa.Function][]*ssa.Call
	escaped map[*ssa.Function]bool // functions that are used other than by calling them

	closures map[string][]*ssa.MakeClosure // by the name of the function
}

// used returns the index.
func (h *Heap) used() *useIndex {
	if h.uses == nil {
		h.uses = &useIndex{map[fieldKey][]*ssa.FieldAddr{}, map[string]bool{}, map[*ssa.Function][]*ssa.Call{}, map[*ssa.Function]bool{}, map[string][]*ssa.MakeClosure{}}
		for _, fn := range h.Funcs {
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
	case *ssa.UnOp:
		u.copy(instr.Type())
	case *ssa.Store:
		u.copy(instr.Val.Type())
	case *ssa.Call:
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

// copy notes that a value of type t is copied, if that is a named struct.
func (u *useIndex) copy(t types.Type) {
	if _, ok := t.Underlying().(*types.Struct); ok {
		u.copied[path.OwnerName(t)] = true
	}
}

// keyOf names field i of the struct that a value of type t points to.
func keyOf(t types.Type, i int) fieldKey {
	elem := t.Underlying().(*types.Pointer).Elem()
	return fieldKey{path.OwnerName(elem), elem.Underlying().(*types.Struct).Field(i).Name()}
}
