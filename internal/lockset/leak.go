package lockset

import (
	"go/types"
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
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
		failed := returnsError(e, last)
		for j := range e.Held {
			h := &e.Held[j]
			n := len(h.Steps) - 1
			released := func(o summary.Exit) bool {
				succeeded := -returnsError(&o, last)
				return !o.Holds(h.Path) && min(failed, succeeded) != summary.False && max(failed, succeeded) == summary.True
			}
			if n >= 0 && h.Steps[n].Kind == summary.Returns && slices.ContainsFunc(exits, released) {
				h.Steps = slices.Clone(h.Steps)
				h.Steps[n].Kind = summary.Leaks
			}
		}
	}
}

// returnsError reports whether result i, an error, is not nil where a function leaves by e.
func returnsError(e *summary.Exit, i int) summary.Truth {
	switch {
	case e.Constant(i) == "nil":
		return summary.False
	case i < len(e.Results) && e.Results[i] != nil && e.Results[i].IsNotNil(), slices.ContainsFunc(e.Guard, func(l summary.Literal) bool {
		return l.Path.Kind == path.Result && l.Path.Index == i && l.Const == "nil" && l.Neg
	}):
		return summary.True
	}
	return summary.Unsure
}
