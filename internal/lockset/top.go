package lockset

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// top reports whether nothing that is analysed calls fn: the main function, an
// initializer, a test. Then nobody asks what it acquires and how it leaves.
func (e *Engine) top(fn *ssa.Function) bool {
	if fn.Parent() != nil || e.rel == nil || e.rel.used[fn] {
		return false
	}
	if fn.Signature.Recv() != nil {
		return e.isTest(fn)
	}
	obj := fn.Object()
	return obj == nil || !obj.Exported() || fn.Pkg.Pkg.Name() == "main" || e.isTest(fn)
}

// isTest reports whether the go command runs fn as a test, a benchmark or the
// like: a function of a test file that only gets an object of package testing. A
// method of that kind is found by reflection, as a part of a suite.
func (e *Engine) isTest(fn *ssa.Function) bool {
	params := fn.Signature.Params()
	if params.Len() != 1 || fn.Signature.Results().Len() > 0 {
		return false
	}
	p, ok := params.At(0).Type().(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := p.Elem().(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "testing" {
		return false
	}
	return strings.HasSuffix(e.Prog.Fset.PositionFor(fn.Pos(), false).Filename, "_test.go")
}
