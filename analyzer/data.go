package analyzer

import (
	"go/types"
	"maps"
	"slices"

	"github.com/lockreentry/lockreentry/internal/heap"
)

// dataTypes tells which types are no more than data, so that it doesn't matter which object a
// value of one is: no lock can be reached from it, and nothing that can be called.
type dataTypes map[types.Type]bool

func (d dataTypes) is(t types.Type) bool {
	seen := map[types.Type]bool{}
	is := d.made(t, seen)
	if is {
		maps.Copy(d, seen) // whatever is in it is data, too
	}
	d[t] = is
	return is
}

// made reports whether t is made of data alone, but for the types seen, which are looked at.
func (d dataTypes) made(t types.Type, seen map[types.Type]bool) bool {
	if known, ok := d[t]; ok || seen[t] {
		return known || !ok
	}
	seen[t] = true
	if n, ok := types.Unalias(t).(*types.Named); ok && locks(n) {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() != types.UnsafePointer
	case *types.Chan:
		return false
	case *types.Map:
		return d.made(u.Key(), seen) && d.made(u.Elem(), seen)
	case interface{ Elem() types.Type }:
		return d.made(u.Elem(), seen)
	case *types.Struct:
		for f := range u.Fields() {
			if !d.made(f.Type(), seen) {
				return false
			}
		}
		return true
	}
	return false
}

// locks reports whether the type has methods of a lock, or is one of those of package
// sync that work like one.
func locks(t *types.Named) bool {
	if pkg := t.Obj().Pkg(); pkg != nil && pkg.Path() == "sync" {
		return true
	}
	for m := range t.Methods() {
		if m.Name() == "Lock" || m.Name() == "RLock" {
			return true
		}
	}
	return false
}

// withoutData returns the effects of f without results that are no more than data.
func (d dataTypes) withoutData(f *exportedFunc) *heap.Effects {
	if f.effects == nil {
		return nil
	}
	e := *f.effects
	e.Results = slices.Clone(e.Results)
	for i := range e.Results {
		if d.is(f.obj.Signature().Results().At(i).Type()) {
			e.Results[i] = nil
		}
	}
	return &e
}
