package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// linter is the golangci-lint that TestMain built.
var linter string

// TestMain builds golangci-lint with the plugin. From an empty build cache that
// takes minutes; this module is one of its own so that "go test ./..." at the
// root does not.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "golangci")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		linter = filepath.Join(dir, "golangci-lint")
		if out, err := exec.Command("go", "build", "-o", linter, ".").CombinedOutput(); err != nil {
			panic(string(out))
		}
		return m.Run()
	}())
}

// config returns a .golangci.yml with the plugin and these settings, which are
// indented by ten spaces.
func config(settings string) string {
	text := `version: "2"
linters:
  default: none
  enable: [lockreentry]
  settings:
    custom:
      lockreentry:
        type: module
`
	if settings != "" {
		text += "        settings:\n" + settings + "\n"
	}
	return text
}

// module is a module with one finding of each of two codes, one in a call to
// another package, and one that a comment suppresses.
var module = map[string]string{
	"go.mod": "module example.com/m\n\ngo 1.26\n",
	"store/store.go": `package store

import "sync"

type Store struct {
	Mu sync.RWMutex
	n  int
}

func (s *Store) Len() int {
	s.Mu.RLock()
	defer s.Mu.RUnlock()
	return s.n
}
`,
	"user/user.go": `package user

import "example.com/m/store"

func put(s *store.Store) int {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	return s.Len()
}

func read(s *store.Store) int {
	s.Mu.RLock()
	defer s.Mu.RUnlock()
	return s.Len()
}

func quiet(s *store.Store) int {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	return s.Len() //nolint:lockreentry // shows that nolint works
}
`,
}

// A workspace is a directory to run golangci-lint in, with its own cache.
type workspace struct {
	t          *testing.T
	dir, cache string
}

// newWorkspace writes the files and the configuration.
func newWorkspace(t *testing.T, files map[string]string, settings string) *workspace {
	t.Helper()
	w := &workspace{t, t.TempDir(), t.TempDir()}
	for name, text := range files {
		w.write(name, text)
	}
	w.write(".golangci.yml", config(settings))
	return w
}

// write writes a file of the workspace.
func (w *workspace) write(name, text string) {
	w.t.Helper()
	name = filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		w.t.Fatal(err)
	}
}

// run runs golangci-lint and returns its exit status and output.
func (w *workspace) run(args ...string) (status int, stdout, stderr string) {
	w.t.Helper()
	cmd := exec.Command(linter, append([]string{"run"}, args...)...)
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "GOLANGCI_LINT_CACHE="+w.cache, "GL_DEBUG=goanalysis/issues/cache", "GOFLAGS=")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); cmd.ProcessState == nil {
		w.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

// issues runs golangci-lint and returns its issues, "file: text", sorted.
func (w *workspace) issues(args ...string) []string {
	w.t.Helper()
	_, stdout, stderr := w.run(append([]string{"--output.json.path=stdout", "--show-stats=false"}, args...)...)
	var report struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename string
			}
		}
	}
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		w.t.Fatalf("%v\n%s\n%s", err, stdout, stderr)
	}
	var list []string
	for _, i := range report.Issues {
		if i.FromLinter != "lockreentry" {
			w.t.Errorf("issue of %s: %s", i.FromLinter, i.Text)
		}
		list = append(list, filepath.ToSlash(i.Pos.Filename)+": "+i.Text)
	}
	slices.Sort(list)
	return list
}

// codes returns the sorted codes at the end of issues.
func codes(issues []string) []string {
	var list []string
	for _, i := range issues {
		list = append(list, i[strings.LastIndexByte(i, '['):])
	}
	slices.Sort(list)
	return list
}

// TestFindings checks that each finding is one issue whose text tells the
// path, across packages, and that nolint is honoured.
func TestFindings(t *testing.T) {
	w := newWorkspace(t, module, "")
	status, stdout, stderr := w.run()
	if status != 1 {
		t.Errorf("exit status %d\n%s", status, stderr)
	}
	for _, want := range []string{`user/user\.go:8:\d+: .*Len.*RLock at store\.go:11.*\[downgrade\]`, `user/user\.go:14:\d+: .*\[recursive-rlock\]`, `(?m)^2 issues:$`} {
		if !regexp.MustCompile(want).MatchString(stdout) {
			t.Errorf("no match for %s in\n%s", want, stdout)
		}
	}
	if got := codes(w.issues("./...")); !slices.Equal(got, []string{"[downgrade]", "[recursive-rlock]"}) {
		t.Errorf("codes %v", got)
	}
}

// TestSettings checks that settings reach the analyzer and mistakes are told.
func TestSettings(t *testing.T) {
	w := newWorkspace(t, module, "          disable: [recursive-rlock]")
	if got := codes(w.issues("./...")); !slices.Equal(got, []string{"[downgrade]"}) {
		t.Errorf("codes %v", got)
	}
	w = newWorkspace(t, module, "          disabled: [recursive-rlock]")
	status, _, stderr := w.run("./...")
	if status == 0 || !strings.Contains(stderr, `unknown field "disabled"`) {
		t.Errorf("exit status %d\n%s", status, stderr)
	}
	w = newWorkspace(t, module, "          disable: [reloc]")
	status, _, stderr = w.run("./...")
	if status == 0 || !strings.Contains(stderr, `unknown code "reloc"`) {
		t.Errorf("exit status %d\n%s", status, stderr)
	}
}

// TestFailure checks that a package that does not compile is no success.
func TestFailure(t *testing.T) {
	w := newWorkspace(t, module, "")
	w.write("user/more.go", "package user\n\nvar more int = \"\"\n")
	if status, stdout, stderr := w.run("./..."); status == 0 || !strings.Contains(stdout, "user/more.go:3:16") {
		t.Errorf("exit status %d\n%s\n%s", status, stdout, stderr)
	}
}

// TestSARIF checks that golangci-lint's SARIF output has the findings.
func TestSARIF(t *testing.T) {
	w := newWorkspace(t, module, "")
	_, stdout, stderr := w.run("--output.sarif.path=stdout", "--show-stats=false", "./...")
	var log struct {
		Version string
		Runs    []struct {
			Results []struct {
				RuleID  string
				Message struct{ Text string }
			}
		}
	}
	if err := json.Unmarshal([]byte(stdout), &log); err != nil {
		t.Fatalf("%v\n%s\n%s", err, stdout, stderr)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || len(log.Runs[0].Results) != 2 {
		t.Fatalf("log %s", stdout)
	}
	for _, r := range log.Runs[0].Results {
		if r.RuleID != "lockreentry" || !strings.Contains(r.Message.Text, "Store.Len → s.Mu.RLock at store.go:11") {
			t.Errorf("result %+v", r)
		}
	}
}

// analysed matches golangci-lint's note on how many packages it analysed.
var analysed = regexp.MustCompile(`Loaded (\d+) issues from cache in .*, analyzing (\d+)/(\d+) packages`)

// TestCache checks that a second run comes from the cache, gives the same, and
// that a changed package is analysed anew with those that import it.
func TestCache(t *testing.T) {
	w := newWorkspace(t, module, "")
	run := func() (issues, packages, output string) {
		_, stdout, stderr := w.run("--show-stats=false", "./...")
		m := analysed.FindStringSubmatch(stderr)
		if m == nil {
			t.Fatalf("no note on the cache in\n%s", stderr)
		}
		return m[1], m[2] + "/" + m[3], stdout
	}
	issues, packages, first := run()
	if issues != "0" || packages != "2/2" {
		t.Errorf("first run: %s issues from the cache, analysed %s", issues, packages)
	}
	issues, packages, second := run()
	if issues == "0" || packages != "0/2" || first != second {
		t.Errorf("second run: %s issues from the cache, analysed %s\n%s\n%s", issues, packages, first, second)
	}
	w.write("store/more.go", "package store\n\nvar More int\n")
	if _, packages, third := run(); packages != "2/2" || first != third {
		t.Errorf("after a change: analysed %s\n%s", packages, third)
	}
}

// TestDocs checks that the .golangci.yml of the documentation works as it is.
func TestDocs(t *testing.T) {
	w := newWorkspace(t, module, "")
	w.write(".golangci.yml", blockOf(t, "ci.md", ".golangci.yml"))
	if got := codes(w.issues("--enable-only=lockreentry", "./...")); !slices.Equal(got, []string{"[downgrade]"}) {
		t.Errorf("codes %v", got)
	}
}

// TestModels checks that models get in by the settings, as the page on models
// shows it: without them its own lock is none.
func TestModels(t *testing.T) {
	files := map[string]string{"go.mod": "module example.com/app\n\ngo 1.26\n"}
	for _, name := range []string{"spin/spin.go", "jobs/jobs.go"} {
		files[name] = blockOf(t, "models.md", name)
	}
	w := newWorkspace(t, files, "")
	if got := w.issues("./..."); len(got) != 0 {
		t.Errorf("without models: %q", got)
	}
	w.write(".golangci.yml", blockOf(t, "models.md", ".golangci.yml"))
	got := w.issues("--enable-only=lockreentry", "./...")
	if len(got) != 1 || !strings.Contains(got[0], "Queue.Len → q.mu.Lock") || !strings.HasSuffix(got[0], "[relock]") {
		t.Errorf("with models: %q", got)
	}
}

// TestCustom checks that the .custom-gcl.yml of the documentation names the
// golangci-lint that is tested here, and the module and package of the plugin.
func TestCustom(t *testing.T) {
	text := blockOf(t, "ci.md", ".custom-gcl.yml")
	for _, want := range []struct{ key, format, of string }{
		{"version", "{{.Module.Version}}", "github.com/golangci/golangci-lint/v2/pkg/commands"},
		{"- module", "{{.Module.Path}}", "github.com/lockreentry/lockreentry/golangci"},
		{"import", "{{.ImportPath}}", "github.com/lockreentry/lockreentry/golangci"},
	} {
		out, err := exec.Command("go", "list", "-f", want.format, want.of).Output()
		if err != nil {
			t.Fatal(err)
		}
		if line := want.key + ": " + string(out); !strings.Contains(text, line) {
			t.Errorf("no line %s in\n%s", line, text)
		}
	}
}

// blockOf returns the text of a file as a page of the documentation has it.
func blockOf(t *testing.T, page, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(text), "<!-- file: "+file+" -->\n```")
	_, after, line := strings.Cut(after, "\n")
	body, _, end := strings.Cut(after, "```\n")
	if !ok || !line || !end {
		t.Fatalf("no %s in docs/%s", file, page)
	}
	return body
}

// TestReference runs golangci-lint on the reference proxy: one finding in the
// variant with the bug, none in the fixed one.
func TestReference(t *testing.T) {
	w := newWorkspace(t, nil, "")
	cfg := filepath.Join(w.dir, ".golangci.yml")
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	w.dir = root
	buggy := w.issues("--config="+cfg, "./reference/buggy/...")
	if len(buggy) != 1 || !strings.Contains(buggy[0], "relaxListener") || !strings.HasSuffix(buggy[0], "[relock]") {
		t.Errorf("buggy: %q", buggy)
	}
	if fixed := w.issues("--config="+cfg, "./reference/fixed/..."); len(fixed) != 0 {
		t.Errorf("fixed: %q", fixed)
	}
}
