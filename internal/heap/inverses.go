package heap

import (
	"go/types"
	"strings"

	"github.com/lockreentry/lockreentry/internal/path"
)

// maxReach bounds the types between an owner's field and what it holds.
const maxReach = 4

// Inverses returns the rules about the objects that the struct type owner of
// this package holds, as far as they are proved: importers see the paths, but
// not the stores. They are looked for only if an owner has a lock, and among
// the types of the package that point back to it.
func (h *Heap) Inverses(owner *types.Named) []string {
	st, ok := owner.Underlying().(*types.Struct)
	if !ok || !hasLock(st) {
		return nil
	}
	x := h.Table.Param(0)
	var out []string
	for i := range st.NumFields() {
		first := h.Table.Field(x, owner, i)
		for _, back := range h.backPaths(owner, st.Field(i).Type()) {
			if h.holds(h.rule(first, nil, back)) {
				out = append(out, ruleName(first.Name, back))
			}
		}
	}
	return out
}

// hasLock reports whether a field of st is a lock of package sync.
func hasLock(st *types.Struct) bool {
	for f := range st.Fields() {
		if n := path.OwnerName(f.Type()); n == "sync.Mutex" || n == "sync.RWMutex" {
			return true
		}
	}
	return false
}

// ruleName names a rule among those of its owner.
func ruleName(field string, back []*path.Node) string {
	var b strings.Builder
	b.WriteString(field)
	for _, n := range back {
		switch n.Kind {
		case path.Field:
			b.WriteString(" " + n.Owner + "." + n.Name)
		case path.Deref:
			b.WriteString(" *")
		default:
			b.WriteString(" ?")
		}
	}
	return b.String()
}

// backPaths returns the paths of one or two fields that lead back to owner
// from the structs that a value of type t leads to.
func (h *Heap) backPaths(owner *types.Named, t types.Type) [][]*path.Node {
	var out [][]*path.Node
	for _, held := range reach(t, owner.Obj().Pkg(), maxReach, nil) {
		st := held.Underlying().(*types.Struct)
		for i := range st.NumFields() {
			f := h.Table.Field(h.Table.Param(0), held, i)
			target := pointedTo(st.Field(i).Type())
			switch {
			case target == nil:
			case target.Origin() == owner.Origin():
				out = append(out, []*path.Node{f, h.Table.Deref(f, nil)})
			case target.Obj().Pkg() == owner.Obj().Pkg():
				out = append(out, h.secondHop(owner, f, target)...)
			}
		}
	}
	return out
}

// secondHop returns the back paths through field f, a pointer to struct type
// via.
func (h *Heap) secondHop(owner *types.Named, f *path.Node, via *types.Named) [][]*path.Node {
	st, ok := via.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	var out [][]*path.Node
	d := h.Table.Deref(f, nil)
	for i := range st.NumFields() {
		if t := pointedTo(st.Field(i).Type()); t != nil && t.Origin() == owner.Origin() {
			g := h.Table.Field(d, via, i)
			out = append(out, []*path.Node{f, d, g, h.Table.Deref(g, nil)})
		}
	}
	return out
}

// pointedTo returns the named type that t is a pointer to, or nil.
func pointedTo(t types.Type) *types.Named {
	p, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return nil
	}
	n, _ := types.Unalias(p.Elem()).(*types.Named)
	return n
}

// reach returns the struct types of package pkg that a value of type t is
// made of or refers to, containers looked through.
func reach(t types.Type, pkg *types.Package, depth int, out []*types.Named) []*types.Named {
	if depth == 0 {
		return out
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			out = reach(arg, pkg, depth-1, out)
		}
		if _, ok := t.Underlying().(*types.Struct); ok {
			if t.Obj().Pkg() == pkg {
				out = append(out, t)
			}
			return out
		}
		return reach(t.Underlying(), pkg, depth-1, out)
	case *types.Pointer:
		return reach(t.Elem(), pkg, depth-1, out)
	case *types.Slice:
		return reach(t.Elem(), pkg, depth-1, out)
	case *types.Array:
		return reach(t.Elem(), pkg, depth-1, out)
	case *types.Chan:
		return reach(t.Elem(), pkg, depth-1, out)
	case *types.Map:
		return reach(t.Elem(), pkg, depth-1, reach(t.Key(), pkg, depth-1, out))
	}
	return out
}

// foreign tells what is known of r, a rule about a type of another package:
// whether that package has proved it, and whether only that package can make
// or break it.
func (h *Heap) foreign(r *rule) (proved, final bool) {
	if h.Proved == nil || h.mine(r.owner) {
		return false, false
	}
	home := packageOf(r.owner)
	final = !exported(r.field)
	for _, n := range r.back {
		final = final && (n.Kind != path.Field || packageOf(n.Owner) == home && !exported(n.Name))
	}
	return h.Proved(r.owner, ruleName(r.field, r.back)), final
}

func (h *Heap) mine(owner string) bool { return packageOf(owner) == h.Pkg }

// packageOf returns the path of the package of a qualified name.
func packageOf(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[:i]
	}
	return ""
}

func exported(name string) bool { return types.NewVar(0, nil, name, nil).Exported() }
