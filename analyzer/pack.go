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

// entries are pieces of data with names, sorted by them. Few of them are asked for,
// so they stay as they were read.
type entries []entry

type entry struct{ name, data []byte }

// newEntries returns the entries of m.
func newEntries(m map[string][]byte) entries {
	es := make(entries, 0, len(m))
	for _, name := range slices.Sorted(maps.Keys(m)) {
		es = append(es, entry{[]byte(name), m[name]})
	}
	return es
}

// find returns the data of that name, if there is such an entry.
func (es entries) find(name string) ([]byte, bool) {
	i, ok := slices.BinarySearchFunc(es, []byte(name), func(e entry, name []byte) int { return bytes.Compare(e.name, name) })
	if !ok {
		return nil, false
	}
	return es[i].data, true
}

// get returns the data of that name, or nil.
func (es entries) get(name string) []byte {
	data, _ := es.find(name)
	return data
}

// pack returns the entries in one piece.
func (es entries) pack() []byte {
	size := 0
	for _, e := range es {
		size += len(e.name) + len(e.data) + 8 // and their sizes
	}
	all := make([]byte, 0, size)
	for _, e := range es {
		all = summary.AppendBytes(summary.AppendBytes(all, e.name), e.data)
	}
	return all
}

// unpack returns the entries that were packed. Of data that is none it returns
// something.
func unpack(all []byte) entries {
	var es entries
	for len(all) > 0 {
		var e entry
		e.name, all = summary.CutBytes(all)
		e.data, all = summary.CutBytes(all)
		es = append(es, e)
	}
	return es
}

// compress returns data in fewer bytes: it is read and written once for each
// package that it is handed on to, and looked into by few.
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

// writers saves making the tables of a writer each time. Those of better compression
// are five times as large, and a process writes a few kilobytes.
var writers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestSpeed)
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
	r := readers.Get().(io.ReadCloser)
	defer readers.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(data), nil); err != nil {
		return nil
	}
	all := bytes.NewBuffer(make([]byte, 0, 4*len(data)+bytes.MinRead)) // most is less
	if _, err := all.ReadFrom(r); err != nil {
		return nil
	}
	return all.Bytes()
}

// readers saves making the window of a reader each time.
var readers = sync.Pool{New: func() any { return flate.NewReader(nil) }}
