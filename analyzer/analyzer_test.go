package analyzer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/lockreentry/lockreentry/analyzer"
)

// TestFixtures runs every package under testdata/src, one directory for each
// feature, against its want comments.
func TestFixtures(t *testing.T) {
	testdata, err := filepath.Abs(filepath.Join("..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(testdata, "src"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			analysistest.Run(t, testdata, analyzer.Analyzer, packagesBelow(t, filepath.Join(testdata, "src"), e.Name())...)
		})
	}
}

// packagesBelow lists the directories with Go files at or below root/dir.
func packagesBelow(t *testing.T, root, dir string) []string {
	var pkgs []string
	err := filepath.WalkDir(filepath.Join(root, dir), func(p string, d os.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		files, err := filepath.Glob(filepath.Join(p, "*.go"))
		if err != nil {
			return err
		}
		if len(files) > 0 && !strings.Contains(p, "/vendor/") {
			rel, err := filepath.Rel(root, p)
			if err != nil {
				return err
			}
			pkgs = append(pkgs, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pkgs
}
