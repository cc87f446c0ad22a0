package analyzer

import "fmt"

// FuncFact is what importers need to know of a function. Functions that have
// nothing to tell have none. The parts are encoded by package summary; most
// facts that a package imports are never looked into, and so stay bytes.
type FuncFact struct {
	// Summary tells which locks the function may take that its caller could
	// hold, and how it leaves them. It is empty where that is not known.
	Summary []byte
	// Effects tells how the function connects the objects that its caller
	// passes to it or gets from it: what it puts where.
	Effects []byte
}

// AFact marks FuncFact as a fact.
func (*FuncFact) AFact() {}

// String renders the size of the fact for tests and debugging.
func (f *FuncFact) String() string {
	return fmt.Sprintf("summary of %d bytes, effects of %d bytes", len(f.Summary), len(f.Effects))
}

// TypeFact is what importers need to know of a struct type that has a lock, or
// of a variable that they can store a function in.
type TypeFact struct {
	// Inverses tells which of the objects that it holds always point back to
	// it: names of rules that are proved, as package heap gives them.
	Inverses []string
	// Stored tells what it calls, under its locks, of what is stored in it,
	// encoded by package summary.
	Stored []byte
}

// AFact marks TypeFact as a fact.
func (*TypeFact) AFact() {}

// String renders the fact for tests and debugging.
func (f *TypeFact) String() string {
	return fmt.Sprintf("inverse fields %q, stored calls of %d bytes", f.Inverses, len(f.Stored))
}
