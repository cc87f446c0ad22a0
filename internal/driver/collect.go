package driver

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/analyzer"
	"github.com/lockreentry/lockreentry/internal/report"
)

// A result is what one run of the analysis gave.
type result struct {
	findings []report.Finding // sorted, each once
	notes    []report.Finding // the same
	failures []report.Failure
	patterns []string // of the packages that were analysed
	source   *report.Source
}

// gather analyses the packages that f names.
func (c *Command) gather(ctx context.Context, f *flags) (*result, error) {
	patterns, err := selectPackages(ctx, f, c.Stderr)
	if err != nil {
		return nil, err
	}
	r := &result{patterns: patterns, source: report.NewSource()}
	if f.whole {
		err = c.gatherWhole(ctx, f, r)
	} else {
		err = c.gatherUnits(ctx, f, r)
	}
	if err != nil {
		return nil, err
	}
	r.arrange(f.root)
	r.locate(ctx, f)
	return r, nil
}

// gatherUnits analyses the packages one by one, as units of the go command.
func (c *Command) gatherUnits(ctx context.Context, f *flags, r *result) error {
	progress := newProgress(c.Stderr, c.Analyzer.Name)
	var messages bytes.Buffer
	ok, err := vet(ctx, f, r.patterns, func(tree vetTree) {
		r.add(tree)
		progress.unit()
	}, io.MultiWriter(&messages, progress))
	progress.stop()
	if err != nil {
		return err
	}
	for _, failure := range r.failures { // the go command did not tell of these
		fmt.Fprintf(c.Stderr, "%s: %s: %s\n", c.Analyzer.Name, failure.Package, failure.Message)
	}
	if !ok {
		told := parseFailures(messages.String())
		if len(told)+len(r.failures) == 0 {
			told = []report.Failure{{Message: "go vet failed without saying why"}}
		}
		r.failures = append(r.failures, told...)
	}
	return nil
}

// add takes in what the vettool printed of one package.
func (r *result) add(tree vetTree) {
	for id, analyzers := range tree {
		pkg := importPath(id)
		for _, raw := range analyzers {
			var diags []vetDiagnostic
			if err := json.Unmarshal(raw, &diags); err != nil {
				var failure vetError
				if json.Unmarshal(raw, &failure) != nil || failure.Err == "" {
					failure.Err = "unexpected output: " + err.Error()
				}
				r.failures = append(r.failures, report.Failure{Package: pkg, Message: failure.Err})
				continue
			}
			for _, d := range diags {
				if d.Category == analyzer.NotAnalysed {
					r.failures = append(r.failures, report.Failure{Package: pkg, Message: d.Message})
					continue
				}
				r.findings = append(r.findings, d.finding(pkg))
			}
		}
	}
}

// finding makes a finding of d, a diagnostic of the package with that path.
func (d *vetDiagnostic) finding(pkg string) report.Finding {
	f := newFinding(pkg, d.Category, d.Message, d.span())
	for _, rel := range d.Related {
		f.Steps = append(f.Steps, report.Step{Span: rel.span(), Message: rel.Message})
	}
	return f
}

// newFinding makes a finding, without steps, of a diagnostic: its message ends
// with the code.
func newFinding(pkg, code, message string, at report.Span) report.Finding {
	return report.Finding{Code: code, Message: strings.TrimSuffix(message, " ["+code+"]"), Package: pkg, Span: at}
}

// importPath returns the import path of a package ID such as
// "p [p.test]" or "p_test [p.test]".
func importPath(id string) string {
	path, variant, ok := strings.Cut(id, " [")
	if ok && strings.HasSuffix(path, "_test") && strings.TrimSuffix(variant, ".test]")+"_test" == path {
		return strings.TrimSuffix(path, "_test")
	}
	return path
}

// arrange sorts the findings, drops those that came from several variants of
// a package, and completes the rest.
func (r *result) arrange(root string) {
	slices.SortFunc(r.findings, compareFindings)
	r.findings = slices.CompactFunc(r.findings, func(a, b report.Finding) bool {
		return compareFindings(a, b) == 0
	})
	slices.SortStableFunc(r.failures, func(a, b report.Failure) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(a.Message, b.Message))
	})
	r.failures = slices.Compact(r.failures)
	identify(r.findings, root)
	r.separate()
}

// separate takes the notes out of the findings.
func (r *result) separate() {
	isNote := func(f report.Finding) bool { return analyzer.IsNote(f.Code) }
	for _, f := range r.findings {
		if isNote(f) {
			r.notes = append(r.notes, f)
		}
	}
	r.findings = slices.DeleteFunc(r.findings, isNote)
}

// compareFindings orders findings by place, then by what they say.
func compareFindings(a, b report.Finding) int {
	return cmp.Or(
		strings.Compare(a.Start.File, b.Start.File),
		cmp.Compare(a.Start.Line, b.Start.Line),
		cmp.Compare(a.Start.Column, b.Start.Column),
		strings.Compare(a.Code, b.Code),
		strings.Compare(a.Message, b.Message),
	)
}

// parseFailures cuts the messages of a failed go command into one failure per
// package. The go command heads those of a package with "# path".
func parseFailures(text string) []report.Failure {
	var failures []report.Failure
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if pkg, ok := strings.CutPrefix(line, "# "); ok {
			failures = append(failures, report.Failure{Package: importPath(pkg)})
			continue
		}
		if line == "" || strings.HasPrefix(line, "go: downloading ") {
			continue
		}
		if len(failures) == 0 {
			failures = append(failures, report.Failure{})
		}
		last := &failures[len(failures)-1]
		last.Message = strings.TrimPrefix(last.Message+"\n"+line, "\n")
	}
	return slices.DeleteFunc(failures, func(f report.Failure) bool { return f.Message == "" })
}
