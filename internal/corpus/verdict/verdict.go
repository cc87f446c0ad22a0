package verdict

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// A Kind is the outcome of reading a finding.
type Kind string

const (
	// TrueBug: the goroutine can come there and then waits for itself, as
	// the report says.
	TrueBug Kind = "true-bug"
	// Latent: the path is there as reported, but nothing in the module goes
	// it today.
	Latent Kind = "latent"
	// Intended: the code means to do this, as in a test that provokes it.
	Intended Kind = "intended"
	// FalseAlarm: the report is wrong. The record stays when the analyzer
	// has learned better, so that the mistake does not come back unnoticed.
	FalseAlarm Kind = "false-alarm"
)

// Kinds are all kinds, in the order of a table.
var Kinds = []Kind{TrueBug, Latent, Intended, FalseAlarm}

// Meaning says in words what the kind means.
func (k Kind) Meaning() string {
	switch k {
	case TrueBug:
		return "a goroutine can come there, and then waits for itself"
	case Latent:
		return "the path is there as reported, but nothing in the module goes it today"
	case Intended:
		return "the code means to do this, as in a test that provokes it"
	case FalseAlarm:
		return "the report is wrong"
	}
	return "unknown"
}

// A Verdict is what somebody found who read a finding.
type Verdict struct {
	Key
	Function string
	Kind     Kind
	Reason   string
}

// Parse reads a file of verdicts. The head of an entry is
//
//	kind code module file:line function lock
func Parse(r io.Reader) ([]Verdict, error) {
	entries, err := ReadEntries(r)
	if err != nil {
		return nil, err
	}
	var verdicts []Verdict
	for _, e := range entries {
		v, err := parseHead(e.Head)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", e.Line, err)
		}
		v.Reason = e.Reason
		verdicts = append(verdicts, v)
	}
	return verdicts, check(verdicts)
}

// parseHead parses the head of an entry.
func parseHead(text string) (Verdict, error) {
	fields := strings.SplitN(text, " ", 6)
	if len(fields) != 6 {
		return Verdict{}, fmt.Errorf("want %q, have %q", "kind code module file:line function lock", text)
	}
	v := Verdict{
		Kind:     Kind(fields[0]),
		Function: fields[4],
		Key:      Key{Code: fields[1], Module: fields[2], Lock: fields[5]},
	}
	file, line, _ := strings.Cut(fields[3], ":")
	n, err := strconv.Atoi(line)
	if err != nil {
		return Verdict{}, fmt.Errorf("position %q: %w", fields[3], err)
	}
	v.File, v.Line = file, n
	return v, nil
}

// check reports verdicts of no known kind, without a reason, and given twice.
func check(verdicts []Verdict) error {
	seen := make(map[Key]bool)
	for _, v := range verdicts {
		switch {
		case !slices.Contains(Kinds, v.Kind):
			return fmt.Errorf("%s:%d: unknown kind %q", v.File, v.Line, v.Kind)
		case v.Reason == "":
			return fmt.Errorf("%s:%d: verdict has no reason", v.File, v.Line)
		case seen[v.Key]:
			return fmt.Errorf("%s:%d: second verdict on %s", v.File, v.Line, v.Lock)
		}
		seen[v.Key] = true
	}
	return nil
}

// A Comparison sets findings against verdicts.
type Comparison struct {
	Judged      []Judged  // findings with their verdict
	Unjudged    []Finding // findings that nobody has read
	Missing     []Verdict // recorded, not a false alarm, and not found any more
	FalseAlarms int       // findings judged to be wrong
}

// A Judged is a finding with the verdict on it.
type Judged struct {
	Finding Finding
	Verdict Verdict
}

// Clean reports whether there is nothing to be done: every finding has been
// read, none is wrong, none is lost.
func (c *Comparison) Clean() bool {
	return len(c.Unjudged) == 0 && len(c.Missing) == 0 && c.FalseAlarms == 0
}

// Compare sets the findings in a module against the verdicts on it. Verdicts
// on other modules are left out of account.
func Compare(module string, findings []Finding, verdicts []Verdict) *Comparison {
	recorded := make(map[Key]Verdict)
	for _, v := range verdicts {
		if v.Module == module {
			recorded[v.Key] = v
		}
	}
	c := new(Comparison)
	found := make(map[Key]bool)
	for _, f := range findings {
		found[f.Key] = true
		v, ok := recorded[f.Key]
		if !ok {
			c.Unjudged = append(c.Unjudged, f)
			continue
		}
		c.Judged = append(c.Judged, Judged{f, v})
		if v.Kind == FalseAlarm {
			c.FalseAlarms++
		}
	}
	for key, v := range recorded {
		if !found[key] && v.Kind != FalseAlarm {
			c.Missing = append(c.Missing, v)
		}
	}
	slices.SortFunc(c.Missing, func(a, b Verdict) int { return a.compare(b.Key) })
	return c
}

// Head returns the line that begins a verdict of the given kind on the finding.
func (f Finding) Head(kind Kind) string {
	return fmt.Sprintf("%s %s %s %s:%d %s %s", kind, f.Code, f.Module, f.File, f.Line, f.Function, f.Lock)
}
