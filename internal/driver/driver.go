// Package driver is the command line of lockreentry.
//
// It has two sides. As a vettool it is one unit of the go command: it
// analyses the package that a configuration file describes (unit.go). By
// itself it runs "go vet" with itself as the vettool (vet.go), gathers the
// findings of all packages (collect.go, locate.go), takes away those that a
// baseline lists (baseline.go) and hands the rest to a handler of package
// report. So both sides give the same findings, and the go command brings its
// cache, parallelism, build tags and workspaces.
package driver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/tools/go/analysis"

	"github.com/lockreentry/lockreentry/internal/report"
)

// Exit statuses. When several apply the first one of this order is used:
// usage, failure, findings.
const (
	ExitClean    = 0 // everything was analysed and nothing found
	ExitFailure  = 1 // something could not be analysed
	ExitUsage    = 2 // the command line or a file it names is wrong
	ExitFindings = 3 // there are findings
)

// A Command is the command line around one analyzer.
type Command struct {
	Analyzer *analysis.Analyzer
	Doc      string // package documentation with one "# code" section per code
	URL      string // page that shows Doc
	Stdout   io.Writer
	Stderr   io.Writer
}

// Main runs the command with the arguments that follow its name and returns
// its exit status.
func (c *Command) Main(ctx context.Context, args []string) int {
	if isUnit(args) {
		return runUnit(c.Analyzer)
	}
	err := c.run(ctx, args)
	if err == nil {
		return ExitClean
	}
	var exit *exitError
	if !errors.As(err, &exit) {
		exit = &exitError{ExitFailure, err}
	}
	if exit.err != nil {
		fmt.Fprintf(c.Stderr, "%s: %v\n", c.Analyzer.Name, exit.err)
	}
	return exit.status
}

// An exitError ends the command with a status. Its err is nil when all has
// been said.
type exitError struct {
	status int
	err    error
}

// Error implements error.
func (e *exitError) Error() string { return fmt.Sprintf("exit status %d: %v", e.status, e.err) }

// Unwrap returns the reason.
func (e *exitError) Unwrap() error { return e.err }

// usagef returns an error that ends the command with ExitUsage.
func usagef(format string, args ...any) error {
	return &exitError{ExitUsage, fmt.Errorf(format, args...)}
}

// run is Main with the exit status as an error.
func (c *Command) run(ctx context.Context, args []string) error {
	if len(args) > 0 && args[0] == "help" {
		return c.help(args[1:])
	}
	flags, err := parseFlags(c.Analyzer, args)
	switch {
	case errors.Is(err, errHelp):
		return c.help(nil)
	case err != nil:
		return err
	case flags.version:
		_, err := fmt.Fprint(c.Stdout, versionText(c.Analyzer.Name))
		return err
	}
	return c.analyse(ctx, flags)
}

// analyse runs the analysis as flags say and reports what it found.
func (c *Command) analyse(ctx context.Context, flags *flags) error {
	base, err := readBaseline(flags)
	if err != nil {
		return err
	}
	out, err := openOutput(flags.path(flags.output), c.Stdout)
	if err != nil {
		return usagef("%w", err)
	}
	defer out.discard()

	result, err := c.gather(ctx, flags)
	if err != nil {
		return err
	}
	if flags.writeBaseline != "" {
		return c.writeBaseline(flags, result)
	}
	summary := base.subtract(result)
	summary.Notes = len(result.notes)
	if summary.Stale, err = covered(ctx, flags, result.patterns, summary.Stale); err != nil {
		return err
	}
	handler, err := report.New(flags.format, out, report.Options{
		Tool:   c.tool(),
		Dir:    flags.dir,
		Root:   flags.root,
		Colour: flags.output == "" && useColour(c.Stdout),
		Source: result.source,
	})
	if err != nil {
		return usagef("%w", err)
	}
	if err := send(handler, result, summary); err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	if err := out.commit(); err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	return c.conclude(summary)
}

// send gives the whole result to a handler.
func send(h report.Handler, r *result, s report.Summary) error {
	for _, f := range r.findings {
		if err := h.Finding(f); err != nil {
			return err
		}
	}
	for _, f := range r.notes {
		if err := h.Note(f); err != nil {
			return err
		}
	}
	for _, f := range r.failures {
		if err := h.Failure(f); err != nil {
			return err
		}
	}
	return h.Close(s)
}

// conclude writes the closing line and turns the summary into the exit status.
// A clean run says nothing, except to a person.
func (c *Command) conclude(s report.Summary) error {
	name := c.Analyzer.Name
	for _, e := range s.Stale {
		fmt.Fprintf(c.Stderr, "%s: stale baseline entry: %s: %s: %s [%s]\n", name, e.File, e.Function, e.Message, e.Code)
	}
	clean := s.Findings == 0 && s.Notes == 0 && s.Failures == 0 && s.Baselined == 0 && len(s.Stale) == 0
	if !clean || isTerminal(c.Stderr) {
		fmt.Fprintf(c.Stderr, "%s: %s\n", name, summaryLine(s))
	}
	switch {
	case s.Failures > 0:
		return &exitError{ExitFailure, nil}
	case s.Findings > 0:
		return &exitError{ExitFindings, nil}
	}
	return nil
}

// summaryLine says how a run ended.
func summaryLine(s report.Summary) string {
	line := plural(s.Findings, "finding", "findings")
	if s.Notes > 0 {
		line += ", " + plural(s.Notes, "note", "notes")
	}
	if s.Baselined > 0 {
		line += fmt.Sprintf(", %d more in the baseline", s.Baselined)
	}
	if n := len(s.Stale); n > 0 {
		line += ", " + plural(n, "stale baseline entry", "stale baseline entries")
	}
	if s.Failures > 0 {
		line += "; the analysis is incomplete: " + plural(s.Failures, "failure", "failures")
	}
	return line
}

// plural formats a count.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// sourceRoot returns the root that machine formats name files relative to:
// the nearest directory at or above dir that holds a repository, or else dir.
func sourceRoot(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, ".git")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			return dir
		}
	}
}
