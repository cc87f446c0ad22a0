// Package report writes findings in the formats that people and programs read.
//
// All formats are handlers of one stream: the driver calls Finding once for
// each finding, in order, Note once for each note, Failure once for each thing
// that could not be analysed, and then Close. A handler is a file of this package: text, json,
// sarif and github. Handlers write to the io.Writer they were made with and
// know nothing of the analyzer.
package report

import (
	"fmt"
	"io"
)

// SchemaVersion is the version of the JSON format. The major number changes
// when a reader of the old format could misread the new one.
const SchemaVersion = "1.1"

// A Position is a place in a source file. Line and Column count from 1, and
// Column counts bytes, as in package go/token; 0 means unknown.
type Position struct {
	File   string // absolute, unless the file is not known better
	Line   int
	Column int
}

// IsValid reports whether p is a place at all.
func (p Position) IsValid() bool { return p.File != "" && p.Line > 0 }

// A Span is the source text from Start up to, but not including, End. End is
// the zero Position when only the start is known.
type Span struct {
	Start, End Position
}

// A Step is one station of the path that a finding tells: the first
// acquisition, then each call, and at last the second acquisition.
type Step struct {
	Span
	Message string
}

// A Finding is one lock re-entry.
type Finding struct {
	Code        string // for example "relock"
	Message     string // one line, without the code
	Package     string // import path of the package that holds Span
	Function    string // function that holds Span, for example "(*Cache).Get"
	Fingerprint string // identifies the finding across line shifts
	Span
	Steps []Step
}

// A Failure is something that could not be analysed.
type Failure struct {
	Package string // import path, or "" when it concerns no single package
	Message string // one or more lines, as the go command printed them
}

// A Stale entry of a baseline matched no finding.
type Stale struct {
	Code, File, Function, Message, Fingerprint string
}

// A Summary closes the stream.
type Summary struct {
	Findings  int
	Notes     int
	Baselined int // findings left out because the baseline lists them
	Failures  int
	Stale     []Stale
}

// A Rule describes the findings of one code.
type Rule struct {
	Code     string
	Summary  string // one sentence, plain text
	Help     string // plain text
	Markdown string
	URL      string
}

// A Tool describes the program that made the findings.
type Tool struct {
	Name    string
	Version string
	URL     string
	Rules   []Rule // sorted by code
}

// Options configure a handler.
type Options struct {
	Tool   Tool
	Dir    string // the text format names files relative to Dir
	Root   string // the other formats name files relative to Root
	Colour bool   // the text format may use colour
	Source *Source
}

// A Handler receives the findings of one run.
type Handler interface {
	// Finding takes the next finding.
	Finding(Finding) error
	// Note takes something that was asked for and is no finding: a possible
	// re-entry, or a rule about the identity of objects.
	Note(Finding) error
	// Failure takes something that could not be analysed.
	Failure(Failure) error
	// Close ends the stream and writes what is left to write.
	Close(Summary) error
}

// Formats lists the names that New accepts.
func Formats() []string { return []string{"text", "json", "sarif", "github"} }

// HasNotes reports whether the named format shows notes. The others are for
// programs that would take a note for a finding.
func HasNotes(format string) bool { return format == "text" || format == "json" }

// New returns the handler of the named format, which writes to w.
func New(format string, w io.Writer, o Options) (Handler, error) {
	if o.Source == nil {
		o.Source = NewSource()
	}
	switch format {
	case "text":
		return &textHandler{w: w, opts: o}, nil
	case "json":
		return newJSONHandler(w, o), nil
	case "sarif":
		return newSARIFHandler(w, o), nil
	case "github":
		return &githubHandler{w: w, opts: o}, nil
	}
	return nil, fmt.Errorf("unknown format %q: want one of %v", format, Formats())
}
