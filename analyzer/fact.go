package analyzer

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"

	"github.com/lockreentry/lockreentry/internal/summary"
)

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
	// Wires tells that by these effects something is stored where some package
	// calls it under a lock.
	Wires bool
}

// AFact marks FuncFact as a fact.
func (*FuncFact) AFact() {}

// String renders the size of the fact for tests and debugging.
func (f *FuncFact) String() string {
	return fmt.Sprintf("summary of %d bytes, effects of %d bytes", len(f.Summary), len(f.Effects))
}

// isEmpty reports whether there is nothing to tell.
func (f *FuncFact) isEmpty() bool { return len(f.Summary)+len(f.Effects) == 0 }

// TypeFact is what importers need to know of a type. What there is about the
// methods of a type is in one piece: a package decodes the facts about all types
// that it can reach, and hands them on to its importers, which for each method
// alone is most of what facts cost.
type TypeFact struct {
	// Methods has the facts of the methods, packed.
	Methods []byte
	// Inverses tells which of the objects that it holds always point back to
	// it: names of rules that are proved, as package heap gives them.
	Inverses []string
	// Stored tells what it calls, under its locks, of what is stored in it,
	// encoded by package summary.
	Stored []byte
	// Settled lists the fields that hold what importers store there, and that
	// the package does not change unseen.
	Settled []string
}

// AFact marks TypeFact as a fact.
func (*TypeFact) AFact() {}

// String renders the fact for tests and debugging.
func (f *TypeFact) String() string {
	return fmt.Sprintf("methods of %d bytes, inverse fields %q, stored calls of %d bytes, settled %q", len(f.Methods), f.Inverses, len(f.Stored), f.Settled)
}

// isEmpty reports whether there is nothing to tell.
func (f *TypeFact) isEmpty() bool {
	return len(f.Methods)+len(f.Inverses)+len(f.Stored)+len(f.Settled) == 0
}

// setMethods packs the facts of the methods, by their names.
func (f *TypeFact) setMethods(known map[string]*FuncFact) {
	var all []byte
	for _, name := range slices.Sorted(maps.Keys(known)) {
		for _, part := range [][]byte{[]byte(name), known[name].Summary, known[name].Effects, mark(known[name].Wires)} {
			all = summary.AppendBytes(all, part)
		}
	}
	f.Methods = compress(all)
}

// methods returns the facts of the methods by their names.
func (f *TypeFact) methods() map[string]*FuncFact {
	known := map[string]*FuncFact{}
	for rest := decompress(f.Methods); len(rest) > 0; {
		var name, wires []byte
		m := new(FuncFact)
		for _, part := range []*[]byte{&name, &m.Summary, &m.Effects, &wires} {
			*part, rest = summary.CutBytes(rest)
		}
		m.Wires = len(wires) > 0
		known[string(name)] = m
	}
	return known
}

// compress returns data in fewer bytes. What a package hands on to its importers is
// read and written once for each of them, and looked into by few.
func compress(data []byte) []byte {
	if len(data) == 0 {
		return nil
	}
	var b bytes.Buffer
	w := writers.Get().(*flate.Writer)
	defer writers.Put(w)
	w.Reset(&b)
	_, err := w.Write(data)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(fmt.Errorf("compressing a fact: %w", err)) // a buffer takes all
	}
	return b.Bytes()
}

// writers saves making the tables of a writer for each type.
var writers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.DefaultCompression)
	if err != nil {
		panic(fmt.Errorf("making a writer: %w", err)) // the level is valid
	}
	return w
}}

// decompress returns what compress was given, or nil if data is nothing that it
// returns.
func decompress(data []byte) []byte {
	if len(data) == 0 {
		return nil
	}
	all, err := io.ReadAll(flate.NewReader(bytes.NewReader(data)))
	if err != nil {
		return nil
	}
	return all
}

// mark returns what stands for b among the parts.
func mark(b bool) []byte {
	if b {
		return []byte{1}
	}
	return nil
}

// PackageFact is what importers need to know of the variables of a package.
type PackageFact struct {
	// Stored tells what the package calls, under its locks, of what is stored
	// in them, encoded by package summary.
	Stored []byte
}

// AFact marks PackageFact as a fact.
func (*PackageFact) AFact() {}

// String renders the size of the fact for tests and debugging.
func (f *PackageFact) String() string { return fmt.Sprintf("stored calls of %d bytes", len(f.Stored)) }
