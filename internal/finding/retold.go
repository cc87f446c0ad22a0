package finding

import (
	"slices"

	"github.com/lockreentry/lockreentry/internal/summary"
)

// WithoutRetold returns list without the findings that another one of the list
// tells in fewer steps: a function that calls what re-enters a lock under a lock
// that it takes itself is at fault, and not all that call it. The order stays.
func WithoutRetold(list []Finding) []Finding {
	return slices.DeleteFunc(slices.Clone(list), func(f Finding) bool {
		return slices.ContainsFunc(list, func(g Finding) bool { return g.tells(&f) })
	})
}

// tells reports whether f is how g ends, with the lock taken at the same place.
func (f *Finding) tells(g *Finding) bool {
	n := len(g.Steps) - len(f.Steps)
	return n > 0 && f.Category() == g.Category() && acquisition(f.Held).At == acquisition(g.Held).At &&
		slices.EqualFunc(f.Steps, g.Steps[n:], sameStep)
}

// sameStep reports whether a and b are one step in the source.
func sameStep(a, b summary.Step) bool {
	return a.Func == b.Func && a.Text == b.Text && a.At == b.At && a.Kind == b.Kind
}
