package driver

import (
	"cmp"
	"context"
	"fmt"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/lockreentry/lockreentry/analyzer"
	"github.com/lockreentry/lockreentry/internal/report"
)

// A closed world: the packages of one or more programs, loaded with all that
// they import.
type closedWorld struct {
	fset  *token.FileSet
	roots []*packages.Package // those that the patterns match
	all   []*packages.Package // with all imports, sorted by path
}

// gatherWhole analyses the programs among the packages, each as a closed world.
func (c *Command) gatherWhole(ctx context.Context, f *flags, r *result) error {
	w, err := loadWorld(ctx, f, r.patterns)
	if err != nil {
		return err
	}
	r.failures = w.failures()
	for _, failure := range r.failures {
		fmt.Fprintf(c.Stderr, "# %s\n%s\n", failure.Package, failure.Message)
	}
	if len(r.failures) > 0 {
		return nil
	}
	mains := w.mains()
	if len(mains) == 0 {
		return usagef("-whole analyses programs, and no package that matches %s is one", strings.Join(r.patterns, " "))
	}
	options, err := f.options()
	if err != nil {
		return err
	}
	found, err := analyzer.Whole(w.sources(), mains, options)
	if err != nil {
		return err
	}
	for _, d := range found {
		r.findings = append(r.findings, w.finding(d))
	}
	return nil
}

// loadWorld loads the packages that patterns match, and what they import, with
// syntax and types.
func loadWorld(ctx context.Context, f *flags, patterns []string) (*closedWorld, error) {
	w := &closedWorld{fset: token.NewFileSet()}
	config := &packages.Config{Context: ctx, Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: f.dir, Fset: w.fset}
	if f.tags != "" {
		config.BuildFlags = []string{"-tags=" + f.tags}
	}
	var err error
	if w.roots, err = packages.Load(config, patterns...); err != nil {
		return nil, fmt.Errorf("load packages: %w", err)
	}
	packages.Visit(w.roots, nil, func(p *packages.Package) { w.all = append(w.all, p) })
	slices.SortFunc(w.all, func(a, b *packages.Package) int { return strings.Compare(a.PkgPath, b.PkgPath) })
	return w, nil
}

// failures returns what is wrong with the packages.
func (w *closedWorld) failures() []report.Failure {
	var out []report.Failure
	for _, p := range w.all {
		var lines []string
		for _, e := range p.Errors {
			lines = append(lines, e.Error())
		}
		if len(lines) > 0 {
			out = append(out, report.Failure{Package: p.PkgPath, Message: strings.Join(lines, "\n")})
		}
	}
	return out
}

// mains returns the programs that were asked for.
func (w *closedWorld) mains() []*types.Package {
	var out []*types.Package
	for _, p := range w.roots {
		if p.Name == "main" {
			out = append(out, p.Types)
		}
	}
	return out
}

// sources returns the packages as the analyzer takes them. Findings are wanted
// of the code that the user works on: not of other modules, nor of the standard
// library.
func (w *closedWorld) sources() *analyzer.World {
	wanted := map[*types.Package]bool{}
	out := &analyzer.World{Fset: w.fset, Reported: func(p *types.Package) bool { return wanted[p] }}
	standard := w.standardLibrary()
	for _, p := range w.all {
		out.Packages = append(out.Packages, analyzer.Source{Types: p.Types, Files: p.Syntax, Info: p.TypesInfo})
		if p.Module != nil {
			wanted[p.Types] = p.Module.Main
		} else {
			wanted[p.Types] = !within(standard, p.Dir)
		}
	}
	return out
}

// standardLibrary returns the directory of the standard library: package
// runtime is a part of every program.
func (w *closedWorld) standardLibrary() string {
	for _, p := range w.all {
		if p.PkgPath == "runtime" {
			return filepath.Dir(p.Dir)
		}
	}
	return ""
}

// within reports whether dir is root or below it.
func within(root, dir string) bool {
	rel, err := filepath.Rel(root, dir)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// finding makes a finding of a diagnostic.
func (w *closedWorld) finding(d analyzer.Diagnostic) report.Finding {
	at := func(pos token.Pos) report.Position {
		p := w.fset.Position(pos)
		return report.Position{File: p.Filename, Line: p.Line, Column: p.Column}
	}
	span := func(pos, end token.Pos) report.Span {
		return report.Span{Start: at(pos), End: at(cmp.Or(end, pos))}
	}
	f := newFinding(d.Package.Path(), d.Category, d.Message, span(d.Pos, d.End))
	for _, rel := range d.Related {
		f.Steps = append(f.Steps, report.Step{Span: span(rel.Pos, rel.End), Message: rel.Message})
	}
	return f
}
