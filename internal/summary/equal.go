package summary

import (
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Equal reports whether s and t say the same, in whatever order; witnesses do not count.
func (s *Summary) Equal(t *Summary) bool {
	return s.Unsure == t.Unsure && slices.Equal(s.Lost, t.Lost) && slices.Equal(s.Kept, t.Kept) &&
		sameElements(s.Acquires, t.Acquires, equalAcquires) && sameElements(s.Pairs, t.Pairs, equalPairs) &&
		sameElements(s.Exits, t.Exits, equalExits) && sameElements(s.Panics, t.Panics, equalExits) &&
		sameElements(s.Calls, t.Calls, equalCalls)
}

// sameElements reports whether a and b have the same elements, in whatever order: that
// can change from one round of a fixpoint to the next where nothing else does.
func sameElements[E any](a, b []E, equal func(a, b E) bool) bool {
	if len(a) != len(b) {
		return false
	}
	in := func(list []E, e E) bool { return slices.ContainsFunc(list, func(f E) bool { return equal(e, f) }) }
	for i := range a {
		if !equal(a[i], b[i]) && (!in(b, a[i]) || !in(a, b[i])) {
			return false
		}
	}
	return true
}

func equalAcquires(a, b Acquire) bool {
	return a.Path == b.Path && a.Mode == b.Mode && slices.Equal(a.Guard, b.Guard) && slices.Equal(a.After, b.After)
}

func equalPairs(a, b Pair) bool {
	return a.Held.Path == b.Held.Path && a.Held.Mode == b.Held.Mode && equalAcquires(a.Taken, b.Taken)
}

func equalCalls(a, b Call) bool {
	return a.Fn == b.Fn && a.Method == b.Method && a.Parts == b.Parts && slices.Equal(a.Unless, b.Unless) && slices.Equal(a.Args, b.Args) &&
		slices.Equal(a.Flags, b.Flags) && slices.Equal(a.Guard, b.Guard) && equalHeld(a.Held, b.Held) && slices.Equal(a.Released, b.Released) && slices.Equal(a.After, b.After)
}

func equalExits(a, b Exit) bool {
	return slices.Equal(a.Guard, b.Guard) && equalHeld(a.Held, b.Held) && slices.Equal(a.Released, b.Released) && slices.Equal(a.Later, b.Later) &&
		slices.Equal(a.Stores, b.Stores) && slices.Equal(a.Dirty, b.Dirty) &&
		slices.EqualFunc(a.Results, b.Results, func(a, b *path.Node) bool { return a == b })
}

func equalHeld(a, b []Held) bool {
	return slices.EqualFunc(a, b, func(a, b Held) bool {
		return a.Path == b.Path && a.Mode == b.Mode && a.Retaken == b.Retaken
	})
}
