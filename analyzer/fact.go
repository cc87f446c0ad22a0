package analyzer

import (
	"fmt"

	"github.com/lockreentry/lockreentry/internal/summary"
)

// SummaryFact is the summary of a function that importers need: which locks
// it may take that its caller could hold, and how it leaves them. Functions
// that have nothing to tell have no fact.
type SummaryFact struct{ Summary summary.Wire }

// AFact marks SummaryFact as a fact.
func (*SummaryFact) AFact() {}

// String renders the size of the fact for tests and debugging.
func (f *SummaryFact) String() string {
	return fmt.Sprintf("summary(%d acquires, %d exits, %d calls)", len(f.Summary.Acquires), len(f.Summary.Exits), len(f.Summary.Calls))
}

// EffectsFact tells how a function connects the objects that its caller
// passes to it or gets from it: what it puts where.
type EffectsFact struct{ Effects summary.WireEffects }

// AFact marks EffectsFact as a fact.
func (*EffectsFact) AFact() {}

// String renders the size of the fact for tests and debugging.
func (f *EffectsFact) String() string {
	return fmt.Sprintf("effects(%d stores)", len(f.Effects.Stores))
}
