package analyzer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/lockreentry/lockreentry/analyzer"
)

// TestFixtures analyses all packages under testdata/src in one run, so that
// what they import is analysed once, and compares the diagnostics of each
// directory with its want comments. It is stricter than analysistest in one
// way, every line is checked, and laxer in another: facts are not compared.
func TestFixtures(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	src := filepath.Join(root, "src")
	got := diagnostics(t, root, analyzer.Analyzer, "./...")
	wanted := wants(t, src)
	misses := readMisses(t)
	var table []feature
	for _, dir := range featureDirs(t, src) {
		row := feature{name: dir, silent: fineCases(t, filepath.Join(src, dir))}
		t.Run(dir, func(t *testing.T) {
			prefix := dir + string(filepath.Separator)
			for _, line := range lines(got, wanted, prefix) {
				compare(t, line, got[line], wanted[line], misses, &row)
			}
		})
		table = append(table, row)
	}
	golden(t, missesFile, misses.text(*update))
	golden(t, featuresFile, featureTable(table))
}

// diagnostics analyses the packages in GOPATH root that the pattern matches, each
// directory of its src being a module, and returns the messages by file:line, files relative to root/src.
func diagnostics(t *testing.T, root string, a *analysis.Analyzer, pattern string) map[string][]string {
	cfg := &packages.Config{
		Mode:  packages.LoadAllSyntax,
		Dir:   filepath.Join(root, "src"),
		Tests: true,
		Env:   append(os.Environ(), "GO111MODULE=off", "GOPATH="+root, "GOPROXY=off", "GOFLAGS="),
	}
	pkgs, err := packages.Load(cfg, pattern)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		for _, e := range p.Errors {
			t.Fatalf("load %s: %v", p.ID, e)
		}
	}
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		if dir, _, _ := strings.Cut(p.PkgPath, "/"); isDir(filepath.Join(root, "src", dir)) {
			p.Module = &packages.Module{Path: dir}
		}
	})
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Errorf("%s: %v", act.Package.ID, act.Err)
		}
		for _, d := range act.Diagnostics {
			p := act.Package.Fset.Position(d.Pos)
			rel, err := filepath.Rel(filepath.Join(root, "src"), p.Filename)
			if err != nil {
				t.Fatal(err)
			}
			key := fmt.Sprintf("%s:%d", rel, p.Line)
			if !slices.Contains(found[key], d.Message) { // once for each test variant
				found[key] = append(found[key], d.Message)
			}
		}
	}
	return found
}

var (
	wantComment = regexp.MustCompile(`// want (?:\+(\d+) )?(.*)$`) // +N: about the N-th line below
	wantPattern = regexp.MustCompile("`[^`]*`")
)

// wants reads the expectations of all files below src, by file:line.
func wants(t *testing.T, src string) map[string][]*regexp.Regexp {
	found := map[string][]*regexp.Regexp{}
	err := filepath.WalkDir(src, func(p string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(p) != ".go" {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(src, p)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(data), "\n") {
			if m := wantComment.FindStringSubmatch(line); m != nil {
				below, _ := strconv.Atoi(m[1]) // 0 where there is none
				for _, q := range wantPattern.FindAllString(m[2], -1) {
					key := fmt.Sprintf("%s:%d", rel, i+1+below)
					found[key] = append(found[key], regexp.MustCompile(strings.Trim(q, "`")))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func featureDirs(t *testing.T, src string) []string {
	entries, err := os.ReadDir(src)
	if err != nil {
		t.Fatal(err)
	}
	var dirs []string
	for _, e := range entries {
		if e.IsDir() {
			dirs = append(dirs, e.Name())
		}
	}
	return dirs
}

// lines returns the places with the prefix that have a message or a want.
func lines(got map[string][]string, wanted map[string][]*regexp.Regexp, prefix string) []string {
	var out []string
	for k := range got {
		if strings.HasPrefix(k, prefix) {
			out = append(out, k)
		}
	}
	for k := range wanted {
		if strings.HasPrefix(k, prefix) && got[k] == nil {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// compare matches the messages of a line with its patterns one to one.
func compare(t *testing.T, line string, got []string, want []*regexp.Regexp, known *misses, row *feature) {
	got = slices.Clone(got)
	for _, w := range want {
		miss := line + " " + w.String()
		if i := slices.IndexFunc(got, w.MatchString); i >= 0 {
			got = slices.Delete(got, i, i+1)
			row.found++
			if known.listed[miss] && !*update {
				t.Errorf("%s: %s is found now; take it out of %s", line, w, missesFile)
			}
			continue
		}
		row.missed++
		known.seen = append(known.seen, miss)
		if !known.listed[miss] && !*update {
			t.Errorf("%s: no diagnostic matching %s", line, w)
		}
	}
	for _, g := range got {
		t.Errorf("%s: unexpected diagnostic: %s", line, g)
	}
}

func isDir(name string) bool {
	st, err := os.Stat(name)
	return err == nil && st.IsDir()
}
