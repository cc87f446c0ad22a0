package analyzer_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the table of features and the list of misses")

// The files that TestFixtures keeps true.
var (
	missesFile   = filepath.Join("..", "testdata", "misses.txt")
	featuresFile = filepath.Join("..", "docs", "features.md")
)

// misses are the expected diagnostics that the analyzer does not give yet: a
// list of what is to be done, kept in both directions.
type misses struct {
	listed map[string]bool
	seen   []string
}

const missesHeader = `# Deadlocks in testdata/src that the analyzer misses so far, one a line:
# the place, and the pattern that its report would match. A line that is found
# fails the test until it is taken out; a miss that is not listed fails it, too.
`

func readMisses(t *testing.T) *misses {
	data, err := os.ReadFile(missesFile)
	if err != nil && !*update {
		t.Fatal(err)
	}
	m := &misses{listed: map[string]bool{}}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			m.listed[line] = true
		}
	}
	return m
}

// text returns the list as it is, or as it should be.
func (m *misses) text(updated bool) string {
	list := m.seen
	if !updated {
		list = nil
		for l := range m.listed {
			list = append(list, l)
		}
	}
	slices.Sort(list)
	return missesHeader + strings.Join(list, "\n") + "\n"
}

// feature is a row of the table: a directory of testdata/src.
type feature struct {
	name                  string
	found, missed, silent int
}

// fineCases counts the cases below dir that must stay silent.
func fineCases(t *testing.T, dir string) int {
	n := 0
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(p) != ".go" {
			return err
		}
		data, err := os.ReadFile(p)
		n += strings.Count(string(data), "// Fine")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// featureTable renders the table for docs/features.md.
func featureTable(rows []feature) string {
	var b strings.Builder
	b.WriteString("# Features and verdicts\n\n" +
		"Each row is a directory of `testdata/src`: programs with deadlocks that must be\n" +
		"reported, and programs of the same shape that must stay silent. The test of the\n" +
		"fixtures writes this table and keeps it true; a false alarm fails it. Deadlocks\n" +
		"that are not found yet are listed in `testdata/misses.txt`.\n\n" +
		"| feature | reported | missed | silent cases |\n|---|--:|--:|--:|\n")
	var sum feature
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %d | %d | %d |\n", r.name, r.found, r.missed, r.silent)
		sum.found, sum.missed, sum.silent = sum.found+r.found, sum.missed+r.missed, sum.silent+r.silent
	}
	fmt.Fprintf(&b, "| **all** | **%d** | **%d** | **%d** |\n", sum.found, sum.missed, sum.silent)
	return b.String()
}

// golden compares the file with what it should hold, or rewrites it.
func golden(t *testing.T, file, want string) {
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(got), want); d != "" {
		t.Errorf("%s is stale (run with -update): -file +now\n%s", file, d)
	}
}
