package analyzer

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
)

// concerned reports whether the package could matter to the analysis at all,
// from its syntax and types: it calls something that acts on locks, calls
// functions that it was given, or connects objects of its callers. Packages
// that do not are left before their SSA form is built.
func (u *unit) concerned() bool {
	for _, f := range u.pass.Files {
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if ok && fn.Body == nil {
				continue
			}
			found := false
			ast.Inspect(decl, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					found = found || u.concernedCall(n)
				case *ast.AssignStmt:
					found = found || ok && u.connects(n)
				case *ast.SendStmt:
					found = true
				}
				return !found
			})
			if found {
				return true
			}
		}
	}
	return false
}

// concernedCall reports whether the call acts on a lock or is of a function
// value or an interface method.
func (u *unit) concernedCall(call *ast.CallExpr) bool {
	fun := ast.Unparen(call.Fun)
	switch ix := fun.(type) {
	case *ast.IndexExpr:
		fun = ix.X
	case *ast.IndexListExpr:
		fun = ix.X
	}
	var id *ast.Ident
	switch fun := fun.(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	case *ast.FuncLit:
		return false
	default:
		tv := u.pass.TypesInfo.Types[call.Fun]
		return !tv.IsType()
	}
	switch obj := u.pass.TypesInfo.Uses[id].(type) {
	case *types.Func:
		return u.concernedFunc(obj)
	case *types.Var:
		return true
	}
	return false
}

func (u *unit) concernedFunc(obj *types.Func) bool {
	if recv := obj.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		return true
	}
	if obj.Pkg() == nil || obj.Pkg() == u.pass.Pkg {
		return false
	}
	if effects, ok := u.models[path.ObjectName(obj)]; ok {
		return slices.ContainsFunc(effects, func(e lock.Effect) bool { return e.Acts() || e.Connects() })
	}
	f := u.fact(obj)
	return f != nil && len(f.summary) > 0
}

// connects reports whether the assignment stores something with identity in a
// field or an element.
func (u *unit) connects(a *ast.AssignStmt) bool {
	for _, l := range a.Lhs {
		switch l := ast.Unparen(l).(type) {
		case *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
			if t := u.pass.TypesInfo.TypeOf(l); t != nil {
				switch t.Underlying().(type) {
				case *types.Basic:
				default:
					return true
				}
			}
		}
	}
	return false
}
