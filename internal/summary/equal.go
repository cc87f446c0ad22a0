package summary

import (
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
)

// Equal reports whether s and t say the same; witnesses do not count.
func (s *Summary) Equal(t *Summary) bool {
	return s.Unsure == t.Unsure && slices.Equal(s.Lost, t.Lost) && slices.Equal(s.Kept, t.Kept) &&
		slices.EqualFunc(s.Acquires, t.Acquires, func(a, b Acquire) bool {
			return a.Path == b.Path && a.Mode == b.Mode && slices.Equal(a.Guard, b.Guard) && slices.Equal(a.After, b.After)
		}) &&
		slices.EqualFunc(s.Pairs, t.Pairs, func(a, b Pair) bool {
			return a.Held.Path == b.Held.Path && a.Held.Mode == b.Held.Mode && a.Taken.Path == b.Taken.Path &&
				a.Taken.Mode == b.Taken.Mode && slices.Equal(a.Taken.Guard, b.Taken.Guard) && slices.Equal(a.Taken.After, b.Taken.After)
		}) &&
		slices.EqualFunc(s.Exits, t.Exits, equalExits) && slices.EqualFunc(s.Panics, t.Panics, equalExits) &&
		slices.EqualFunc(s.Calls, t.Calls, func(a, b Call) bool {
			return a.Fn == b.Fn && a.Method == b.Method && a.Parts == b.Parts && slices.Equal(a.Unless, b.Unless) && slices.Equal(a.Args, b.Args) && slices.Equal(a.Flags, b.Flags) && slices.Equal(a.Guard, b.Guard) &&
				equalHeld(a.Held, b.Held) && slices.Equal(a.Released, b.Released) && slices.Equal(a.After, b.After)
		})
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
