package lockset

import (
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// The flow of values does not tell the entries of a map or an array apart. Tables of
// functions mostly have constant keys: what is only put under others is not found by one,
// and who has found it knows the key.

// entries are the keys under which a function is put into tables.
type entries struct {
	keys  map[string]bool
	other bool // it is also used in another way
}

// isEntry reports whether the dynamic call at site, of what a table has for a constant
// key, may find fn there.
func (e *Engine) isEntry(site ssa.CallInstruction, fn *ssa.Function) bool {
	key, ok := constantKey(keyOfCallee(site))
	if !ok {
		return true
	}
	in := e.entriesOf(fn)
	return in == nil || in.keys[key]
}

// foundBy returns what is true of the key by which the call at site finds callee in a
// table: it is none of those that only others have.
func (x *executor) foundBy(s *state, site ssa.CallInstruction, callee *ssa.Function) []summary.Literal {
	key, in := keyOfCallee(site), x.engine.entriesOf(callee)
	if key == nil || in == nil {
		return nil
	}
	n := x.eval(s, key)
	if len(in.keys) == 1 {
		return []summary.Literal{summary.Is(n, slices.Collect(maps.Keys(in.keys))[0])}
	}
	others := map[string]bool{}
	for _, fn := range x.engine.Dynamic(site) {
		if o := x.engine.entries[path.FuncName(fn)]; o != nil {
			maps.Copy(others, o.keys)
		}
	}
	var out []summary.Literal
	for _, k := range slices.Sorted(maps.Keys(others)) {
		if !in.keys[k] {
			out = append(out, summary.Is(n, k).Not())
		}
	}
	return out
}

// keyOfCallee returns the key or index by which what the call at site calls was found in
// a table, or nil. It may be in a field of the entry.
func keyOfCallee(site ssa.CallInstruction) ssa.Value {
	if site.Common().IsInvoke() {
		return nil
	}
	for v, copies := site.Common().Value, 0; ; {
		switch f := v.(type) {
		case *ssa.Extract:
			v = f.Tuple
		case *ssa.UnOp:
			v = f.X
		case *ssa.Field:
			v = f.X
		case *ssa.FieldAddr:
			v = f.X
		case *ssa.Alloc:
			if v = copied(f); copies > 0 {
				return nil
			}
			copies++
		case *ssa.Lookup:
			return f.Index
		case *ssa.IndexAddr:
			if _, part := f.X.(*ssa.Slice); part {
				return nil
			}
			return f.Index
		default:
			return nil
		}
	}
}

// copied returns what the struct variable a is a copy of, of which no field is changed; nil
// if it is none.
func copied(a *ssa.Alloc) ssa.Value {
	st := heap.OneStore(a, func(use ssa.Instruction) bool {
		f, ok := use.(*ssa.FieldAddr)
		return ok && !slices.ContainsFunc(*f.Referrers(), isStore)
	})
	if st == nil {
		return nil
	}
	return st.Val
}

func isStore(instr ssa.Instruction) bool { _, ok := instr.(*ssa.Store); return ok }

func isCall(instr ssa.Instruction) bool { _, ok := instr.(ssa.CallInstruction); return ok }

func isNoStore(instr ssa.Instruction) bool { return !isStore(instr) }

func constantKey(v ssa.Value) (string, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() == constant.Unknown {
		return "", false
	}
	return c.Value.ExactString(), true
}

// entriesOf returns the keys under which fn is found wherever it is called by a value; nil
// if that is not known.
func (e *Engine) entriesOf(fn *ssa.Function) *entries {
	if e.entries == nil {
		e.findEntries()
	}
	in := e.entries[path.FuncName(fn)]
	if in == nil || in.other || len(in.keys) == 0 {
		return nil
	}
	return in
}

// findEntries looks at all uses of functions as values.
func (e *Engine) findEntries() {
	e.entries = map[string]*entries{}
	var ops [16]*ssa.Value
	for _, fn := range e.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if mc, ok := instr.(*ssa.MakeClosure); ok {
					e.usesOf(mc.Fn.(*ssa.Function)).follow(mc)
					continue
				}
				for _, op := range instr.Operands(ops[:0]) {
					if g, ok := (*op).(*ssa.Function); ok {
						e.usesOf(g).use(instr, g)
					}
				}
			}
		}
	}
}

// usesOf returns what is noted of fn.
func (e *Engine) usesOf(fn *ssa.Function) *entries {
	name := path.FuncName(fn)
	in := e.entries[name]
	if in == nil {
		in = &entries{keys: map[string]bool{}}
		e.entries[name] = in
	}
	return in
}

// follow adds the uses of the value v.
func (in *entries) follow(v ssa.Value) {
	for _, r := range *v.Referrers() {
		in.use(r, v)
	}
}

// use adds what instr does with v.
func (in *entries) use(instr ssa.Instruction, v ssa.Value) {
	switch instr := instr.(type) {
	case *ssa.DebugRef:
	case *ssa.ChangeType:
		in.follow(instr)
	case *ssa.MapUpdate:
		in.put(instr.Key, instr.Value == v)
	case *ssa.Store:
		in.store(instr, v)
	case ssa.CallInstruction:
		if c := instr.Common(); slices.Contains(c.Args, v) {
			in.passed(c, v)
		} else {
			in.other = in.other || c.Value != v
		}
	default:
		in.other = true
	}
}

// passed adds the key under which a function that v is passed to, with the key, puts it
// into a table, and does nothing else with it.
func (in *entries) passed(c *ssa.CallCommon, v ssa.Value) {
	i, callee := slices.Index(c.Args, v), c.StaticCallee()
	if callee == nil || len(callee.Blocks) == 0 || c.Value == v {
		in.other = true
		return
	}
	p := callee.Params[i]
	for _, r := range *p.Referrers() {
		if _, debug := r.(*ssa.DebugRef); debug {
			continue
		}
		u, ok := r.(*ssa.MapUpdate)
		if !ok {
			in.other = true
			return
		}
		key := u.Key
		if k, ok := key.(*ssa.Parameter); ok {
			key = c.Args[slices.Index(callee.Params, k)]
		}
		in.put(key, u.Value == p)
	}
}

// underOtherKey reports whether the call at site looks in a table under a key that begins as
// none does under which callee is found.
func (x *executor) underOtherKey(site ssa.CallInstruction, callee *ssa.Function) bool {
	sum, ok := keyOfCallee(site).(*ssa.BinOp)
	if !ok || sum.Op != token.ADD {
		return false
	}
	start, ok := constantKey(sum.X)
	in := x.engine.entriesOf(callee)
	if !ok || !strings.HasSuffix(start, `"`) || in == nil {
		return false
	}
	for k := range in.keys {
		if strings.HasPrefix(k, strings.TrimSuffix(start, `"`)) {
			return false
		}
	}
	return true
}

// put adds a key under which something is put into a table, if that is so.
func (in *entries) put(key ssa.Value, ok bool) {
	k, constant := constantKey(key)
	if !ok || !constant {
		in.other = true
		return
	}
	in.keys[k] = true
}

// store adds what the store of v tells: an element of an array, or a field of a struct
// that is made to be put into a table.
func (in *entries) store(st *ssa.Store, v ssa.Value) {
	addr := st.Addr
	for {
		f, ok := addr.(*ssa.FieldAddr)
		if !ok {
			break
		}
		addr = f.X
	}
	switch at := addr.(type) {
	case *ssa.IndexAddr:
		in.put(at.Index, st.Val == v && isTable(at.X))
	case *ssa.Alloc:
		_, fn := v.Type().Underlying().(*types.Signature)
		in.madeFor(at, fn && st.Addr != addr)
	default:
		in.other = true
	}
}

// madeFor adds what becomes of the struct at a, a field of which holds the function, or
// of its address.
func (in *entries) madeFor(a *ssa.Alloc, ok bool) {
	if !ok {
		in.other = true
		return
	}
	for _, r := range *a.Referrers() {
		switch r := r.(type) {
		case *ssa.FieldAddr:
			in.other = in.other || slices.ContainsFunc(*r.Referrers(), isNoStore)
		case *ssa.UnOp:
			in.follow(r)
		default:
			in.use(r, a)
		}
	}
}

// isTable reports whether v, an array or a slice, has its elements by the same index for
// good: an array that is not sliced, or a slice literal that is not passed on.
func isTable(v ssa.Value) bool {
	a, ok := v.(*ssa.Alloc)
	if !ok {
		_, variable := v.(*ssa.Global)
		_, field := v.(*ssa.FieldAddr)
		return variable || field
	}
	for _, r := range *a.Referrers() {
		s, ok := r.(*ssa.Slice)
		if !ok {
			continue
		}
		if s.Low != nil || slices.ContainsFunc(*s.Referrers(), isCall) {
			return false
		}
	}
	return true
}
