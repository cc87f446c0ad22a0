package lockset

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Functions that work by reflection go into a value whose type does not have
// the method that they look for: into its exported fields, its elements, what it
// points to.

// maxParts bounds how far into a value they are followed.
const maxParts = 3

// parts returns the values that a function which looks for the method by
// reflection asks for it, of those that v is made of.
func (x *executor) parts(s *state, v *path.Node, method string, site ssa.Instruction, depth int) []*path.Node {
	t := x.typeOf(v)
	if t == nil || depth > maxParts || !mayHaveMethods(t) || types.IsInterface(t) || x.method(v, method) != nil || x.engine.answers(t) {
		return []*path.Node{v}
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return x.fieldParts(s, v, t, method, site, depth)
	case *types.Slice, *types.Map, *types.Array:
		return x.elementParts(s, v, method, site, depth)
	case *types.Pointer:
		switch u.Elem().Underlying().(type) {
		case *types.Array:
			return x.elementParts(s, v, method, site, depth)
		case *types.Struct:
			if depth == 0 || !formats(method) { // deeper down package fmt prints an address
				return x.fieldParts(s, v, u.Elem(), method, site, depth)
			}
		}
	}
	return []*path.Node{v}
}

// lookedFor are the methods that functions look for by reflection.
var lookedFor = [...]string{"Format", "Error", "String", "MarshalJSON", "MarshalText", "MarshalXML", "UnmarshalJSON", "UnmarshalText", "LogValue"}

// answers reports whether a value of type t has one of the methods that are
// looked for, so that its parts are not asked.
func (e *Engine) answers(t types.Type) bool {
	has, ok := e.answering[t]
	if !ok {
		set := types.NewMethodSet(t)
		has = slices.ContainsFunc(lookedFor[:], func(name string) bool { return set.Lookup(nil, name) != nil })
		if e.answering == nil {
			e.answering = map[types.Type]bool{}
		}
		e.answering[t] = has
	}
	return has
}

// formats reports whether the method is one that package fmt looks for.
func formats(method string) bool {
	return slices.Contains([]string{"Format", "Error", "String", "GoString"}, methodName(method))
}

// fieldParts returns the parts of the exported fields of the struct v, a value
// of type t or a pointer to one.
func (x *executor) fieldParts(s *state, v *path.Node, t types.Type, method string, site ssa.Instruction, depth int) []*path.Node {
	st := t.Underlying().(*types.Struct)
	var all []*path.Node
	for i := range min(st.NumFields(), maxFields) {
		if f := st.Field(i); !f.Exported() || strings.Contains(st.Tag(i), `:"-"`) || !mayHaveMethods(f.Type()) {
			continue
		}
		all = append(all, x.parts(s, x.fieldContent(s, v, i, site), method, site, depth+1)...)
	}
	return all
}

// fieldContent returns the content of field i of the struct v, or of the one that v
// points to.
func (x *executor) fieldContent(s *state, v *path.Node, i int, site ssa.Instruction) *path.Node {
	t := x.typeOf(v)
	if t == nil {
		return x.table.Unknown()
	}
	var addr *path.Node
	if p, ok := t.Underlying().(*types.Pointer); ok {
		addr = x.table.Field(v, p.Elem(), i)
	} else {
		addr = x.table.Projection(v, x.table.Field(x.table.Const("zero"), t, i))
	}
	val, _ := s.load(x.table, addr, site)
	return val
}

// mayHaveMethods reports whether a value of type t, or a part of it, can have
// methods that matter.
func mayHaveMethods(t types.Type) bool {
	_, basic := types.Unalias(t).(*types.Basic)
	return !basic
}

// elementParts returns the parts of the elements of v that are known, or else of
// every one. Elements that are no pointers are not addressed then.
func (x *executor) elementParts(s *state, v *path.Node, method string, site ssa.Instruction, depth int) []*path.Node {
	var all []*path.Node
	for _, b := range s.mem {
		if (b.key.Kind == path.Index || b.key.Kind == path.Lookup) && b.key.Parent == v {
			all = append(all, x.parts(s, b.val, method, site, depth+1)...)
		}
	}
	if len(all) > 0 || x.table.Length(v) == x.table.Const("0") || !pointsOn(elementOf(x.typeOf(v))) {
		return all
	}
	return x.parts(s, x.table.Every(v), method, site, depth+1)
}

// elementOf returns the type of the elements of a container of type t, or of one that
// t points to.
func elementOf(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return t.Underlying().(interface{ Elem() types.Type }).Elem()
}

// pointsOn reports whether a value of type t is a pointer or a container.
func pointsOn(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map:
		return true
	}
	return false
}
