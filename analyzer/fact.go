package analyzer

import (
	"fmt"
	"slices"

	"github.com/lockreentry/lockreentry/internal/summary"
)

// PackageFact is what importers need to know of a package. Most of what they are
// told they never look into, and so it stays bytes: there is one fact, since drivers
// read and write facts one by one, and what it says of other packages is handed on
// as it is.
type PackageFact struct {
	// own has the facts of functions, and of methods of types that importers get
	// no values of from the package, by their names, compressed.
	own []byte
	// told has what may matter to others than importers, who hand it on.
	told handedOn
	// stored tells what the package calls, under its locks, of what is stored
	// in its variables, encoded by package summary.
	stored []byte
	// reached has what importers are told of the packages whose types they can
	// reach by the API: each a handedOn, by the paths of the packages.
	reached entries
}

// handedOn is what is told of the types of a package to all that come across them.
type handedOn struct {
	// methods has, for types that importers get values of, by their names, the facts
	// of their methods, by theirs, compressed.
	methods entries
	// types has the facts of the types themselves, by their names, compressed.
	types []byte
}

// AFact marks PackageFact as a fact.
func (*PackageFact) AFact() {}

// String renders the size of the fact for tests and debugging.
func (f *PackageFact) String() string {
	return fmt.Sprintf("own facts of %d bytes, methods of %d types, types of %d bytes, stored calls of %d bytes, types of %d packages",
		len(f.own), len(f.told.methods), len(f.told.types), len(f.stored), len(f.reached))
}

// GobEncode returns the fact in one piece, always the same bytes.
func (f *PackageFact) GobEncode() ([]byte, error) {
	return join(f.own, f.told.encode(), f.stored, f.reached.pack()), nil
}

// GobDecode sets f to what GobEncode was given. Of other data it becomes empty.
func (f *PackageFact) GobDecode(data []byte) error {
	*f = PackageFact{}
	if parts := split(slices.Clone(data)); len(parts) == 4 { // data is the buffer of a decoder
		*f = PackageFact{own: parts[0], told: decodeHandedOn(parts[1]), stored: parts[2], reached: unpack(parts[3])}
	}
	return nil
}

// isEmpty reports whether there is nothing to tell.
func (f *PackageFact) isEmpty() bool {
	return len(f.own)+len(f.stored)+len(f.reached) == 0 && f.told.isEmpty()
}

func (h handedOn) encode() []byte {
	if h.isEmpty() {
		return nil
	}
	return join(h.methods.pack(), h.types)
}

func decodeHandedOn(data []byte) handedOn {
	parts := split(data)
	if len(parts) != 2 {
		return handedOn{}
	}
	return handedOn{unpack(parts[0]), parts[1]}
}

// isEmpty reports whether there is nothing to tell.
func (h handedOn) isEmpty() bool { return len(h.methods)+len(h.types) == 0 }

// funcFact is what importers need to know of a function. Functions that have
// nothing to tell have none. The parts are encoded by package summary.
type funcFact struct {
	// summary tells which locks the function may take that its caller could
	// hold, and how it leaves them. It is empty where that is not known.
	summary []byte
	// effects tells how the function connects the objects that its caller
	// passes to it or gets from it: what it puts where.
	effects []byte
	// wires tells that by these effects something is stored where some package
	// calls it under a lock.
	wires bool
}

// isEmpty reports whether there is nothing to tell.
func (f *funcFact) isEmpty() bool { return len(f.summary)+len(f.effects) == 0 }

func (f *funcFact) encode() []byte {
	var wires []byte
	if f.wires {
		wires = []byte{1}
	}
	return join(f.summary, f.effects, wires)
}

func decodeFunc(data []byte) *funcFact {
	parts := split(data)
	if len(parts) != 3 {
		return nil
	}
	return &funcFact{summary: parts[0], effects: parts[1], wires: len(parts[2]) > 0}
}

// typeFact is what importers need to know of a type, but for its methods.
type typeFact struct {
	// inverses tells which of the objects that it holds always point back to
	// it: names of rules that are proved, as package heap gives them.
	inverses []string
	// settled lists the fields that hold what importers store there, and that
	// the package does not change unseen.
	settled []string
	// stored tells what it calls, under its locks, of what is stored in it,
	// encoded by package summary.
	stored []byte
}

// isEmpty reports whether there is nothing to tell.
func (f *typeFact) isEmpty() bool { return len(f.inverses)+len(f.settled)+len(f.stored) == 0 }

func (f *typeFact) encode() []byte { return join(join(f.inverses...), join(f.settled...), f.stored) }

func decodeType(data []byte) *typeFact {
	parts := split(data)
	if len(parts) != 3 {
		return nil
	}
	return &typeFact{inverses: texts(parts[0]), settled: texts(parts[1]), stored: parts[2]}
}

// texts returns the strings that join was given.
func texts(data []byte) []string {
	var list []string
	for _, part := range split(data) {
		list = append(list, string(part))
	}
	return list
}

// join returns the parts in one piece.
func join[T ~string | ~[]byte](parts ...T) []byte {
	var data []byte
	for _, part := range parts {
		data = summary.AppendBytes(data, []byte(part))
	}
	return data
}

// split returns what join was given. Of data that join has not made it returns
// something.
func split(data []byte) [][]byte {
	var parts [][]byte
	for len(data) > 0 {
		var part []byte
		part, data = summary.CutBytes(data)
		parts = append(parts, part)
	}
	return parts
}
