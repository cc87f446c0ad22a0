package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A constructor sets a flag of an object and chooses what an interface value or a
// function in it is by the same condition: `if local { s.b = mem{} } else { s.b =
// remote{} }`. If nobody else stores to the two fields, what a dynamic call of the one
// reaches tells what the other is.

// births files where the fields of the package's struct types are stored to.
type births struct {
	stores map[fieldID][]birth
	open   map[fieldID]bool // fields that are not only set in new objects, or not in sight
	owners map[string]bool  // types of which values are copied, so that all fields are open
	traits map[memoKey][]trait
}

// memoKey is a field, and the name of what it contains.
type memoKey struct {
	fieldID
	content string
}

// fieldID names a field of a struct type.
type fieldID struct{ owner, name string }

// birth is a store to a field of an object that the function has made.
type birth struct {
	obj   *ssa.Alloc
	store *ssa.Store
}

// born returns the index.
func (e *Engine) born() *births {
	if e.births == nil {
		e.births = &births{map[fieldID][]birth{}, map[fieldID]bool{}, map[string]bool{}, map[memoKey][]trait{}}
		for _, fn := range e.Funcs {
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					e.births.add(instr)
				}
			}
		}
	}
	return e.births
}

func (b *births) add(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Store:
		if _, ok := instr.Val.Type().Underlying().(*types.Struct); ok {
			b.owners[path.OwnerName(instr.Val.Type())] = true
		}
	case *ssa.ChangeType:
		b.owners[path.OwnerName(instr.Type())], b.owners[path.OwnerName(instr.X.Type())] = true, true
	case *ssa.FieldAddr:
		k := fieldAt(instr)
		obj, _ := instr.X.(*ssa.Alloc)
		for _, use := range *instr.Referrers() {
			st, stores := use.(*ssa.Store)
			switch {
			case stores && st.Addr == instr && obj != nil:
				b.stores[k] = append(b.stores[k], birth{obj, st})
			case !isLoad(use):
				b.open[k] = true
			}
		}
	}
}

func fieldAt(a *ssa.FieldAddr) fieldID {
	t := a.X.Type().Underlying().(*types.Pointer).Elem()
	return fieldID{path.OwnerName(t), t.Underlying().(*types.Struct).Field(a.Field).Name()}
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

// closed reports whether all stores to the field k are to new objects, in sight.
func (e *Engine) closed(k fieldID) bool {
	b := e.born()
	return k.owner != "" && !b.open[k] && !b.owners[k.owner] && (e.Closed || !token.IsExported(k.name) && !e.foreign(k.owner))
}

// givenTo returns the only value that field k of the new object obj has where something
// is stored to it in block at, sooner or later; nil is the zero value.
func (e *Engine) givenTo(obj *ssa.Alloc, k fieldID, at *ssa.BasicBlock) (v ssa.Value, ok bool) {
	for _, b := range e.born().stores[k] {
		if b.obj != obj {
			continue
		}
		in := b.store.Block()
		switch {
		case in != at && !leads(in, at, nil, nil) && !leads(at, in, nil, nil):
			continue // the one or the other
		case v != nil || !in.Dominates(at) && returns(at, in):
			return nil, false
		}
		v = b.store.Val
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

// innate returns what is true of other fields of an object if a dynamic call of what its
// field n contains reaches callee.
func (x *executor) innate(n *path.Node, callee *ssa.Function) []summary.Literal {
	if callee == nil {
		return nil
	}
	return x.innateOf(n, path.FuncName(callee), func(v ssa.Value) bool { return isOther(v, callee) })
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
		l := summary.Is(x.table.Deref(x.table.FieldNamed(n.Parent.Parent, k.owner, t.field), nil), t.value)
		if t.not {
			l = l.Not()
		}
		out = append(out, l)
	}
	return out
}

// commonTraits returns what is true of other fields wherever a value is stored in field k
// that other does not rule out.
func (e *Engine) commonTraits(k fieldID, other func(ssa.Value) bool) []trait {
	if !e.closed(k) {
		return nil
	}
	var common []trait
	first := true
	for _, b := range e.born().stores[k] {
		for _, c := range choices(b.store.Val, b.store.Block(), nil) {
			if other(c.val) {
				continue
			}
			traits := e.traits(b.obj, c)
			if first {
				common, first = traits, false
			}
			common = slices.DeleteFunc(common, func(t trait) bool { return !slices.Contains(traits, t) })
		}
	}
	return common
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
		return path.FuncName(v) != path.FuncName(callee)
	case *ssa.MakeClosure:
		return path.FuncName(v.Fn.(*ssa.Function)) != path.FuncName(callee)
	case *ssa.Const:
		return true
	}
	return false
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

// traits returns what is known of the flags, numbers and strings in obj where c is stored
// in it.
func (e *Engine) traits(obj *ssa.Alloc, c choice) []trait {
	t := obj.Type().Underlying().(*types.Pointer).Elem()
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	var out []trait
	for f := range s.Fields() {
		basic, ok := f.Type().Underlying().(*types.Basic)
		if k := (fieldID{path.OwnerName(t), f.Name()}); !ok || !e.closed(k) {
			continue
		} else if v, ok := e.givenTo(obj, k, c.at); ok {
			out = append(out, given(trait{field: f.Name()}, basic, v, obj, c)...)
		}
	}
	return out
}
