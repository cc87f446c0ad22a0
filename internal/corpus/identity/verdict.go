package identity

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/corpus/verdict"
)

// A Kind is the outcome of reading the code that a proved rule is about.
type Kind string

const (
	// Holds: every store to the fields of the rule respects it.
	Holds Kind = "holds"
	// Wrong: some heap that the code can build does not. The record stays
	// when the analyzer has learned better, so that the mistake does not
	// come back unnoticed.
	Wrong Kind = "wrong"
)

// A Verdict is what somebody found who read all stores to the fields of a rule.
type Verdict struct {
	Key
	Kind   Kind
	Reason string
}

// Parse reads a file of verdicts. The head of an entry is
//
//	kind module directory statement
func Parse(r io.Reader) ([]Verdict, error) {
	entries, err := verdict.ReadEntries(r)
	if err != nil {
		return nil, err
	}
	var verdicts []Verdict
	seen := make(map[Key]bool)
	for _, e := range entries {
		v, err := parseEntry(e)
		if err == nil && seen[v.Key] {
			err = fmt.Errorf("second verdict on %s", v.Statement)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", e.Line, err)
		}
		seen[v.Key] = true
		verdicts = append(verdicts, v)
	}
	return verdicts, nil
}

// parseEntry parses an entry.
func parseEntry(e verdict.Entry) (Verdict, error) {
	fields := strings.SplitN(e.Head, " ", 4)
	if len(fields) != 4 {
		return Verdict{}, fmt.Errorf("want %q, have %q", "kind module directory statement", e.Head)
	}
	v := Verdict{
		Key:    Key{Module: fields[1], Package: fields[2], Statement: fields[3]},
		Kind:   Kind(fields[0]),
		Reason: e.Reason,
	}
	switch {
	case v.Kind != Holds && v.Kind != Wrong:
		return v, fmt.Errorf("unknown kind %q", v.Kind)
	case v.Reason == "":
		return v, fmt.Errorf("verdict on %s has no reason", v.Statement)
	}
	return v, nil
}

// A Comparison sets proved rules against verdicts.
type Comparison struct {
	Looked  int       // rules that were looked for
	Proved  []Judged  // those that were proved
	Missing []Verdict // recorded as holding, and not proved any more
}

// A Judged is a proved rule with the verdict on it, if somebody has read it.
type Judged struct {
	Rule    Rule
	Verdict *Verdict
}

// Read returns the number of proved rules that somebody has read.
func (c *Comparison) Read() int {
	n := 0
	for _, j := range c.Proved {
		if j.Verdict != nil {
			n++
		}
	}
	return n
}

// Wrong returns the proved rules that do not hold.
func (c *Comparison) Wrong() []Judged {
	var out []Judged
	for _, j := range c.Proved {
		if j.Verdict != nil && j.Verdict.Kind == Wrong {
			out = append(out, j)
		}
	}
	return out
}

// Clean reports whether every verdict is about a proved rule, which holds. That
// every rule has been read is not asked for.
func (c *Comparison) Clean() bool { return len(c.Missing) == 0 && len(c.Wrong()) == 0 }

// Compare sets the rules of a module against the verdicts on it. Verdicts on
// other modules are left out of account.
func Compare(module string, rules []Rule, verdicts []Verdict) *Comparison {
	c := &Comparison{Looked: len(rules)}
	recorded := make(map[Key]*Verdict)
	for _, v := range verdicts {
		if v.Module == module {
			recorded[v.Key] = &v
		}
	}
	for _, r := range rules {
		if r.Proved {
			c.Proved = append(c.Proved, Judged{r, recorded[r.Key]})
			delete(recorded, r.Key)
		}
	}
	for _, v := range recorded {
		if v.Kind == Holds {
			c.Missing = append(c.Missing, *v)
		}
	}
	slices.SortFunc(c.Missing, func(a, b Verdict) int { return a.compare(b.Key) })
	return c
}
