package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A function may decide by its arguments what it returns: `switch m { case write, all:
// return true }`. Outcomes that do the same to locks are one, in which the result is a
// choice between those of each.

// maxReturned bounds the outcomes that a result is chosen from.
const maxReturned = 8

// returned is an outcome that was merged with others: its condition and its results.
type returned struct {
	guard   summary.Guard
	results []*path.Node
}

// noteReturned notes that e is a part of outcome i of the function at hand.
func (x *executor) noteReturned(i int, e *summary.Exit) {
	for len(x.returned) <= i {
		x.returned = append(x.returned, nil)
	}
	if len(x.returned[i]) <= maxReturned { // one more tells that there are too many
		x.returned[i] = append(x.returned[i], returned{e.Guard, slices.Clone(e.Results)})
	}
}

// chooseResults names the results that the parts of an outcome do not agree on by what
// decides between them.
func (x *executor) chooseResults() {
	results := x.fn.Signature.Results()
	for i, parts := range x.returned {
		if len(parts) < 2 || len(parts) > maxReturned {
			continue
		}
		for j := range results.Len() {
			t := results.At(j).Type()
			if _, basic := t.Underlying().(*types.Basic); !basic && !(isError(t) && x.exits[i].Results[j] == nil) {
				continue
			}
			if n := x.chosenResult(x.asErrors(parts, j, t), j); n != nil {
				x.exits[i].Results[j] = n
			}
		}
	}
}

// asErrors returns parts with result j, if that is of type error, as one that is nil or not.
func (x *executor) asErrors(parts []returned, j int, t types.Type) []returned {
	if !isError(t) {
		return parts
	}
	some := summary.Is(x.table.Result(j), "nil").Not()
	out := slices.Clone(parts)
	for i, p := range out {
		out[i].results = slices.Clone(p.results)
		switch n := p.results[j]; {
		case p.guard.Has(some) || n != nil && n.NeverNil():
			out[i].results[j] = x.table.NotNil()
		case n != nil && n.Kind != path.Const:
			out[i].results[j] = nil
		}
	}
	return out
}

// chosenResult returns result j of the parts, by a condition that tells them apart; nil
// if there is none.
func (x *executor) chosenResult(parts []returned, j int) *path.Node {
	first := parts[0].results[j]
	agree := first != nil
	for _, p := range parts {
		if p.results[j] == nil {
			return nil
		}
		agree = agree && p.results[j] == first
	}
	if agree {
		return first
	}
	for _, l := range parts[0].guard {
		yes, no := possible(parts, l), possible(parts, l.Not())
		if l.Path.Root().Kind == path.Result || len(yes) == len(parts) || len(no) == len(parts) {
			continue
		}
		a, b := x.chosenResult(yes, j), x.chosenResult(no, j)
		if a == nil || b == nil {
			return nil
		}
		if n := x.table.Choice(truth(x.table, l), a, b); n.Kind != path.Unknown {
			return n
		}
		return nil
	}
	return nil
}

// noteTest notes that the value v decides a branch and what it is: nothing is known of the
// result of a call, or of what was in a local variable, once nobody needs it any more.
func (x *executor) noteTest(v ssa.Value, n *path.Node) {
	if w, ok := negated(v); ok {
		v, n = w, x.table.Not(n)
	}
	switch v := v.(type) {
	case *ssa.Call:
	case *ssa.UnOp:
		if allocOf(v.X) == nil {
			return
		}
	default:
		return
	}
	if was := x.tested[v]; was != nil && was != n {
		n = x.table.Unknown()
	}
	x.tested[v] = n
}

// negated returns the value that v is the negation of, if it is one.
func negated(v ssa.Value) (ssa.Value, bool) {
	if not, ok := v.(*ssa.UnOp); ok && not.Op == token.NOT {
		return not.X, true
	}
	return nil, false
}

// possible returns the parts that l does not exclude.
func possible(parts []returned, l summary.Literal) (out []returned) {
	for _, p := range parts {
		if p.guard.Implies(l) != summary.False {
			out = append(out, p)
		}
	}
	return out
}
