package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A table of functions that the function at hand has made may be called by an
// index or a key that is not known: then each of its entries may be. So may each element
// of a slice that it has collected.

// fromTable returns the targets of a call of fn, or of its method, where it is
// some entry of a local table or slice, and whether these are all. They are none if one
// leaves a lock held or released: then it matters in which order they are called.
func (x *executor) fromTable(s *state, site ssa.CallInstruction, fn *path.Node, method string, args []*path.Node) ([]target, bool) {
	choices, all := x.choices(s, fn)
	var cells []cell
	if c := x.collected(s, site); c != nil {
		choices, all, cells = c.values, c.all, c.cells
	}
	var out []target
	for _, v := range choices {
		if method != "" {
			args = append([]*path.Node{v}, args[1:]...)
		}
		targets := x.known(v, method, args)
		for _, t := range targets {
			if t.sum.Unsure || len(t.sum.Lost) > 0 || slices.ContainsFunc(t.sum.Exits, changesLocks) {
				return nil, false
			}
			t.cells = cells
			out = append(out, t)
		}
		all = all && len(targets) > 0
	}
	return out, all
}

// choices returns what fn may be, where it comes from an entry of such a table,
// and whether these are all. Entries that the state excludes are not among them:
// by the key, or by what has been asked of other fields of the entry.
func (x *executor) choices(s *state, fn *path.Node) (list []*path.Node, all bool) {
	entry := someEntry(fn)
	if entry == nil {
		return nil, false
	}
	var keys []*path.Node
	for _, b := range s.mem {
		for n := b.key; n != nil; n = n.Parent {
			if n.Kind == entry.Kind && n.Parent == entry.Parent && n.Key.Kind == path.Const && !slices.Contains(keys, n.Key) {
				keys = append(keys, n.Key)
			}
		}
	}
	if len(keys) > maxDynamic {
		return nil, false
	}
	for _, k := range keys {
		at := func(n *path.Node) *path.Node { return x.atEntry(s, n, entry, k) }
		g, possible := s.cond.And(summary.Is(entry.Key, k.Name))
		if possible {
			_, possible = g.Map(at)
		}
		if v := at(fn); possible && v.Kind != path.Unknown {
			list = append(list, v)
		}
	}
	return list, len(keys) == tableLen(entry.Parent)
}

// someEntry returns the entry of a table made here that fn was read from, if its
// key is not a constant, or nil.
func someEntry(fn *path.Node) *path.Node {
	n := fn
	for n.Kind == path.Deref || n.Kind == path.Field {
		n = n.Parent
	}
	if n.Kind != path.Index && n.Kind != path.Lookup || n.Key.Kind == path.Const || n.Parent.Kind != path.Value {
		return nil
	}
	switch n.Parent.Site.(type) {
	case *ssa.Alloc, *ssa.MakeMap:
		return n
	}
	return nil
}

// tableLen returns the number of elements of the local array table, or -1.
func tableLen(table *path.Node) int {
	if p, ok := table.Type().Underlying().(*types.Pointer); ok {
		if a, ok := p.Elem().Underlying().(*types.Array); ok {
			return int(a.Len())
		}
	}
	return -1
}

// atEntry returns n with the entry that it goes through replaced by that of key
// k, and what is there in s.
func (x *executor) atEntry(s *state, n, entry, k *path.Node) *path.Node {
	t := x.table
	if n == entry {
		if n.Kind == path.Index {
			return t.Index(n.Parent, k)
		}
		v, _ := s.element(t, t.Lookup(n.Parent, k, nil), nil)
		return v
	}
	switch n.Kind {
	case path.Deref:
		if addr := x.atEntry(s, n.Parent, entry, k); addr != n.Parent {
			v, _ := s.load(t, addr, nil)
			return v
		}
	case path.Field:
		if parent := x.atEntry(s, n.Parent, entry, k); parent != n.Parent && n.Index == 1 {
			return t.Projection(parent, n)
		} else if parent != n.Parent {
			return t.FieldOf(parent, n)
		}
	}
	return n
}
