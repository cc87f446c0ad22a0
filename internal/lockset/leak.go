package lockset

import (
	"go/types"
	"slices"

	"github.com/lockreentry/lockreentry/internal/summary"
)

// A function that returns an error with a lock held, and without the lock where there is no
// error, has most likely forgotten to unlock: no caller expects that.

// markLeaks marks the returns that do so among exits.
func markLeaks(exits []summary.Exit, results *types.Tuple) {
	last := results.Len() - 1
	if last < 0 || !isError(results.At(last).Type()) {
		return
	}
	for i := range exits {
		e := &exits[i]
		if e.Constant(last) == "nil" {
			continue
		}
		for j := range e.Held {
			h := &e.Held[j]
			n := len(h.Steps) - 1
			released := func(o summary.Exit) bool { return o.Constant(last) == "nil" && !o.Holds(h.Path) }
			if n >= 0 && h.Steps[n].Kind == summary.Returns && slices.ContainsFunc(exits, released) {
				h.Steps = slices.Clone(h.Steps)
				h.Steps[n].Kind = summary.Leaks
			}
		}
	}
}
