package house

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	module = "github.com/lockreentry/lockreentry/"
	root   = "../.."
)

// arrows lists what each package of the tool may import of the others. The
// order is from the bottom up: a package may import only what stands above it.
var arrows = []struct {
	pkg  string
	uses string
}{
	{"internal/path", ""},
	{"internal/lock", ""},
	{"internal/codedoc", ""},
	{"internal/heap", "internal/path"},
	{"internal/summary", "internal/path internal/lock internal/heap"},
	{"internal/callgraph", "internal/path internal/summary"},
	{"internal/lockset", "internal/path internal/lock internal/heap internal/summary internal/callgraph"},
	{"internal/finding", "internal/lock internal/summary"},
	{"internal/report", "internal/finding"},
	{"analyzer", "internal/path internal/lock internal/codedoc internal/heap internal/summary internal/callgraph internal/lockset internal/finding"},
	{"internal/driver", "internal/lock internal/report internal/codedoc analyzer"},
	{"golangci", "internal/lock analyzer"},
	{"cmd/lockreentry", "analyzer internal/driver"},
}

// core are the packages that know no driver: they take SSA and return findings
// and summaries.
var core = strings.Fields("internal/path internal/lock internal/heap internal/lockset internal/summary internal/callgraph internal/finding")

// listed is a package as the go command lists it.
type listed struct {
	ImportPath string
	Imports    []string
}

// list returns the imports of the packages of this module by their path in it.
func list(t *testing.T) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = root
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	pkgs := map[string][]string{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); err == io.EOF {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs[strings.TrimPrefix(p.ImportPath, module)] = p.Imports
	}
}

// TestArrows checks that the packages of the tool import only what they may,
// and that all of them are listed.
func TestArrows(t *testing.T) {
	pkgs := list(t)
	known := map[string]bool{}
	for _, a := range arrows {
		allowed := strings.Fields(a.uses)
		for _, u := range allowed {
			if !known[u] {
				t.Errorf("arrows: %s may import %s, which does not stand above it", a.pkg, u)
			}
		}
		known[a.pkg] = true
		imports, ok := pkgs[a.pkg]
		if !ok {
			t.Errorf("there is no package %s", a.pkg)
		}
		for _, imp := range imports {
			imp, ours := strings.CutPrefix(imp, module)
			if ours && !slices.Contains(allowed, imp) {
				t.Errorf("%s must not import %s", a.pkg, imp)
			}
		}
	}
	for _, pkg := range slices.Sorted(maps.Keys(pkgs)) {
		if !known[pkg] && pkg != "internal/house" && pkg != "internal/randprog" && !strings.HasPrefix(pkg, "reference") {
			t.Errorf("%s is not among the arrows", pkg)
		}
	}
}

// TestCore checks that the core does not depend on a driver.
func TestCore(t *testing.T) {
	pkgs := list(t)
	for _, pkg := range core {
		for _, imp := range pkgs[pkg] {
			if imp == "golang.org/x/tools/go/analysis" || strings.HasPrefix(imp, "golang.org/x/tools/go/analysis/") || imp == "golang.org/x/tools/go/packages" {
				t.Errorf("%s must not import %s", pkg, imp)
			}
		}
	}
}

// TestArrowsOfReference checks that the analyzer and the program that it is
// tried on do not import each other.
func TestArrowsOfReference(t *testing.T) {
	for pkg, imports := range list(t) {
		for _, imp := range imports {
			imp, ours := strings.CutPrefix(imp, module)
			if ours && strings.HasPrefix(pkg, "reference") != strings.HasPrefix(imp, "reference") {
				t.Errorf("%s must not import %s", pkg, imp)
			}
		}
	}
}

// telling matches names that are no ordinary words.
var telling = regexp.MustCompile(`[a-z][A-Z]|(?i)proxy|frontend|listener`)

// TestNoReferenceNames checks that the analyzer reasons and does not know: the
// names that the reference proxy declares do not occur in its code.
func TestNoReferenceNames(t *testing.T) {
	names := declared(t, "reference/buggy/lb", "reference/internal/mtlist")
	maps.DeleteFunc(names, func(name string, _ bool) bool { return !telling.MatchString(name) })
	for _, must := range []string{"listenerQueue", "dequeueProxyListeners", "relaxListener", "frontend", "Proxy"} {
		if !names[must] {
			t.Errorf("%s is not among the names of the reference", must)
		}
	}
	models, err := os.ReadFile(filepath.Join(root, "internal", "lock", "models.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wordPattern.FindAllString(string(models), -1) {
		if names[w] {
			t.Errorf("models.txt: %s is a name of the reference proxy", w)
		}
	}
	for _, pkg := range append(slices.Clone(core), "analyzer") {
		for _, file := range sources(t, pkg) {
			for _, word := range words(t, file) {
				if names[word.text] {
					t.Errorf("%s: %s is a name of the reference proxy", word.pos, word.text)
				}
			}
		}
	}
}

// declared returns the names of the functions, types, fields and variables
// that the packages in dirs declare outside of functions.
func declared(t *testing.T, dirs ...string) map[string]bool {
	names := map[string]bool{}
	for _, dir := range dirs {
		for _, file := range sources(t, dir) {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					names[n.Name.Name] = true
					return false
				case *ast.TypeSpec:
					names[n.Name.Name] = true
				case *ast.ValueSpec:
					for _, id := range n.Names {
						names[id.Name] = true
					}
				case *ast.StructType:
					for _, field := range n.Fields.List {
						for _, id := range field.Names {
							names[id.Name] = true
						}
					}
				}
				return true
			})
		}
	}
	return names
}

// sources returns the Go files of the package in dir that are no tests.
func sources(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no Go files in %s: %v", dir, err)
	}
	return slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") })
}

// word is an identifier, or a word in a string.
type word struct {
	text string
	pos  token.Position
}

var wordPattern = regexp.MustCompile(`\w+`)

// words returns the identifiers of a file and the words in its strings.
// Comments are left out: they may give examples.
func words(t *testing.T, file string) []word {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var out []word
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Ident:
			out = append(out, word{n.Name, fset.Position(n.Pos())})
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				for _, w := range wordPattern.FindAllString(n.Value, -1) {
					out = append(out, word{w, fset.Position(n.Pos())})
				}
			}
		}
		return true
	})
	return out
}

// boundName matches the names of constants that bound the analysis.
var boundName = regexp.MustCompile(`^(max|per|small|tiny)[A-Z]`)

// TestBounds checks that the table in docs/architecture.md has every bound of
// the source with its value.
func TestBounds(t *testing.T) {
	got := map[string]string{}
	for _, pkg := range core {
		for _, file := range sources(t, pkg) {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				spec, ok := n.(*ast.ValueSpec)
				if !ok {
					return true
				}
				for i, id := range spec.Names {
					if boundName.MatchString(id.Name) && i < len(spec.Values) {
						if lit, ok := spec.Values[i].(*ast.BasicLit); ok {
							got[f.Name.Name+"."+id.Name] = lit.Value
						}
					}
				}
				return true
			})
		}
	}
	text, err := os.ReadFile(filepath.Join(root, "docs", "architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `(\\w+\\.\\w+)` \\| ([\\d_]+) \\|").FindAllStringSubmatch(string(text), -1) {
		want[m[1]] = m[2]
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if want[name] != got[name] {
			t.Errorf("docs/architecture.md: %s is %s in the source, and %q in the table of bounds", name, got[name], want[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] == "" {
			t.Errorf("docs/architecture.md: there is no bound %s", name)
		}
	}
}

// TestLinks checks that links between the pages of the documentation lead
// somewhere.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	var pages []string
	for _, pattern := range []string{"*.md", "docs/*.md", "reference/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			target, fragment, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, "://") {
				continue
			}
			file := page
			if target != "" {
				file = filepath.Join(filepath.Dir(page), target)
			}
			if err := reach(file, fragment); err != nil {
				t.Errorf("%s: link to %s: %v", page, m[1], err)
			}
		}
	}
}

// reach checks that a file, and a heading in it, exist.
func reach(file, fragment string) error {
	info, err := os.Stat(file)
	if err != nil || fragment == "" || info.IsDir() {
		return err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		if heading, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && line[0] == '#' && slug(heading) == fragment {
			return nil
		}
	}
	return fmt.Errorf("no such heading: %w", fs.ErrNotExist)
}

// slug returns the fragment by which the heading can be linked to.
func slug(heading string) string {
	heading = strings.ToLower(strings.TrimSpace(heading))
	heading = regexp.MustCompile(`[^\w\s-]`).ReplaceAllString(heading, "")
	return strings.ReplaceAll(heading, " ", "-")
}
