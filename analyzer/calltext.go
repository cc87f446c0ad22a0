package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
)

// callTexts tells how calls are written in the source. A file is looked through
// when a call in it is asked for.
type callTexts struct {
	fset  *token.FileSet
	files map[*token.File]*ast.File
	calls map[*token.File]map[token.Pos]*ast.CallExpr
}

func newCallTexts(fset *token.FileSet, files []*ast.File) *callTexts {
	t := &callTexts{fset: fset, files: map[*token.File]*ast.File{}, calls: map[*token.File]map[token.Pos]*ast.CallExpr{}}
	for _, f := range files {
		t.files[fset.File(f.Package)] = f
	}
	return t
}

// at returns the function operand of the call with its parenthesis (or its
// defer keyword) at pos, as written; "" if there is none.
func (t *callTexts) at(pos token.Pos) string {
	if c := t.call(pos); c != nil {
		return types.ExprString(c.Fun)
	}
	return ""
}

// name returns where the name of the function stands that the call at pos
// calls, or pos itself.
func (t *callTexts) name(pos token.Pos) (start, end token.Pos) {
	c := t.call(pos)
	if c == nil {
		return pos, token.NoPos
	}
	switch f := ast.Unparen(c.Fun).(type) {
	case *ast.Ident:
		return f.Pos(), f.End()
	case *ast.SelectorExpr:
		return f.Sel.Pos(), f.Sel.End()
	}
	return pos, token.NoPos
}

// call returns the call at pos, or nil.
func (t *callTexts) call(pos token.Pos) *ast.CallExpr {
	if !pos.IsValid() {
		return nil
	}
	file := t.fset.File(pos)
	calls, ok := t.calls[file]
	if !ok {
		calls = callsIn(t.files[file])
		t.calls[file] = calls
	}
	return calls[pos]
}

// callsIn returns the calls in f, which may be nil, by what package ssa takes
// for their positions.
func callsIn(f *ast.File) map[token.Pos]*ast.CallExpr {
	if f == nil {
		return nil
	}
	calls := map[token.Pos]*ast.CallExpr{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			calls[n.Lparen] = n
		case *ast.DeferStmt:
			calls[n.Defer] = n.Call
		}
		return true
	})
	return calls
}
