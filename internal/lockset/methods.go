package lockset

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Methods of interface values whose dynamic type is known.

// methodKey names a method of an interface with the types of its parameters
// and results: a type with a method of that name only may not implement it.
// Where those depend on type parameters it is the name alone.
func methodKey(m *types.Func) string {
	sig := m.Signature()
	text := types.TypeString(types.NewSignatureType(nil, nil, nil, unnamed(sig.Params()), unnamed(sig.Results()), sig.Variadic()), nil)
	if sig.Recv() != nil {
		if n, ok := types.Unalias(sig.Recv().Type()).(*types.Named); ok && n.TypeParams().Len()+n.TypeArgs().Len() > 0 {
			return m.Name()
		}
	}
	return m.Name() + strings.TrimPrefix(text, "func")
}

// unnamed returns the types of t without the names of the variables.
func unnamed(t *types.Tuple) *types.Tuple {
	vars := make([]*types.Var, t.Len())
	for i := range vars {
		vars[i] = types.NewParam(token.NoPos, nil, "", t.At(i).Type())
	}
	return types.NewTuple(vars...)
}

// method returns the concrete method that a call on the interface value recv
// reaches, where its dynamic type is known. The method is given by name, or by
// its key.
func (x *executor) method(recv *path.Node, method string) *ssa.Function {
	if t := x.typeOf(recv); isConcrete(t) {
		return x.methodOf(t, method)
	}
	return nil
}

// lacks reports whether the value recv is of a type, which is no interface, that has
// no such method.
func (x *executor) lacks(recv *path.Node, method string) bool {
	t := x.typeOf(recv)
	return method != "" && isConcrete(t) && x.methodOf(t, method) == nil
}

// hasOne reports whether the type t is known, is no interface and has one of the
// methods.
func (x *executor) hasOne(t types.Type, methods []string) bool {
	return isConcrete(t) && slices.ContainsFunc(methods, func(m string) bool { return x.methodOf(t, m) != nil })
}

// isConcrete reports whether the type t is known and no interface.
func isConcrete(t types.Type) bool { return t != nil && !types.IsInterface(t) }

// methodOf returns the method of that name or key of the type t.
func (x *executor) methodOf(t types.Type, method string) *ssa.Function {
	return x.engine.Method(t, method)
}

// Method returns the method of that name, or with that name and those types of
// parameters and results, of the type t; nil if there is none.
func (e *Engine) Method(t types.Type, method string) *ssa.Function {
	id := methodID{t, method}
	m, ok := e.methods[id]
	if !ok {
		m = e.findMethod(id)
		if e.methods == nil {
			e.methods = map[methodID]*ssa.Function{}
		}
		e.methods[id] = m
	}
	return m
}

// methodID is the method of that name or key of a type.
type methodID struct {
	recv types.Type
	name string
}

// methodName returns the name of the method of that name or key.
func methodName(method string) string {
	name, _, _ := strings.Cut(method, "(")
	return name
}

// findMethod returns the function of the method m, or nil if there is none.
func (e *Engine) findMethod(m methodID) *ssa.Function {
	if _, ok := m.recv.(*types.TypeParam); ok {
		return nil
	}
	name, _, typed := strings.Cut(m.name, "(")
	obj, _, _ := types.LookupFieldOrMethod(m.recv, true, path.Home(m.recv), name) // where all its methods can be called
	fn, ok := obj.(*types.Func)
	if !ok || typed && methodKey(fn) != m.name && methodKey(fn) != name {
		return nil
	}
	sel := types.NewMethodSet(m.recv).Lookup(fn.Pkg(), name)
	if sel == nil {
		return nil
	}
	path.Declare(e.Prog, fn.Pkg())
	if m := e.Prog.MethodValue(sel); m != nil || len(sel.Index()) > 1 {
		return m
	}
	return e.Prog.FuncValue(fn.Origin()) // that of a generic type
}

// typeOf returns the type of the value at n, or nil.
func (x *executor) typeOf(n *path.Node) types.Type {
	if n.Kind == path.Param && n.Index < len(x.fn.Params) {
		return x.fn.Params[n.Index].Type()
	}
	if n.Kind == path.Free && n.Index < len(x.fn.FreeVars) {
		return x.fn.FreeVars[n.Index].Type()
	}
	if n.Kind == path.Deref && n.Parent.Kind == path.Free {
		if of := x.typeOf(n.Parent); of != nil {
			return n.TypeIn(of)
		}
	}
	if n.Kind == path.As || n.Kind == path.Fresh && n.Owner != "" {
		return x.engine.NamedType(n.Owner)
	}
	t := n.Type()
	if t == nil || n.Parent == nil || !ofTypeParams(t) {
		return t
	}
	if made := x.instantiated(n); made != nil {
		return made
	}
	return t
}

// instantiated returns the type of the value at n, which is in a field of a generic type, by
// that of the object which has the field; nil if that does not tell.
func (x *executor) instantiated(n *path.Node) types.Type {
	of := x.typeOf(n.Parent)
	if of == nil {
		return nil
	}
	if n.Kind == path.Field {
		return fieldOf(of, n.Name)
	}
	return n.TypeIn(of)
}

// fieldOf returns the type of the address of that field of a struct, to which a value of
// type t points; nil if there is none.
func fieldOf(t types.Type, name string) types.Type {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	s, ok := p.Elem().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for f := range s.Fields() {
		if f.Name() == name {
			return types.NewPointer(f.Type())
		}
	}
	return nil
}

// ofTypeParams reports whether t is a type parameter, or a pointer to one, a container or
// a function of such.
func ofTypeParams(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Pointer:
		return ofTypeParams(t.Elem())
	case *types.Slice:
		return ofTypeParams(t.Elem())
	case *types.Array:
		return ofTypeParams(t.Elem())
	case *types.Map:
		return ofTypeParams(t.Key()) || ofTypeParams(t.Elem())
	case *types.Chan:
		return ofTypeParams(t.Elem())
	case *types.Signature:
		return ofTypeParams(t.Params()) || ofTypeParams(t.Results())
	case *types.Tuple:
		for v := range t.Variables() {
			if ofTypeParams(v.Type()) {
				return true
			}
		}
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			if ofTypeParams(arg) {
				return true
			}
		}
	}
	return false
}
