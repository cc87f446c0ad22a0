package analyzer_test

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/lockreentry/lockreentry/analyzer"
)

// TestDeterminism analyses fixtures that use most of the engine twice, and
// compares all that comes out: diagnostics with their steps, and the bytes of
// facts.
func TestDeterminism(t *testing.T) {
	patterns := []string{"./cross_chain/...", "./cross_generics/...", "./inverse_register", "./mutant_buggy/...", "./keyword_table"}
	if !testing.Short() {
		patterns = append(patterns, "./closures", "./conjunction", "./inverse_...", "./lock_wrapper/...", "./mutant_...", "./observers", "./recursion", "./traps")
	}
	first := output(t, patterns)
	if len(first) < 100 {
		t.Errorf("only %d lines of output:\n%s", len(first), strings.Join(first, "\n"))
	}
	if diff := cmp.Diff(first, output(t, patterns)); diff != "" {
		t.Errorf("the second run differs (-first +second):\n%s", diff)
	}
}

// output analyses the fixtures and returns the diagnostics and facts of all
// packages, in the order in which they are reported or exported.
func output(t *testing.T, patterns []string) []string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax,
		Dir:  filepath.Join(root, "src"),
		Env:  append(os.Environ(), "GO111MODULE=off", "GOPATH="+root, "GOPROXY=off", "GOFLAGS="),
	}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzer.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for act := range graph.All() {
		if act.Err != nil {
			t.Fatalf("%s: %v", act.Package.ID, act.Err)
		}
		if slices.Contains(graph.Roots, act) {
			out = append(out, reported(act)...)
		}
		out = append(out, facts(t, act)...)
	}
	return out
}

// reported renders the diagnostics of a package.
func reported(act *checker.Action) []string {
	fset := act.Package.Fset
	var out []string
	for _, d := range act.Diagnostics {
		out = append(out, fmt.Sprintf("%s: %s", fset.Position(d.Pos), d.Message))
		for _, r := range d.Related {
			out = append(out, fmt.Sprintf("\t%s: %s", fset.Position(r.Pos), r.Message))
		}
	}
	return out
}

// facts renders the facts about the objects of a package.
func facts(t *testing.T, act *checker.Action) []string {
	t.Helper()
	var out []string
	for _, f := range act.AllObjectFacts() {
		if f.Object.Pkg() != act.Package.Types {
			continue
		}
		var b bytes.Buffer
		if err := gob.NewEncoder(&b).Encode(f.Fact); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s: %s %x", act.Package.Fset.Position(f.Object.Pos()), f.Fact, b.Bytes()))
	}
	slices.Sort(out) // AllObjectFacts has no order
	return out
}
