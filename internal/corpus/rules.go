package main

import (
	"fmt"
	"io"

	"github.com/lockreentry/lockreentry/internal/corpus/identity"
)

// writeRules writes the part of the document that is about the rules of identity:
// how many there are in each module, and those that were proved.
func writeRules(w io.Writer, rows []*row) {
	fmt.Fprint(w, rulesHead)
	fmt.Fprintln(w, "| module | looked for | proved | read | wrong |")
	fmt.Fprintln(w, "|---|--:|--:|--:|--:|")
	var looked, proved, read, wrong int
	for _, r := range rows {
		c := r.Rules
		if c.Looked == 0 {
			continue
		}
		fmt.Fprintf(w, "| %s | %d | %d | %d | %d |\n", r.Pin.Module, c.Looked, len(c.Proved), c.Read(), len(c.Wrong()))
		looked, proved, read, wrong = looked+c.Looked, proved+len(c.Proved), read+c.Read(), wrong+len(c.Wrong())
	}
	fmt.Fprintf(w, "| all | %d | %d | %d | %d |\n", looked, proved, read, wrong)
	for _, r := range rows {
		if len(r.Rules.Proved) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n### Proved in %s\n\n", r.Pin)
		for _, j := range r.Rules.Proved {
			writeRule(w, j)
		}
	}
}

// rulesHead introduces the rules.
const rulesHead = `
## Inverse fields

The rules about which objects are one that the analyzer looked for in this code, and
proved or not. A rule is looked for when the analysis of some function needs it, and
about types with a lock that importers can see; each counts once per module, and those
about the types of other modules count there. Most candidates are none: the code never
meant them to hold. Some of the proved ones were checked by reading every store to
their fields: the verdict stands below the rule.

`

// writeRule writes a proved rule, with the verdict if there is one.
func writeRule(w io.Writer, j identity.Judged) {
	fmt.Fprintf(w, "- `%s` (`%s:%d`): %s\n", j.Rule.Statement, j.Rule.File, j.Rule.Line, j.Rule.Why)
	if v := j.Verdict; v != nil {
		fmt.Fprintf(w, "\n  **%s**: %s\n\n", v.Kind, v.Reason)
	}
}
