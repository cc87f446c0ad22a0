package path

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// OwnerName returns the qualified name of the named type t (or of the one it
// points to), generic types by their origin; "" for a type without a name.
func OwnerName(t types.Type) string {
	obj := ownerOf(t)
	switch {
	case obj == nil:
		return ""
	case obj.Pkg() == nil:
		return obj.Name()
	}
	return obj.Pkg().Path() + "." + obj.Name()
}

// IsOwner reports whether name is the OwnerName of t. It does not make that name.
func IsOwner(t types.Type, name string) bool {
	obj := ownerOf(t)
	switch {
	case obj == nil:
		return name == ""
	case obj.Pkg() == nil:
		return name == obj.Name()
	}
	pkg, ok := strings.CutSuffix(name, obj.Name())
	return ok && pkg != "" && pkg[len(pkg)-1] == '.' && pkg[:len(pkg)-1] == obj.Pkg().Path()
}

// ownerOf returns the name of t, or of what it points to, or nil.
func ownerOf(t types.Type) *types.TypeName {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Origin().Obj()
	}
	return nil
}

// Home returns the package that declares the type t, or the type that it points to;
// nil if there is none.
func Home(t types.Type) *types.Package {
	if obj := ownerOf(t); obj != nil {
		return obj.Pkg()
	}
	return nil
}

// Innermost returns the type of the elements of t, a slice, or of slices in it; t
// itself if it is none. A type of slices that hold nothing but themselves has no
// innermost one.
func Innermost(t types.Type) types.Type {
	var seen []types.Type
	for !slices.Contains(seen, t) {
		s, ok := t.Underlying().(*types.Slice)
		if !ok {
			return t
		}
		seen = append(seen, t)
		t = s.Elem()
	}
	return t
}

// IsContext reports whether t is the interface context.Context.
func IsContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == "Context" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context"
}

// Outermost returns the declared function that the function literal fn is in, or fn
// itself if it is none.
func Outermost(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}

// Generic returns the function that fn is an instance of, or fn itself if it is none.
func Generic(fn *ssa.Function) *ssa.Function {
	if o := fn.Origin(); o != nil {
		return o
	}
	return fn
}

// Declare makes the functions of pkg known to prog, where they are not yet.
func Declare(prog *ssa.Program, pkg *types.Package) {
	if pkg != nil && prog.Package(pkg) == nil {
		prog.CreatePackage(pkg, nil, nil, true)
	}
}

// Declared returns the function of fn in prog, or nil if it is the method of an
// interface.
func Declared(prog *ssa.Program, fn *types.Func) *ssa.Function {
	Declare(prog, fn.Pkg())
	return prog.FuncValue(fn)
}

// FuncName returns the qualified name of fn, unique in a program:
// "pkg.F", "(*pkg.T).M", "pkg.F$1" for closures.
func FuncName(fn *ssa.Function) string {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if obj, ok := fn.Object().(*types.Func); ok && declared(fn) {
		return ObjectName(obj)
	}
	return fn.String()
}

// declared reports whether fn is a declared function, be it of another
// package, and not a wrapper around one.
func declared(fn *ssa.Function) bool {
	return fn.Synthetic == "" || strings.HasPrefix(fn.Synthetic, "from type information")
}

// ObjectName returns the qualified name of the declared function obj.
func ObjectName(obj *types.Func) string {
	obj = obj.Origin()
	sig := obj.Signature()
	if sig.Recv() == nil {
		if obj.Pkg() == nil {
			return obj.Name()
		}
		return obj.Pkg().Path() + "." + obj.Name()
	}
	star := ""
	if _, ok := types.Unalias(sig.Recv().Type()).(*types.Pointer); ok {
		star = "*"
	}
	return "(" + star + OwnerName(sig.Recv().Type()) + ")." + obj.Name()
}

// NameIn renders n as the source of fn would write it; false where a part of
// it has no name there.
func (n *Node) NameIn(fn *ssa.Function) (string, bool) {
	switch n.Kind {
	case Param:
		if n.Index < len(fn.Params) && fn.Params[n.Index].Name() != "" {
			return fn.Params[n.Index].Name(), true
		}
	case Free:
		if n.Index < len(fn.FreeVars) {
			return fn.FreeVars[n.Index].Name(), true
		}
	case Const:
		return n.Name, true
	case Global:
		if fn.Pkg != nil {
			if own, ok := strings.CutPrefix(n.Name, fn.Pkg.Pkg.Path()+"."); ok {
				return own, true
			}
		}
		return n.Name[strings.LastIndexByte(n.Name, '/')+1:], true
	case Field:
		s, ok := n.Parent.NameIn(fn)
		return s + "." + n.Name, ok
	case Deref, RLocker:
		return n.Parent.NameIn(fn)
	case Index, Lookup:
		s, ok := n.Parent.NameIn(fn)
		k, ok2 := n.Key.NameIn(fn)
		return s + "[" + k + "]", ok && ok2
	case Value:
		comment := ""
		switch v := n.Site.(type) {
		case *ssa.Alloc:
			comment = v.Comment
		case *ssa.Phi:
			comment = v.Comment
		}
		return comment, token.IsIdentifier(comment) && !unnamedObjects[comment]
	}
	return "", false
}

// unnamedObjects are what package ssa says of objects that no variable names.
var unnamedObjects = map[string]bool{"complit": true, "slicelit": true, "varargs": true, "makeslice": true, "new": true}

// write renders n; roots by their kind and number.
func (n *Node) write(b *strings.Builder) {
	switch n.Kind {
	case Unknown:
		b.WriteString("?")
	case Param:
		fmt.Fprintf(b, "p%d", n.Index)
	case Free:
		fmt.Fprintf(b, "free%d", n.Index)
	case Result:
		fmt.Fprintf(b, "r%d", n.Index)
	case Arg:
		fmt.Fprintf(b, "arg%d", n.Index)
	case Fresh:
		fmt.Fprintf(b, "new%d", n.Index)
	case Global, Const, Func:
		b.WriteString(n.Name)
	case Value:
		b.WriteString(n.Site.(ssa.Value).Name())
	case Field:
		n.Parent.write(b)
		b.WriteString("." + n.Name)
	case Deref:
		n.Parent.write(b)
		b.WriteString("*")
		n.writeSite(b)
	case Index, Lookup:
		n.Parent.write(b)
		b.WriteString("[")
		n.Key.write(b)
		b.WriteString("]")
		n.writeSite(b)
	case Elem, Every, Part:
		n.Parent.write(b)
		b.WriteString(map[Kind]string{Elem: "[?]", Every: "[each]", Part: "[:]"}[n.Kind])
		n.writeSite(b)
	case Capture:
		n.Parent.write(b)
		fmt.Fprintf(b, "{%s %d}", n.Name, n.Index)
	case Extract:
		n.Parent.write(b)
		fmt.Fprintf(b, "#%d", n.Index)
	case RLocker:
		n.Parent.write(b)
		b.WriteString(".RLocker()")
	case As:
		n.Parent.write(b)
		b.WriteString(".(" + n.Owner + ")")
	case Verb:
		b.WriteString("verb(")
		n.Parent.write(b)
		b.WriteString(", ")
		n.Key.write(b)
		b.WriteString(")")
	case Closure, Struct, Called, Choice, Asks:
		b.WriteString(n.Name + "{")
		for i, a := range n.Args {
			if i > 0 {
				b.WriteString(", ")
			}
			a.write(b)
		}
		b.WriteString("}")
	case Unary:
		b.WriteString(n.Name + n.Owner)
		n.Parent.write(b)
	case Binary:
		b.WriteString("(")
		n.Parent.write(b)
		b.WriteString(n.Name)
		n.Key.write(b)
		b.WriteString(")")
	}
}

func (n *Node) writeSite(b *strings.Builder) {
	if v, ok := n.Site.(ssa.Value); ok {
		b.WriteString("@" + v.Name())
	}
}

// TypeName returns the name of a pointer to a declared type that is found by it
// again, here and in packages that import this one; "" for other types.
func TypeName(t types.Type) string {
	p, ok := t.(*types.Pointer)
	if !ok {
		return ""
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	if !ok || n.TypeArgs().Len()+n.TypeParams().Len() > 0 || n.Obj().Pkg() == nil || n.Obj().Parent() != n.Obj().Pkg().Scope() {
		return ""
	}
	return "*" + OwnerName(n)
}
