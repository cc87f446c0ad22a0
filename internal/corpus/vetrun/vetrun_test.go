package vetrun

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

func TestDecode(t *testing.T) {
	const stdout = `{}
{"p [p.test]": {"toy": [
	{"category": "late", "posn": "/d/b.go:7:2", "end": "/d/b.go:7:9", "message": "second"},
	{"posn": "/d/a.go:3:1", "message": "first"}
]}}
{"p_test [p.test]": {"toy": {"error": "gave up"}}}
`
	r := new(Result)
	units, err := r.decode([]byte(stdout))
	if err != nil {
		t.Fatal(err)
	}
	if units != 3 {
		t.Errorf("%d units", units)
	}
	diagnostics := []Diagnostic{
		{"p", "toy", "", "/d/a.go", 3, 1, "first"},
		{"p", "toy", "late", "/d/b.go", 7, 2, "second"},
	}
	if !reflect.DeepEqual(r.Diagnostics, diagnostics) {
		t.Errorf("diagnostics: %+v", r.Diagnostics)
	}
	if failures := []Failure{{"p_test", "toy: gave up"}}; !reflect.DeepEqual(r.Failures, failures) {
		t.Errorf("failures: %+v", r.Failures)
	}
	if _, err := new(Result).decode([]byte("{")); err == nil {
		t.Error("no error for half an object")
	}
}

func TestReadFailures(t *testing.T) {
	for _, test := range []struct {
		name, stdout, stderr string
		failed               bool
		want                 []Failure
	}{
		{name: "good", stdout: "{}{}"},
		{name: "silent", stdout: "{}", want: []Failure{{"", "1 of 2 units gave no answer"}}},
		{name: "warning", stdout: "{}{}", stderr: "# p\nwarning: old function\n"},
		{
			name: "failed", stdout: "{}", failed: true,
			stderr: "go: downloading m v1.0.0\n# p\n# [p]\nvet: a.go:1:2: undefined: x\nmore\n",
			want:   []Failure{{"p", ""}, {"p", "vet: a.go:1:2: undefined: x more"}},
		},
		{name: "mute", stdout: "{}{}", failed: true, want: []Failure{{"", "go vet failed and did not say why"}}},
	} {
		r, err := Run{Units: 2}.read([]byte(test.stdout), []byte(test.stderr), test.failed)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		} else if !reflect.DeepEqual(r.Failures, test.want) {
			t.Errorf("%s: failures are %+v, want %+v", test.name, r.Failures, test.want)
		}
	}
}

func TestSplitPosn(t *testing.T) {
	for posn, want := range map[string]Diagnostic{
		"/d/a.go:3:1":   {File: "/d/a.go", Line: 3, Column: 1},
		"/d/a.go:3":     {File: "/d/a.go", Line: 3},
		`C:\d\a.go:3:1`: {File: `C:\d\a.go`, Line: 3, Column: 1},
		"-":             {File: "-"},
	} {
		var got Diagnostic
		got.File, got.Line, got.Column = splitPosn(posn)
		if got != want {
			t.Errorf("%s: have %+v, want %+v", posn, got, want)
		}
	}
}

func TestCopy(t *testing.T) {
	dir := t.TempDir()
	tool := filepath.Join(dir, "tool")
	if err := os.WriteFile(tool, []byte("tool"), 0o666); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		name, err := Copy(tool, dir, "salt")
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if string(data) != "tool\nsalt\n" {
			t.Errorf("copy is %q", data)
		}
	}
	if a, b := Unused(), Unused(); a == b {
		t.Errorf("salt %q twice", a)
	}
}

// A module of a package that compiles, one that does not, and one that imports
// the first.
var module = map[string]string{
	"go.mod": "module m\n\ngo 1.26.0\n",
	"good/good.go": `package good

import "sync"

type T struct{ sync.Mutex }

func (t *T) F() func() {
	t.Lock()
	defer t.Unlock()
	return func() {}
}
`,
	"good/good_test.go": "package good_test\n",
	"bad/bad.go":        "package bad\n\nvar X = undefined\n",
	"user/user.go":      "package user\n\nimport \"m/good\"\n\nvar X good.T\n",
}

// countingRun writes the module and builds the counting tool.
func countingRun(t *testing.T) Run {
	t.Helper()
	dir := t.TempDir()
	for name, text := range module {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	tool, err := Build(t.Context(), "..", "./census/cmd/census", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return Run{Tool: tool, Dir: dir, Env: append(os.Environ(), "GOWORK=off", "GOFLAGS=")}
}

// do runs the tool on a package and returns the messages and failures.
func do(t *testing.T, r Run) (messages []string, failures []Failure) {
	t.Helper()
	result, err := r.Do(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if result.Usage.CPU == 0 || result.Usage.Wall == 0 {
		t.Errorf("usage: %+v", result.Usage)
	}
	for _, d := range result.Diagnostics {
		messages = append(messages, d.Package+": "+d.Message)
	}
	return messages, result.Failures
}

func TestDo(t *testing.T) {
	run := countingRun(t)
	run.Packages, run.Units, run.WorkDir = []string{"./good"}, 2, t.TempDir()
	messages, failures := do(t, run)
	if len(failures) != 0 {
		t.Errorf("failures: %+v", failures)
	}
	want := []string{
		"m/good: functions 2, lock operations 2",
		"m/good_test: functions 0, lock operations 0",
	}
	if !reflect.DeepEqual(messages, want) {
		t.Errorf("have %q, want %q", messages, want)
	}
	if left, err := os.ReadDir(run.WorkDir); err != nil || len(left) == 0 {
		t.Errorf("no intermediate files: %v, %v", left, err)
	}

	run.Packages, run.Units = []string{"./bad"}, 1
	if _, failures := do(t, run); len(failures) == 0 || failures[0].Package != "m/bad" {
		t.Errorf("failures: %+v", failures)
	}
}

func TestDoTimeout(t *testing.T) {
	run := countingRun(t)
	run.Packages, run.Timeout = []string{"./good"}, 20*time.Millisecond
	result, err := run.Do(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := []Failure{{"", "not done within 20ms"}}; !reflect.DeepEqual(result.Failures, want) {
		t.Errorf("failures: %+v", result.Failures)
	}
}

// TestDoImported vets a package after a package that imports it.
func TestDoImported(t *testing.T) {
	run := countingRun(t)
	tool := run.Tool
	for _, pkg := range []string{"user", "good"} {
		var err error
		if run.Tool, err = Copy(tool, filepath.Dir(tool), t.Name()+pkg); err != nil {
			t.Fatal(err)
		}
		run.Packages = []string{"./" + pkg}
		if messages, _ := do(t, run); len(messages) == 0 {
			t.Errorf("no answer for %s", pkg)
		}
	}
}
