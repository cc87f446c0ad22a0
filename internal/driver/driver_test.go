package driver

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lockreentry/lockreentry/internal/report"
)

func TestParsePosition(t *testing.T) {
	tests := []struct {
		in   string
		want report.Position
	}{
		{"/a/b.go:12:3", report.Position{File: "/a/b.go", Line: 12, Column: 3}},
		{"/a/b.go:12", report.Position{File: "/a/b.go", Line: 12}},
		{"/a/b.go", report.Position{File: "/a/b.go"}},
		{`C:\a\b.go:12:3`, report.Position{File: `C:\a\b.go`, Line: 12, Column: 3}},
		{"/a:1/b.go:12:3", report.Position{File: "/a:1/b.go", Line: 12, Column: 3}},
		{"-", report.Position{}},
		{"", report.Position{}},
	}
	for _, tt := range tests {
		if got := parsePosition(tt.in); got != tt.want {
			t.Errorf("parsePosition(%q) = %+v, want %+v", tt.in, got, tt.want)
		}
	}
}

func TestImportPath(t *testing.T) {
	tests := map[string]string{
		"example.com/p":                                  "example.com/p",
		"example.com/p [example.com/p.test]":             "example.com/p",
		"example.com/p_test [example.com/p.test]":        "example.com/p",
		"example.com/my_test [example.com/my_test.test]": "example.com/my_test",
	}
	for id, want := range tests {
		if got := importPath(id); got != want {
			t.Errorf("importPath(%q) = %q, want %q", id, got, want)
		}
	}
}

func TestParseFailures(t *testing.T) {
	const text = `go: downloading example.com/x v1.0.0
pattern ./nothing: directory not found
# example.com/m/a
a/a.go:3:1: first
a/a.go:4:1: second
# example.com/m/b [example.com/m/b.test]
b/b.go:1:1: third
# example.com/m/silent
`
	want := []report.Failure{
		{Message: "pattern ./nothing: directory not found"},
		{Package: "example.com/m/a", Message: "a/a.go:3:1: first\na/a.go:4:1: second"},
		{Package: "example.com/m/b", Message: "b/b.go:1:1: third"},
	}
	if diff := cmp.Diff(want, parseFailures(text)); diff != "" {
		t.Errorf("failures differ (-want +got):\n%s", diff)
	}
}

// TestDecodeTrees checks that broken output of the vettool is an error, and
// what came before it is not lost.
func TestDecodeTrees(t *testing.T) {
	units := 0
	err := decodeTrees(strings.NewReader(`{}{"p": {"x": []}} panic: no`), func(vetTree) { units++ })
	if err == nil || units != 2 {
		t.Errorf("%d units, error %v; want 2 and an error", units, err)
	}
}

// TestResultOrder checks that findings come out the same in whatever order the
// packages were analysed, and once, however many variants reported them.
func TestResultOrder(t *testing.T) {
	tree := func(id, posn string) vetTree {
		return vetTree{id: {"lockreentry": []byte(`[{"posn": "` + posn + `", "end": "` + posn + `", "message": "m [c]", "category": "c"}]`)}}
	}
	trees := []vetTree{
		tree("p", "/p/a.go:10:2"),
		tree("p [p.test]", "/p/a.go:10:2"),
		tree("p [p.test]", "/p/a.go:9:12"),
		tree("q", "/p/b.go:1:1"),
	}
	arrange := func(order ...int) *result {
		r := &result{source: report.NewSource()}
		for _, i := range order {
			r.add(trees[i])
		}
		r.arrange("/")
		return r
	}
	want := arrange(0, 1, 2, 3)
	if len(want.findings) != 3 || want.findings[0].Start.Line != 9 || want.findings[1].Message != "m" {
		t.Errorf("findings %+v", want.findings)
	}
	if diff := cmp.Diff(want.findings, arrange(3, 2, 1, 0).findings); diff != "" {
		t.Errorf("order matters:\n%s", diff)
	}
}

func TestEnclosing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.go")
	const text = `package a

func (c *C[K, V]) get() { c.mu.Lock() }
func (c C) put() { func() { f(c.g()) }() }
func plain() { x := y }
var v = f()
broken {
`
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	parsed := parseSource(file)
	tests := []struct {
		line, column   int
		function, call string
	}{
		{3, 27, "(*C).get", "c.mu.Lock"},
		{3, 32, "(*C).get", "c.mu.Lock"},
		{4, 29, "C.put", "f"},
		{4, 31, "C.put", "c.g"},
		{5, 17, "plain", ""},
		{6, 9, "", "f"},
		{99, 1, "", ""},
	}
	for _, tt := range tests {
		function, call := parsed.enclosing(report.Position{File: file, Line: tt.line, Column: tt.column})
		if function != tt.function || call != tt.call {
			t.Errorf("enclosing(%d:%d) = %q, %q; want %q, %q", tt.line, tt.column, function, call, tt.function, tt.call)
		}
	}
	if function, _ := parseSource("nowhere.go").enclosing(report.Position{Line: 1}); function != "" {
		t.Errorf("a missing file has a function %q", function)
	}
}

// TestRules checks what is read out of a package comment.
func TestRules(t *testing.T) {
	rules := parseRules(fakeDoc, "https://example.com/doc")
	if len(rules) != 2 || rules[0].Code != "recursive-rlock" || rules[1].Code != "relock" {
		t.Fatalf("rules %+v", rules)
	}
	r := rules[1]
	if r.Summary != "Lock is called while the goroutine holds the lock." || r.URL != "https://example.com/doc#hdr-relock" {
		t.Errorf("rule %+v", r)
	}
	if !strings.Contains(r.Help, "\tmu.Lock() // deadlock\n") || strings.Contains(r.Help, "Suppressing") {
		t.Errorf("help %q", r.Help)
	}
	if got := rules[0].URL; got != "https://example.com/doc#hdr-recursive_rlock" {
		t.Errorf("URL %q is not the anchor that pkg.go.dev makes", got)
	}
}

// TestProgress checks that nothing but messages goes to what is no terminal,
// and that the line of a terminal is cleared before a message.
func TestProgress(t *testing.T) {
	var buf bytes.Buffer
	p := newProgress(&buf, "tool")
	p.unit()
	if _, err := p.Write([]byte("message\n")); err != nil {
		t.Fatal(err)
	}
	p.stop()
	if got := buf.String(); got != "message\n" {
		t.Errorf("wrote %q", got)
	}
	buf.Reset()
	p = &progress{w: &buf, name: "tool", start: time.Now()}
	p.draw()
	p.unit()
	p.draw()
	_, _ = p.Write([]byte("message\n"))
	if got := buf.String(); got != "tool: analysing dependencies, 0s\r\x1b[Ktool: 1 package analysed, 0s\r\x1b[Kmessage\n" {
		t.Errorf("wrote %q", got)
	}
}
