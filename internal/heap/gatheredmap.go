package heap

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// mapped is add for a map that only the function at hand puts elements into: a copy that
// it goes through, or a set of what it has found.
func (g *gathering) mapped(m *ssa.MakeMap) bool {
	return everyUse(m, func(r ssa.Instruction) bool {
		switch r := r.(type) {
		case *ssa.MapUpdate:
			g.chosen = g.chosen || !inEachTurn(r.Block())
			return r.Value != m && (isPlain(r.Key) || g.add(r.Key)) && (isPlain(r.Value) || g.add(r.Value))
		case *ssa.Range, *ssa.Lookup, *ssa.Return:
			return true
		case *ssa.Call:
			b, ok := r.Call.Value.(*ssa.Builtin)
			return ok && b.Name() != "append"
		}
		return false
	})
}

// isPlain reports whether v is or contains no object.
func isPlain(v ssa.Value) bool { return !hasIdentity(v.Type()) }

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}
