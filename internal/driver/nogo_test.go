package driver

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A listedPackage is a package as "go list -json" prints it.
type listedPackage struct {
	ImportPath string
	Dir        string
	Export     string
	Standard   bool
	GoFiles    []string
	Imports    []string
}

// nogoBuild drives the analyzer through a build, one process per package.
type nogoBuild struct {
	packages map[string]listedPackage
	dir      string
	done     map[string]bool
	output   map[string]string // file name: content
}

// TestNogo drives the analyzer as Bazel's rules_go drives nogo: each package
// in its own process, facts in files, none for the standard library. The
// results are the same bytes in whatever order the packages are built, as long
// as imports come first.
func TestNogo(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each package")
	}
	module := t.TempDir()
	writeFiles(t, module, map[string]string{
		"go.mod":         "module example.com/m\n\ngo 1.26\n",
		"store/store.go": "package store\n\nimport \"sync\"\n\ntype Store struct{ Mu sync.Mutex }\n\nfunc (s *Store) Len() int {\n\ts.Mu.Lock()\n\tdefer s.Mu.Unlock()\n\treturn 0\n}\n",
		"mid/mid.go":     "package mid\n\nimport \"example.com/m/store\"\n\nfunc Len(s *store.Store) int { return s.Len() }\n",
		"user/user.go":   "package user\n\nimport (\n\t\"example.com/m/mid\"\n\t\"example.com/m/store\"\n)\n\nfunc f(s *store.Store) {\n\ts.Mu.Lock()\n\tdefer s.Mu.Unlock()\n\tmid.Len(s)\n}\n",
	})
	tests := []struct {
		name, dir, pattern string
		want               string // pattern of a finding that must be there
	}{
		{"module", module, "./...", `^user\.go:11:\d+: .* \[relock\]$`},
		{"reference", filepath.Join("..", ".."), "./reference/buggy/...", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			packages := listPackagesJSON(t, tt.dir, tt.pattern)
			forward := buildNogo(t, packages, strings.Compare)
			backward := buildNogo(t, packages, func(a, b string) int { return strings.Compare(b, a) })
			if diff := cmp.Diff(forward, backward); diff != "" {
				t.Errorf("the order matters (-forward +backward):\n%s", diff)
			}
			findings := checkNogo(t, tt.dir, forward)
			if !regexp.MustCompile(tt.want).MatchString(findings) {
				t.Errorf("no finding matches %s in\n%s", tt.want, findings)
			}
			t.Logf("%d files, findings:\n%s", len(forward), findings)
		})
	}
}

// checkNogo checks that no output holds the place of the sources, and returns
// the findings.
func checkNogo(t *testing.T, dir string, output map[string]string) string {
	t.Helper()
	abs, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	var findings []string
	for name, content := range output {
		if strings.Contains(content, abs) {
			t.Errorf("%s holds the absolute path of the sources", name)
		}
		if strings.HasSuffix(name, ".report") && content != "" {
			findings = append(findings, strings.TrimSpace(content))
		}
	}
	slices.Sort(findings)
	return strings.Join(findings, "\n")
}

// listPackagesJSON lists packages and all that they import, compiled.
func listPackagesJSON(t *testing.T, dir string, pattern string) map[string]listedPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-export", "-json=ImportPath,Dir,Export,Standard,GoFiles,Imports", pattern)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	packages := make(map[string]listedPackage)
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listedPackage
		if err := dec.Decode(&p); err == io.EOF {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages[p.ImportPath] = p
	}
}

// buildNogo analyses all packages but the standard library in the order that
// compare gives, imports first, and returns the files that came out.
func buildNogo(t *testing.T, packages map[string]listedPackage, compare func(a, b string) int) map[string]string {
	t.Helper()
	b := &nogoBuild{packages: packages, dir: t.TempDir(), done: make(map[string]bool), output: make(map[string]string)}
	var paths []string
	for path, p := range packages {
		if !p.Standard {
			paths = append(paths, path)
		}
	}
	slices.SortFunc(paths, compare)
	for _, path := range paths {
		b.build(t, path, compare)
	}
	return b.output
}

// build analyses a package after its imports.
func (b *nogoBuild) build(t *testing.T, path string, compare func(a, b string) int) {
	t.Helper()
	p := b.packages[path]
	if b.done[path] || p.Standard || path == "unsafe" || path == "C" {
		return
	}
	b.done[path] = true
	slices.SortFunc(p.Imports, compare)
	base := strings.ReplaceAll(path, "/", "_")
	cfg := nogoConfig{
		ImportPath: path,
		Export:     make(map[string]string),
		Facts:      make(map[string]string),
		FactsOut:   filepath.Join(b.dir, base+".facts"),
		ReportOut:  filepath.Join(b.dir, base+".report"),
	}
	for _, name := range p.GoFiles {
		cfg.GoFiles = append(cfg.GoFiles, filepath.Join(p.Dir, name))
	}
	for other, q := range b.packages {
		cfg.Export[other] = q.Export
	}
	for _, imp := range p.Imports {
		b.build(t, imp, compare)
		if b.done[imp] {
			cfg.Facts[imp] = filepath.Join(b.dir, strings.ReplaceAll(imp, "/", "_")+".facts")
		}
	}
	b.exec(t, base, cfg)
}

// exec runs the unit in a process of its own and keeps what it wrote.
func (b *nogoBuild) exec(t *testing.T, base string, cfg nogoConfig) {
	t.Helper()
	text, err := json.Marshal(cfg)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(b.dir, base+".json")
	if err := os.WriteFile(name, text, 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("nogo-unit", name).CombinedOutput(); err != nil {
		t.Fatalf("nogo-unit: %v\n%s", err, out)
	}
	for _, out := range []string{cfg.FactsOut, cfg.ReportOut} {
		content, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		b.output[filepath.Base(out)] = string(content)
	}
}
