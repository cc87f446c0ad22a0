package lockset

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/path"
)

// A constructor sets a flag of an object and chooses what an interface value or a
// function in it is by the same condition: `if local { s.b = mem{} } else { s.b =
// remote{} }`. If nobody else stores to the flag, what a dynamic call of the other field
// reaches tells what the flag is. It may be in a struct that the object has, or in one
// that it points to: `s.cfg = cfg; if cfg.Local {`.

// births files where the fields of the package's struct types are stored to.
type births struct {
	stores   map[fieldID][]birth
	lent     map[fieldID]bool             // fields whose addresses go where they are not followed
	later    map[fieldID]bool             // fields that are stored to in objects that are not new
	options  map[fieldID][]*ssa.Parameter // those that they are stored to in, in function literals
	patched  map[string]bool              // types of which values have some fields from another value
	over     map[string]bool              // types of which values are copied into objects that are not new
	sites    map[*ssa.Function][]ssa.CallInstruction
	dynamic  map[string][]*ssa.Call // calls of function values that take a pointer, by the types of what they take
	nils     map[fieldID]bool       // fields that are set to nil in objects that are not new
	traits   map[memoKey][]trait
	sent     map[fieldID]bool // fields with channels without contents that are sent to
	sentAway bool             // such channels are that are in no field
	signed   map[fieldID]bool // numbers that are asked if they are below 0
}

// memoKey is a field, and the name of what it contains.
type memoKey struct {
	fieldID
	content string
}

// fieldID names a field of a struct type.
type fieldID struct{ owner, name string }

// birth is a store to a field of an object, which is often new then.
type birth struct {
	obj   ssa.Value
	store *ssa.Store
	part  bool // it is to a part of the struct in the field
}

// born returns the index.
func (e *Engine) born() *births {
	if e.births == nil {
		b := &births{
			stores: map[fieldID][]birth{}, lent: map[fieldID]bool{}, later: map[fieldID]bool{}, options: map[fieldID][]*ssa.Parameter{},
			patched: map[string]bool{}, over: map[string]bool{}, sites: map[*ssa.Function][]ssa.CallInstruction{},
			dynamic: map[string][]*ssa.Call{}, nils: map[fieldID]bool{}, traits: map[memoKey][]trait{}, sent: map[fieldID]bool{},
			signed: map[fieldID]bool{},
		}
		e.births = b
		for _, fn := range e.Funcs {
			for _, block := range fn.Blocks {
				for _, instr := range block.Instrs {
					b.add(e, instr)
					b.noteCall(instr)
				}
			}
		}
	}
	return e.births
}

func (b *births) add(e *Engine, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Store:
		if _, ok := instr.Val.Type().Underlying().(*types.Struct); ok {
			if allocOf(instr.Addr) == nil {
				b.over[path.OwnerName(instr.Val.Type())] = true
			}
		}
	case *ssa.ChangeType:
		b.noteConversion(instr)
	case *ssa.BinOp:
		b.noteTest(instr)
	case *ssa.Send:
		b.noteSend(instr.Chan)
	case *ssa.Select:
		for _, c := range instr.States {
			if c.Send != nil {
				b.noteSend(c.Chan)
			}
		}
	case *ssa.FieldAddr:
		b.uses(e, fieldAt(instr), origin(instr.X), instr, false)
	}
}

// uses files the uses of addr, which is in field k of the object obj.
func (b *births) uses(e *Engine, k fieldID, obj, addr ssa.Value, part bool) {
	for _, use := range *addr.Referrers() {
		switch use := use.(type) {
		case *ssa.Store:
			if use.Val == addr {
				b.lent[k] = true
				continue
			}
			b.stores[k] = append(b.stores[k], birth{obj, use, part})
			b.changes(k, obj)
			if !part && isNilConst(use.Val) && allocOf(obj) == nil {
				b.nils[k] = true
			}
		case *ssa.FieldAddr: // a field of a struct in the field
			b.uses(e, k, obj, use, true)
		case ssa.CallInstruction:
			if fn := use.Common().StaticCallee(); fn == nil || !e.looked(fn).idle && !e.isLoad(fn) {
				b.lent[k] = true
			}
		default:
			if !isLoad(use) {
				b.lent[k] = true
			}
		}
	}
}

// origin returns the value that v loads from a variable which is assigned once, as one
// that function literals capture; else v.
func origin(v ssa.Value) ssa.Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		if cell, ok := load.X.(*ssa.Alloc); ok {
			if w := heap.OnlyStore(cell); w != nil {
				return w
			}
		}
	}
	return v
}

// changes notes that field k of obj is stored to.
func (b *births) changes(k fieldID, obj ssa.Value) {
	if allocOf(obj) != nil {
		return
	}
	if p, ok := obj.(*ssa.Parameter); ok && p.Parent().Parent() != nil {
		b.options[k] = append(b.options[k], p)
		return
	}
	b.later[k] = true
}

// noteCall files calls of functions.
func (b *births) noteCall(instr ssa.Instruction) {
	if site, ok := instr.(ssa.CallInstruction); ok {
		if fn, ok := site.Common().Value.(*ssa.Function); ok {
			b.sites[fn] = append(b.sites[fn], site)
		}
	}
	if call, ok := instr.(*ssa.Call); ok && !call.Call.IsInvoke() && call.Call.StaticCallee() == nil && slices.ContainsFunc(call.Call.Args, func(a ssa.Value) bool { return isPointer(a.Type()) }) {
		takes := parameters(call.Call.Signature())
		b.dynamic[takes] = append(b.dynamic[takes], call)
	}
}

// parameters names the types of the parameters of functions of that signature.
func parameters(sig *types.Signature) string {
	var b strings.Builder
	for p := range sig.Params().Variables() {
		b.WriteString(types.TypeString(p.Type(), nil) + ",")
	}
	return b.String()
}

func fieldAt(a *ssa.FieldAddr) fieldID {
	return fieldIn(a.X.Type().Underlying().(*types.Pointer).Elem(), a.Field)
}

// fieldIn names field i of the struct type t.
func fieldIn(t types.Type, i int) fieldID {
	return fieldID{path.OwnerName(t), t.Underlying().(*types.Struct).Field(i).Name()}
}

func isNilConst(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

func isLoad(use ssa.Instruction) bool {
	switch use := use.(type) {
	case *ssa.UnOp:
		return use.Op == token.MUL
	case *ssa.DebugRef:
		return true
	}
	return false
}

// followed reports whether all stores to the field k are in sight.
func (e *Engine) followed(k fieldID) bool {
	return k.owner != "" && !e.born().lent[k] && (e.Closed || !token.IsExported(k.name) && !e.foreign(k.owner))
}

// fixed reports whether the field k is set while its object is new, and not changed any more
// by a store in sight. Who finds it to be something can rely on that.
func (e *Engine) fixed(k fieldID) bool {
	b := e.born()
	return k.owner != "" && !b.lent[k] && !b.later[k] && !b.over[k.owner] && !slices.ContainsFunc(b.options[k], func(p *ssa.Parameter) bool { return !e.isOption(p) })
}

// isOption reports whether the function literal that has the parameter p is only ever
// called for new objects.
func (e *Engine) isOption(p *ssa.Parameter) bool {
	fn := p.Parent()
	i := slices.Index(fn.Params, p)
	return !slices.ContainsFunc(e.born().dynamic[parameters(fn.Signature)], func(c *ssa.Call) bool {
		return allocOf(c.Call.Args[i]) == nil && slices.Contains(e.Dynamic(c), fn)
	})
}

// closed reports whether all stores to the field k are to new objects, in sight.
func (e *Engine) closed(k fieldID) bool {
	b := e.born()
	return e.followed(k) && !b.later[k] && len(b.options[k]) == 0
}

// givenTo returns the only value that field k of the new object obj has where something
// is stored to it in block at, sooner or later; nil is the zero value.
func (e *Engine) givenTo(obj ssa.Value, k fieldID, at *ssa.BasicBlock) (v ssa.Value, ok bool) {
	for _, b := range e.born().stores[k] {
		if b.obj != obj {
			continue
		}
		in := b.store.Block()
		switch {
		case in != at && !leads(in, at, nil, nil) && !leads(at, in, nil, nil):
			continue // the one or the other
		case v != nil || b.part || !in.Dominates(at) && returns(at, in):
			return nil, false
		}
		v = origin(b.store.Val)
	}
	return v, true
}

// returns reports whether the function can return from block at without coming to block by.
func returns(at, by *ssa.BasicBlock) bool { return leads(at, nil, by, nil) }

// leads reports whether control can get from block b to block to, or to a return if that
// is nil, without coming to block by.
func leads(b, to, by *ssa.BasicBlock, seen map[*ssa.BasicBlock]bool) bool {
	if seen[b] || b == by {
		return false
	}
	if seen == nil {
		seen = map[*ssa.BasicBlock]bool{}
	}
	seen[b] = true
	if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && to == nil {
		return true
	}
	return slices.ContainsFunc(b.Succs, func(n *ssa.BasicBlock) bool { return n == to && to != nil || leads(n, to, by, seen) })
}
