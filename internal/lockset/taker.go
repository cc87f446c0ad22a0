package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A lock that its holder may take again remembers who that is: `id := goid(); if l.owner == id
// { l.depth++; return }; l.mu.Lock(); l.owner = id`. Who is told by a function without
// arguments, of which nothing else is known than that it is asked for this.

// numberOfTaker returns s with the result of c, if it tells who calls, named by the function:
// it gives the same number whenever the goroutine asks.
func (x *executor) numberOfTaker(s *state, c *ssa.Call) *state {
	callee := c.Call.StaticCallee()
	if callee == nil || len(c.Call.Args) > 0 || callee.Parent() != nil || s.env.get(x.table.Value(c)) != nil || !path.IsBasic(c.Type(), types.IsInteger) || !comparedAndKept(c) {
		return s
	}
	return x.bind(s, c, x.table.Answered(x.table.Func(callee), nil, nil))
}

// comparedAndKept reports whether v is compared with something that the function finds, and
// stored.
func comparedAndKept(v ssa.Value) bool {
	compared, kept := false, false
	for _, use := range *v.Referrers() {
		switch use := use.(type) {
		case *ssa.BinOp:
			compared = compared || use.Op == token.EQL || use.Op == token.NEQ
		case *ssa.Store:
			kept = kept || use.Val == v
		case *ssa.Call: // of package sync/atomic
			fn := use.Call.StaticCallee()
			kept = kept || fn != nil && fn.Pkg != nil && fn.Pkg.Pkg.Path() == "sync/atomic"
		}
	}
	return compared && kept
}
