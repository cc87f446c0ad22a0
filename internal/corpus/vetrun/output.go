package vetrun

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// A Diagnostic is what the tool reported at one place.
type Diagnostic struct {
	Package  string // import path, without the mark of a test variant
	Analyzer string
	Category string
	File     string // absolute
	Line     int
	Column   int
	Message  string
}

// The form of the JSON of a vet tool: one object per unit, from the identity
// of the unit and the name of the analyzer to a list of diagnostics or to one
// error.
type (
	unitTree       map[string]map[string]json.RawMessage
	jsonDiagnostic struct {
		Category string `json:"category"`
		Posn     string `json:"posn"`
		Message  string `json:"message"`
	}
	jsonError struct {
		Err string `json:"error"`
	}
)

// decode reads the standard output of go vet, adds what it says to the result,
// and returns the number of units that answered.
func (r *Result) decode(stdout []byte) (units int, err error) {
	decoder := json.NewDecoder(bytes.NewReader(stdout))
	for {
		var tree unitTree
		err := decoder.Decode(&tree)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, err
		}
		units++
		for unit, analyzers := range tree {
			for analyzer, raw := range analyzers {
				if err := r.add(unitPackage(unit), analyzer, raw); err != nil {
					return 0, fmt.Errorf("unit %s, analyzer %s: %w", unit, analyzer, err)
				}
			}
		}
	}
	slices.SortFunc(r.Diagnostics, compare)
	r.Diagnostics = slices.Compact(r.Diagnostics)
	slices.SortFunc(r.Failures, func(a, b Failure) int { return strings.Compare(a.String(), b.String()) })
	return units, nil
}

// add adds what an analyzer said about a unit.
func (r *Result) add(pkg, analyzer string, raw json.RawMessage) error {
	if !bytes.HasPrefix(raw, []byte("[")) {
		var e jsonError
		if err := json.Unmarshal(raw, &e); err != nil {
			return err
		}
		r.Failures = append(r.Failures, Failure{Package: pkg, Message: analyzer + ": " + e.Err})
		return nil
	}
	var list []jsonDiagnostic
	if err := json.Unmarshal(raw, &list); err != nil {
		return err
	}
	for _, j := range list {
		d := Diagnostic{Package: pkg, Analyzer: analyzer, Category: j.Category, Message: j.Message}
		d.File, d.Line, d.Column = splitPosn(j.Posn)
		r.Diagnostics = append(r.Diagnostics, d)
	}
	return nil
}

// unitPackage returns the import path of a unit: "p [p.test]" is p with its
// tests.
func unitPackage(unit string) string {
	pkg, _, _ := strings.Cut(unit, " ")
	return pkg
}

// splitPosn splits file:line:column. The column may be missing.
func splitPosn(posn string) (file string, line, column int) {
	file, last := cutNumber(posn)
	if before, n := cutNumber(file); n > 0 {
		return before, n, last
	}
	return file, last, 0
}

// cutNumber cuts ":n" off the end of s; n is 0 if there is none.
func cutNumber(s string) (before string, n int) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return s, 0
	}
	n, err := strconv.Atoi(s[i+1:])
	if err != nil {
		return s, 0
	}
	return s[:i], n
}

// compare orders diagnostics by place.
func compare(a, b Diagnostic) int {
	if c := strings.Compare(a.File, b.File); c != 0 {
		return c
	}
	if c := a.Line - b.Line; c != 0 {
		return c
	}
	if c := a.Column - b.Column; c != 0 {
		return c
	}
	return strings.Compare(a.Category+a.Message, b.Category+b.Message)
}

// stderrFailures reads what a failed go vet wrote to standard error: blocks
// that begin with "# package".
func stderrFailures(stderr []byte) []Failure {
	var failures []Failure
	for line := range strings.Lines(string(stderr)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "WORK=") || strings.HasPrefix(line, "go: downloading ") {
			continue
		}
		if name, ok := strings.CutPrefix(line, "# "); ok {
			failures = append(failures, Failure{Package: unitPackage(strings.Trim(name, "[]"))})
			continue
		}
		if len(failures) == 0 {
			failures = append(failures, Failure{})
		}
		last := &failures[len(failures)-1]
		last.Message = strings.TrimSpace(last.Message + " " + line)
	}
	if len(failures) == 0 {
		failures = []Failure{{Message: "go vet failed and did not say why"}}
	}
	return failures
}
