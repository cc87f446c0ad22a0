package heap

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A variable is written once if it keeps the object that it was first given:
// the instance behind a getter that makes it when it is first asked for. Every
// store to it is to a new object, or is made only while it is nil, or by a
// function that a sync.Once runs. What it contains at one time and at another
// is the same, then, except that it may have been nil.

// writes is what the functions do to one variable.
type writes struct {
	stores []*ssa.Store
	lent   bool // its address is used otherwise
	roams  bool // it is used where nobody follows it
}

// variable names a field of a struct type, or a package-level variable.
type variable struct{ owner, name string }

// WriteOnce reports whether the variable at address cell is written once.
func (h *Heap) WriteOnce(cell *path.Node) bool {
	v, ok := variableOf(cell)
	if !ok {
		return false
	}
	once, ok := h.once[v]
	if !ok {
		if h.once == nil {
			h.once = map[variable]bool{}
		}
		once = h.isWrittenOnce(v)
		h.once[v] = once
	}
	return once
}

// variableOf returns the variable at address cell; false if it is none.
func variableOf(cell *path.Node) (variable, bool) {
	return variable{cell.Owner, cell.Name}, cell.Kind == path.Field || cell.Kind == path.Global
}

func (h *Heap) isWrittenOnce(v variable) bool {
	w := h.writesTo(v)
	if w == nil || w.lent || !h.Closed && exportedName(v.name) {
		return false
	}
	byOnce := 0
	for _, st := range w.stores {
		switch s := h.scope(st.Parent()); {
		case st.Parent().Synthetic == "package initializer", s.storesToNew(st):
		case isNil(s.eval(st.Val)):
			return false
		case s.whileNil(st):
		case runsOnce(st.Parent()):
			byOnce++
		default:
			return false
		}
	}
	return byOnce < 2 && !h.overwritten(v.owner)
}

// writesTo returns what is done to v; nil if nothing is.
func (h *Heap) writesTo(v variable) *writes {
	if h.writes == nil {
		h.collectWrites()
	}
	return h.writes[v]
}

// collectWrites looks at every use of the address of a variable that contains a
// pointer, an interface value or a function.
func (h *Heap) collectWrites() {
	h.writes = map[variable]*writes{}
	var ops [16]*ssa.Value
	for _, fn := range h.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				for _, op := range instr.Operands(ops[:0]) {
					if v, ok := h.variableAt(*op); ok {
						h.note(v, instr, *op)
					}
				}
			}
		}
	}
}

// note notes that instr uses addr, the address of v.
func (h *Heap) note(v variable, instr ssa.Instruction, addr ssa.Value) {
	w := h.writes[v]
	if w == nil {
		w = &writes{}
		h.writes[v] = w
	}
	switch instr := instr.(type) {
	case *ssa.UnOp, *ssa.DebugRef:
	case *ssa.Store:
		if instr.Addr == addr {
			w.stores = append(w.stores, instr)
		}
		if instr.Val == addr {
			w.lent, w.roams = true, true
		}
	case ssa.CallInstruction:
		callee := instr.Common().StaticCallee()
		w.lent, w.roams = true, w.roams || callee == nil || len(declared(callee).Blocks) == 0
	default:
		w.lent, w.roams = true, true
	}
}

// roams reports whether the address of the field gets where stores by it are not
// seen.
func (h *Heap) roams(f fieldKey) bool {
	w := h.writesTo(variable(f))
	return w != nil && w.roams
}

// variableAt returns the variable whose address addr is, if it contains a
// pointer, an interface value or a function.
func (h *Heap) variableAt(addr ssa.Value) (variable, bool) {
	p, ok := types.Unalias(typeOrNil(addr)).(*types.Pointer)
	if !ok {
		return variable{}, false
	}
	switch p.Elem().Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature:
	default:
		return variable{}, false
	}
	switch addr := addr.(type) {
	case *ssa.Global:
		return variable{name: h.Table.Global(addr).Name}, true
	case *ssa.FieldAddr:
		owner := addr.X.Type().Underlying().(*types.Pointer).Elem()
		if name := path.OwnerName(owner); name != "" {
			return variable{name, owner.Underlying().(*types.Struct).Field(addr.Field).Name()}, true
		}
	}
	return variable{}, false
}

func typeOrNil(v ssa.Value) types.Type {
	if v == nil {
		return types.Typ[types.Invalid]
	}
	return v.Type()
}

// storesToNew reports whether st stores to a field of an object that is made in
// its function.
func (s *scope) storesToNew(st *ssa.Store) bool {
	f, ok := st.Addr.(*ssa.FieldAddr)
	return ok && freshlyMade(s.eval(f.X))
}

// whileNil reports whether st is reached only through a test that has found the
// variable to be nil.
func (s *scope) whileNil(st *ssa.Store) bool {
	addr := s.eval(st.Addr)
	for b := st.Block().Idom(); b != nil; b = b.Idom() {
		test, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cond, ok := test.Cond.(*ssa.BinOp)
		if !ok || cond.Op != token.EQL && cond.Op != token.NEQ || !isNil(s.eval(cond.Y)) {
			continue
		}
		load, ok := cond.X.(*ssa.UnOp)
		if !ok || load.Op != token.MUL || s.eval(load.X) != addr {
			continue
		}
		to := b.Succs[0]
		if cond.Op == token.NEQ {
			to = b.Succs[1]
		}
		if len(to.Preds) == 1 && to.Dominates(st.Block()) {
			return true
		}
	}
	return false
}

// runsOnce reports whether fn is a function literal of which the only use is
// that a sync.Once runs it.
func runsOnce(fn *ssa.Function) bool {
	if fn.Parent() == nil {
		return false
	}
	uses, once := 0, 0
	var ops [16]*ssa.Value
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			for _, op := range instr.Operands(ops[:0]) {
				if mc, ok := (*op).(*ssa.MakeClosure); ok && mc.Fn == fn || *op == ssa.Value(fn) {
					if _, makes := instr.(*ssa.MakeClosure); makes {
						continue
					}
					if uses++; runsOnceAt(instr) {
						once++
					}
				}
			}
		}
	}
	return uses == 1 && once == 1
}

func runsOnceAt(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	callee := call.Call.StaticCallee()
	return callee != nil && path.FuncName(callee) == "(*sync.Once).Do"
}

// overwritten reports whether a whole struct of that type is stored to an object
// that is not new.
func (h *Heap) overwritten(owner string) bool {
	return owner != "" && slices.ContainsFunc(h.indexed().structs[owner], func(e event) bool {
		obj := e.st.Addr
		for obj.Kind == path.Field || obj.Kind == path.Index {
			obj = obj.Parent
		}
		return !freshlyMade(e.s.normal(obj))
	})
}
