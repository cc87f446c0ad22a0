// Package identity tells which rules about the identity of objects the analyzer
// looked for in a module, which of them it proved, and what those say who have
// read the code that a proved rule is about.
package identity

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

// Category is the category of the diagnostics that tell of rules.
const Category = "identity"

// A Rule is a rule that was looked for.
type Rule struct {
	Key
	Proved bool
	File   string // the store that decided, else the field that the rule is about
	Line   int
	Why    string // what proves or breaks it
}

// A Key tells rules apart. Which of the stores decides may change with the
// analyzer, and the rule is still the same.
type Key struct {
	Module    string
	Package   string // slash-separated directory in the module
	Statement string // "x.items.owner == x for every x of type list.List"
}

// compare orders keys.
func (k Key) compare(l Key) int {
	return cmp.Or(strings.Compare(k.Module, l.Module), strings.Compare(k.Package, l.Package), strings.Compare(k.Statement, l.Statement))
}

// Split takes the diagnostics that tell of rules out of the others.
func Split(all []vetrun.Diagnostic) (rules, findings []vetrun.Diagnostic) {
	for _, d := range all {
		if d.Category == Category {
			rules = append(rules, d)
		} else {
			findings = append(findings, d)
		}
	}
	return rules, findings
}

// Collect returns the rules that diagnostics tell of, each once, sorted. Rules
// about the types of other modules are left out: root has the files of this.
func Collect(module, root string, diagnostics []vetrun.Diagnostic) ([]Rule, error) {
	best := make(map[Key]Rule)
	for _, d := range diagnostics {
		r, err := parse(d)
		if err != nil {
			return nil, err
		}
		rel, err := filepath.Rel(root, d.File)
		if err != nil {
			return nil, fmt.Errorf("relative name of %s: %w", d.File, err)
		}
		if !filepath.IsLocal(rel) {
			continue
		}
		r.Module, r.File, r.Line = module, filepath.ToSlash(rel), d.Line
		r.Package = filepath.ToSlash(filepath.Dir(rel))
		if old, ok := best[r.Key]; !ok || r.before(old) {
			best[r.Key] = r
		}
	}
	var out []Rule
	for _, r := range best {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Rule) int { return a.compare(b.Key) })
	return out, nil
}

// parse reads the message of a diagnostic, which is
//
//	statement: proved: why [identity]
func parse(d vetrun.Diagnostic) (Rule, error) {
	text := strings.TrimSuffix(d.Message, " ["+Category+"]")
	for _, proved := range []bool{true, false} {
		if statement, why, ok := strings.Cut(text, ": "+word(proved)+": "); ok {
			return Rule{Key: Key{Statement: statement}, Proved: proved, Why: why}, nil
		}
	}
	return Rule{}, fmt.Errorf("%s:%d: no verdict in %q", d.File, d.Line, d.Message)
}

// word returns how the analyzer says whether a rule holds.
func word(proved bool) string {
	if proved {
		return "proved"
	}
	return "rejected"
}

// rank orders what diagnostics say about one rule. The package of the type names
// the store, importers rely on its word; and where the tests of a package break
// what the package alone respects, the rule does not hold.
func (r Rule) rank() int {
	switch {
	case r.Why == "its package proves it" || r.Why == "its package does not prove it":
		return 2
	case r.Proved:
		return 1
	}
	return 0
}

// before reports whether r rather than s is told, which is about the same rule.
func (r Rule) before(s Rule) bool {
	return cmp.Or(r.rank()-s.rank(), strings.Compare(r.File, s.File), r.Line-s.Line, strings.Compare(r.Why, s.Why)) < 0
}
