package heap

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Two objects that are linked may share a third one, which neither of them is:
//
//	for all x: x.f.β == x.γ         every child in p.kids has mu == p.mu
//	                                w.reader.state == w.state
//
// That is proved like an inverse field, with a path γ of its own for x.

// shared rewrites p, where it leads by the field of a linked object to what an object
// on the way there has, too: as what that has. It is nil if there is none.
func (h *Heap) shared(fn *ssa.Function, p *path.Node) (*path.Node, string) {
	fields := fieldSteps(p)
	for j := len(fields) - 1; j > 0; j-- {
		load, want := h.Table.Deref(fields[j], nil), ""
		switch {
		case load != p && !p.HasPrefix(load):
			continue
		case j+1 < len(fields):
			want = fields[j+1].Owner
		case isLockPointer(p.Type()):
			want = path.OwnerName(p.Type())
		}
		for i := j - 1; i >= 0 && want != "" && j-i <= maxBack; i-- {
			if r := h.sharing(fields[i], fields[j], want); r != nil {
				x := fields[i].Parent
				return h.Table.Replace(p, load, h.along(x, r.own)), r.text(fn, x)
			}
		}
	}
	return nil, ""
}

// sharing returns a rule that holds by which the object of type want in the field
// last is what the object with the field first has, too; nil if there is none.
func (h *Heap) sharing(first, last *path.Node, want string) *rule {
	if !h.mine(first.Owner) || last.Parent == first { // it holds that by value
		return nil
	}
	road := stepsBetween(first, last.Parent)
	back := []*path.Node{last, h.Table.Deref(last, nil)}
	for _, own := range h.owns(first, want) {
		if own[0].Name == first.Name {
			continue
		}
		if r := h.rule(first, road, back, own...); h.holds(r) {
			return r
		}
	}
	return nil
}

// along returns where the steps lead from x.
func (h *Heap) along(x *path.Node, steps []*path.Node) *path.Node {
	for _, step := range steps {
		if step.Kind == path.Field {
			x = h.Table.FieldOf(x, step)
		} else {
			x = h.Table.Deref(x, nil)
		}
	}
	return x
}

// owns returns the steps from the object with the field first to the objects of type
// want that it has: those that its fields point to, and those that they are.
func (h *Heap) owns(first *path.Node, want string) [][]*path.Node {
	owner := declaredType(first)
	if owner == nil {
		return nil
	}
	st, ok := owner.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	var out [][]*path.Node
	for i := range st.NumFields() {
		t := types.Unalias(st.Field(i).Type())
		_, pointer := t.(*types.Pointer)
		_, named := t.(*types.Named)
		if !pointer && !named || !path.IsOwner(t, want) {
			continue
		}
		own := []*path.Node{h.Table.Field(first.Parent, owner, i)}
		if pointer {
			own = append(own, h.Table.Deref(own[0], nil))
		}
		out = append(out, own)
	}
	return out
}

// declaredType returns the declared type with the field f, or nil.
func declaredType(f *path.Node) types.Type {
	if f.Var == nil || f.Var.Pkg() == nil {
		return nil
	}
	obj := f.Var.Pkg().Scope().Lookup(f.Owner[strings.LastIndexByte(f.Owner, '.')+1:])
	if obj == nil {
		return nil
	}
	return obj.Type()
}

// isLockPointer reports whether t is a pointer to a mutex.
func isLockPointer(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Pointer)
	return ok && refersToLock(t)
}
