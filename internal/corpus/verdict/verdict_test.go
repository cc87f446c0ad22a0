package verdict

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

const recorded = `# comment
true-bug relock m a.go:3 (*T).F t.mu
	F calls G,
	which locks.

false-alarm once m b.go:7 G the result of f()
	Not the same object.
`

func TestParse(t *testing.T) {
	got, err := Parse(strings.NewReader(recorded))
	if err != nil {
		t.Fatal(err)
	}
	want := []Verdict{
		{Key{"m", "a.go", 3, "relock", "t.mu"}, "(*T).F", TrueBug, "F calls G, which locks."},
		{Key{"m", "b.go", 7, "once", "the result of f()"}, "G", FalseAlarm, "Not the same object."},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("have %+v\nwant %+v", got, want)
	}
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		"\treason\n":                                       "line 1: reason stands before the first verdict",
		"true-bug relock m a.go:3 F\n":                     "want",
		"true-bug relock m a.go F mu\n\tr\n":               "position",
		"maybe relock m a.go:3 F mu\n\tr\n":                `unknown kind "maybe"`,
		"true-bug relock m a.go:3 F mu\n":                  "verdict has no reason",
		strings.Repeat("latent c m a.go:3 F mu\n\tr\n", 2): "second verdict on mu",
	} {
		if _, err := Parse(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error is %v, want %s", text, err, want)
		}
	}
}

func TestCompare(t *testing.T) {
	verdicts := []Verdict{
		{Key{"m", "a.go", 1, "relock", "mu"}, "F", TrueBug, "r"},
		{Key{"m", "a.go", 2, "relock", "mu"}, "F", FalseAlarm, "r"},
		{Key{"m", "a.go", 3, "relock", "mu"}, "F", Latent, "lost"},
		{Key{"m", "a.go", 4, "relock", "mu"}, "F", FalseAlarm, "learned"},
		{Key{"other", "a.go", 1, "relock", "mu"}, "F", TrueBug, "r"},
	}
	found := func(line int) Finding { return Finding{Key: Key{"m", "a.go", line, "relock", "mu"}} }

	c := Compare("m", []Finding{found(1), found(1), found(2), found(9)}, verdicts)
	if len(c.Judged) != 3 || c.FalseAlarms != 1 {
		t.Errorf("judged: %+v, %d false alarms", c.Judged, c.FalseAlarms)
	}
	if !reflect.DeepEqual(c.Unjudged, []Finding{found(9)}) {
		t.Errorf("unjudged: %+v", c.Unjudged)
	}
	if len(c.Missing) != 1 || c.Missing[0].Reason != "lost" {
		t.Errorf("missing: %+v", c.Missing)
	}
	if c.Clean() {
		t.Error("clean, with everything wrong with it")
	}
	if c := Compare("m", []Finding{found(1), found(3)}, verdicts); !c.Clean() {
		t.Errorf("not clean: %+v", c)
	}
}

func TestReader(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "sub", "a.go")
	if err := os.Mkdir(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	const source = "package sub\n\nfunc (t *T) F() {\n\tt.mu.Lock()\n}\n\nvar v = 1\n"
	if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	r := NewReader("m", root)
	f, err := r.Finding(vetrun.Diagnostic{
		Category: "relock", File: file, Line: 4, Column: 2,
		Message: "t.mu is locked again while held: locked at " + file + ":3",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := Finding{
		Key:      Key{"m", "sub/a.go", 4, "relock", "t.mu"},
		Function: "(*T).F",
		Message:  "t.mu is locked again while held: locked at sub/a.go:3",
	}
	want.Message = strings.ReplaceAll(want.Message, "/", string(filepath.Separator))
	if f != want {
		t.Errorf("have %+v\nwant %+v", f, want)
	}
	if head := f.Head(TrueBug); head != "true-bug relock m sub/a.go:4 (*T).F t.mu" {
		t.Errorf("head is %q", head)
	}
	for line, want := range map[int]string{7: "-", 3: "(*T).F"} {
		if got := r.function(vetrun.Diagnostic{File: file, Line: line}); got != want {
			t.Errorf("function at line %d is %s, want %s", line, got, want)
		}
	}
	if got := r.function(vetrun.Diagnostic{File: filepath.Join(root, "parser.y"), Line: 1}); got != "-" {
		t.Errorf("function in a file that is not there is %s", got)
	}
}

func TestFunctionName(t *testing.T) {
	const source = `package p
func F() {}
func (T) M() {}
func (t *T) P() {}
func (t *T[K, V]) G() {}
func (t (T[K])) V() {}
`
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, decl := range file.Decls {
		got = append(got, functionName(decl.(*ast.FuncDecl)))
	}
	want := []string{"F", "T.M", "(*T).P", "(*T).G", "T.V"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("have %q, want %q", got, want)
	}
}
