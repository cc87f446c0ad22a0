package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Two calls of a function that looks at its arguments only give the same where
// these are the same: `if isDir(name) { Lock }`, and again for Unlock.

// pureResult returns the name of the result of the call c with args, by the function
// and the arguments, or nil if it may depend on more. Objects are not named that way,
// nor results of results: a hash in a loop would grow without end.
func (x *executor) pureResult(c *ssa.Call, args []*path.Node) *path.Node {
	callee := c.Call.StaticCallee()
	if _, basic := c.Type().Underlying().(*types.Basic); !basic || callee == nil || !x.engine.isPure(callee) {
		return nil
	}
	for _, a := range args {
		if a.Kind == path.Unknown || a.Any(isResult) {
			return nil
		}
	}
	return x.table.Called(x.table.Func(callee), "", args)
}

func isResult(n *path.Node) bool { return n.Kind == path.Called }

// isPure reports whether what fn does and returns depends on its arguments only, and
// changes nothing.
func (e *Engine) isPure(fn *ssa.Function) bool {
	pure, ok := e.pure[fn]
	if !ok {
		if e.pure == nil {
			e.pure = map[*ssa.Function]bool{}
		}
		e.pure[fn] = false // a function that calls itself is not known to be
		pure = e.Pure(path.FuncName(fn)) || len(fn.Blocks) > 0 && e.computes(fn)
		e.pure[fn] = pure
	}
	return pure
}

// computes reports whether all instructions of fn are about values.
func (e *Engine) computes(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if !e.isValueOnly(instr) {
				return false
			}
		}
	}
	return true
}

func (e *Engine) isValueOnly(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.BinOp, *ssa.Phi, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.TypeAssert,
		*ssa.Extract, *ssa.Field, *ssa.Index, *ssa.Alloc, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.If, *ssa.Jump, *ssa.Return, *ssa.DebugRef:
		return true
	case *ssa.UnOp:
		return instr.Op != token.ARROW && (instr.Op != token.MUL || inFrame(instr.X))
	case *ssa.Store:
		return inFrame(instr.Addr)
	case *ssa.Convert:
		return !path.IsSlice(instr.X.Type()) // string(b) reads b
	case *ssa.Slice:
		return path.IsBasic(instr.X.Type(), types.IsString)
	case *ssa.Range:
		return path.IsBasic(instr.X.Type(), types.IsString)
	case *ssa.Next:
		return instr.IsString
	case *ssa.Call:
		b, ok := instr.Call.Value.(*ssa.Builtin)
		if !ok {
			callee := instr.Call.StaticCallee()
			return callee != nil && e.isPure(callee)
		}
		switch b.Name() {
		case "len":
			return path.IsBasic(instr.Call.Args[0].Type(), types.IsString)
		case "min", "max":
			return true
		}
	}
	return false
}

// inFrame reports whether addr is in a variable that does not outlive the call.
func inFrame(addr ssa.Value) bool {
	a := allocOf(addr)
	return a != nil && !a.Heap
}
