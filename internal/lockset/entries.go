package lockset

import (
	"go/constant"

	"golang.org/x/tools/go/ssa"
)

// The flow of values does not tell the entries of a map apart. Tables of functions
// mostly have constant keys: what is only put under others is not found by one.

// entries are the keys under which a function is put into maps.
type entries struct {
	keys  map[string]bool
	other bool // it is also used in another way
}

// isEntry reports whether the dynamic call at site, of what a map has for a constant
// key, may find fn there.
func (e *Engine) isEntry(site ssa.CallInstruction, fn *ssa.Function) bool {
	key, ok := keyOfCallee(site.Common().Value)
	if !ok || site.Common().IsInvoke() {
		return true
	}
	if e.entries == nil {
		e.findEntries()
	}
	in := e.entries[fn]
	return in == nil || in.other || in.keys[key]
}

// keyOfCallee returns the constant key by which the value v was found in a map.
func keyOfCallee(v ssa.Value) (string, bool) {
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	l, ok := v.(*ssa.Lookup)
	if !ok {
		return "", false
	}
	return constantKey(l.Index)
}

func constantKey(v ssa.Value) (string, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() == constant.Unknown {
		return "", false
	}
	return c.Value.ExactString(), true
}

// findEntries looks at all uses of functions as values.
func (e *Engine) findEntries() {
	e.entries = map[*ssa.Function]*entries{}
	var ops [16]*ssa.Value
	for _, fn := range e.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if mc, ok := instr.(*ssa.MakeClosure); ok {
					e.entriesOf(mc.Fn.(*ssa.Function)).follow(mc)
					continue
				}
				for _, op := range instr.Operands(ops[:0]) {
					if g, ok := (*op).(*ssa.Function); ok {
						e.entriesOf(g).use(instr, g)
					}
				}
			}
		}
	}
}

func (e *Engine) entriesOf(fn *ssa.Function) *entries {
	in := e.entries[fn]
	if in == nil {
		in = &entries{keys: map[string]bool{}}
		e.entries[fn] = in
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
		if key, ok := constantKey(instr.Key); ok && instr.Value == v {
			in.keys[key] = true
			return
		}
		in.other = true
	default:
		in.other = true
	}
}
