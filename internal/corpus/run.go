package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lockreentry/lockreentry/internal/corpus/census"
	"github.com/lockreentry/lockreentry/internal/corpus/identity"
	"github.com/lockreentry/lockreentry/internal/corpus/subject"
	"github.com/lockreentry/lockreentry/internal/corpus/verdict"
	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

// A row is what a run on one module brought.
type row struct {
	Pin      subject.Pin
	Packages int
	Count    census.Count
	Usage    vetrun.Usage
	Failures []vetrun.Failure
	Compared *verdict.Comparison
	Rules    *identity.Comparison
}

// clean reports whether there is nothing to be done about the module.
func (r *row) clean() bool {
	return len(r.Failures) == 0 && r.Compared.Clean() && r.Rules.Clean()
}

// A corpus is a run on the modules.
type corpus struct {
	opts     *options
	pins     []subject.Pin
	verdicts []verdict.Verdict
	rules    []identity.Verdict
	dir      string   // everything temporary is below it
	module   string   // directory of this nested module
	tool     string   // vet tool under test
	flags    []string // its flags
	census   string   // vet tool that counts
	sum      []byte   // go.sum of all modules together
	log      io.Writer
}

// run runs the corpus and reports whether there is nothing to be done.
func run(ctx context.Context, opts *options, module string, stdout, stderr io.Writer) (clean bool, err error) {
	c, err := newCorpus(opts, module, stderr)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(c.dir)) }()
	if err := c.buildTools(ctx); err != nil {
		return false, err
	}
	return c.run(ctx, stdout)
}

// run runs on the selected modules, and reports.
func (c *corpus) run(ctx context.Context, stdout io.Writer) (clean bool, err error) {
	rows, err := c.rows(ctx)
	if len(rows) > 0 { // also when interrupted: a whole run takes long
		writeTable(stdout, rows)
		writeProblems(stdout, rows)
	}
	if err != nil {
		return false, err
	}
	if err := c.save(ctx, rows); err != nil {
		return false, err
	}
	return !slices.ContainsFunc(rows, func(r *row) bool { return !r.clean() }), nil
}

// newCorpus reads the pins and verdicts, and makes the temporary directory.
func newCorpus(opts *options, module string, log io.Writer) (*corpus, error) {
	pins, sum, err := subject.ReadPins(module)
	if err != nil {
		return nil, err
	}
	verdicts, err := parseFile(filepath.Join(module, "verdicts.txt"), verdict.Parse)
	if err != nil {
		return nil, err
	}
	rules, err := parseFile(filepath.Join(module, "identities.txt"), identity.Parse)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "corpus")
	if err != nil {
		return nil, fmt.Errorf("make temporary directory: %w", err)
	}
	return &corpus{
		opts: opts, pins: pins, verdicts: verdicts, rules: rules,
		dir: dir, module: module, sum: sum, log: log,
		flags: []string{"-lockreentry.explain-identity"}, // which costs next to nothing
	}, nil
}

// parseFile opens a file and parses it.
func parseFile[T any](name string, parse func(io.Reader) (T, error)) (T, error) {
	file, err := os.Open(name)
	if err != nil {
		return *new(T), fmt.Errorf("read verdicts: %w", err)
	}
	defer file.Close()
	parsed, err := parse(file)
	if err != nil {
		return parsed, fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	return parsed, nil
}

// buildTools builds the counting tool and, unless one is given, the tool under
// test.
func (c *corpus) buildTools(ctx context.Context) error {
	var err error
	if c.census, err = vetrun.Build(ctx, c.module, "./census/cmd/census", c.dir); err != nil {
		return err
	}
	if c.opts.tool != "" {
		c.tool, err = filepath.Abs(c.opts.tool)
		return err
	}
	c.tool, err = vetrun.Build(ctx, subject.Repository(c.module), "./cmd/lockreentry", c.dir)
	return err
}

// rows runs on every module that the options select. With an error it returns
// the rows before it.
func (c *corpus) rows(ctx context.Context) ([]*row, error) {
	var rows []*row
	for _, pin := range c.pins {
		if c.opts.short && !pin.Short || !c.opts.only.MatchString(pin.String()) {
			continue
		}
		r, err := c.row(ctx, pin)
		if err != nil {
			return rows, fmt.Errorf("%s: %w", pin, err)
		}
		n := r.cells()
		fmt.Fprintf(c.log, "%s: %d packages, %d findings, %d failures, %.1f s of CPU time\n",
			pin, n.packages, n.findings, n.bad, n.usage.CPU.Seconds())
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		return nil, errors.New("no module selected")
	}
	return rows, nil
}

// row runs on one module.
func (c *corpus) row(ctx context.Context, pin subject.Pin) (*row, error) {
	w, err := subject.NewWorkspace(ctx, pin, c.sum, c.dir)
	if err != nil {
		return nil, err
	}
	pkgs, err := w.Packages(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.checkSum(w); err != nil {
		return nil, err
	}
	vet, failures := vetrun.On(w, pkgs)
	r := &row{Pin: pin, Packages: len(pkgs), Failures: failures}

	// Counting comes first: it compiles what is missing, so that the run
	// below costs what the analyzer costs.
	if err := r.count(ctx, vet, c.census); err != nil {
		return nil, err
	}
	return r, c.judge(ctx, r, vet, w)
}

// salt is the salt of the vet tool for a run: runs on the same packages share
// their results, see vetrun.Copy.
func salt(vet vetrun.Run) string { return strings.Join(vet.Packages, " ") }

// count counts functions and lock operations.
func (r *row) count(ctx context.Context, vet vetrun.Run, tool string) error {
	var err error
	if vet.Tool, err = vetrun.Copy(tool, vet.Dir, salt(vet)); err != nil {
		return err
	}
	result, err := vet.Do(ctx)
	if err != nil {
		return err
	}
	r.Failures = append(r.Failures, result.Failures...)
	for _, d := range result.Diagnostics {
		n, err := census.Parse(d.Message)
		if err != nil {
			return err
		}
		r.Count = r.Count.Add(n)
	}
	return nil
}

// judge runs the tool under test and compares what it finds with the verdicts.
func (c *corpus) judge(ctx context.Context, r *row, vet vetrun.Run, w *subject.Workspace) error {
	vet.Timeout, vet.Flags = c.opts.timeout, c.flags // not while counting, which compiles
	s := salt(vet)
	if c.opts.cold {
		s = vetrun.Unused()
	}
	var err error
	if vet.Tool, err = vetrun.Copy(c.tool, vet.Dir, s); err != nil {
		return err
	}
	result, err := vet.Do(ctx)
	if err != nil {
		return err
	}
	r.Usage = result.Usage
	if len(r.Failures) == 0 { // what no tool can read has been said already
		r.Failures = result.Failures
	}
	return c.compare(r, w, result.Diagnostics)
}

// compare compares what the tool under test said with the verdicts.
func (c *corpus) compare(r *row, w *subject.Workspace, diagnostics []vetrun.Diagnostic) error {
	notes, rest := identity.Split(diagnostics)
	rules, err := identity.Collect(w.Pin.Module, w.Root, notes)
	if err != nil {
		return err
	}
	reader := verdict.NewReader(w.Pin.Module, w.Root)
	var findings []verdict.Finding
	for _, d := range rest {
		f, err := reader.Finding(d)
		if err != nil {
			return err
		}
		findings = append(findings, f)
	}
	r.Compared = verdict.Compare(w.Pin.Module, findings, c.verdicts)
	r.Rules = identity.Compare(w.Pin.Module, rules, c.rules)
	return nil
}

// checkSum makes sure that every hash was pinned, or pins it.
func (c *corpus) checkSum(w *subject.Workspace) error {
	have, err := w.Sum()
	if err != nil {
		return fmt.Errorf("read go.sum: %w", err)
	}
	missing := subject.MissingSums(c.sum, have)
	if len(missing) == 0 {
		return nil
	}
	if !c.opts.pin {
		return fmt.Errorf("corpus.sum lacks %d lines, the first is %q: run with -pin", len(missing), missing[0])
	}
	c.sum = subject.MergeSums(c.sum, have)
	return nil
}

// save writes what the options ask for.
func (c *corpus) save(ctx context.Context, rows []*row) error {
	if c.opts.pin {
		if err := subject.WriteSum(c.module, c.sum); err != nil {
			return err
		}
	}
	if !c.opts.update {
		return nil
	}
	var page bytes.Buffer
	if err := writePage(ctx, &page, rows); err != nil {
		return err
	}
	docs := filepath.Join(subject.Repository(c.module), "docs")
	if err := os.MkdirAll(docs, 0o777); err != nil {
		return fmt.Errorf("update document: %w", err)
	}
	if err := os.WriteFile(filepath.Join(docs, "corpus.md"), page.Bytes(), 0o666); err != nil {
		return fmt.Errorf("update document: %w", err)
	}
	return nil
}
