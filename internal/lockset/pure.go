package lockset

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Two calls of a function that only looks at something give the same where that is the
// same: `if isDir(name) { Lock }`, and again for Unlock. What it looks at are its
// arguments, and cells of memory that their classes tell.

// pureResults returns s after the call c with args, with the results of which nothing else
// is known named by the function and the arguments. That says what they were when the
// function at hand began: nothing is said where cells that the callee looks at have changed
// since. Objects are not named that way, nor results of results: a hash in a loop would
// grow without end.
func (x *executor) pureResults(s *state, c *ssa.Call, args []*path.Node) *state {
	callee := c.Call.StaticCallee()
	if callee == nil {
		return s
	}
	for _, a := range args {
		if a.Kind == path.Unknown || a.Any(isResult) {
			return s
		}
	}
	results := c.Call.Signature().Results()
	var called *path.Node
	for i := range results.Len() {
		key := x.resultOf(c, i)
		if !isAnswer(results.At(i).Type()) || s.env.get(key) != nil {
			continue
		}
		if called == nil {
			cells, pure := x.engine.looksOf(callee)
			pure = pure || x.tellsSetting(c, callee)
			if !pure || s.changedAny(cells) {
				return s
			}
			called = x.table.Answered(x.table.Func(callee), args, cells)
		}
		t, n := *s, called
		if results.Len() > 1 {
			n = x.table.Extract(called, i)
		}
		t.env = s.env.set(key, n)
		s = &t
	}
	return s
}

// tellsSetting reports whether c asks another package, of which nothing is known, a question
// that is about none of its objects: how it is set up, most likely. In a loop the answer may
// change.
func (x *executor) tellsSetting(c *ssa.Call, callee *ssa.Function) bool {
	sig := c.Call.Signature()
	if len(callee.Blocks) > 0 || sig.Recv() != nil || sig.Results().Len() != 1 || !path.IsBasic(sig.Results().At(0).Type(), types.IsBoolean) {
		return false
	}
	for p := range sig.Params().Variables() {
		if _, basic := p.Type().Underlying().(*types.Basic); !basic {
			return false
		}
	}
	return x.engine.Known(path.FuncName(callee), callee) == nil && !x.graph.inLoop(c.Block())
}

// isAnswer reports whether a value of type t is no object: it can be an error.
func isAnswer(t types.Type) bool {
	_, basic := t.Underlying().(*types.Basic)
	return basic || isError(t)
}

func isResult(n *path.Node) bool { return n.Kind == path.Called }

// changedAny reports whether cells of one of the classes may have other contents than on
// entry.
func (s *state) changedAny(classes []string) bool {
	for _, c := range classes {
		if everything(s.dirty) || s.isSoiled(c) || inAllFields(s.dirty, c[:max(strings.LastIndexByte(c, '.'), 0)]) {
			return true
		}
		for _, b := range s.mem {
			if cellClass(b.key) == c {
				return true
			}
		}
	}
	return false
}
