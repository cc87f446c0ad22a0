package report

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "update the golden files")

// A stream is what a driver gives to a handler.
type stream struct {
	name     string
	colour   bool
	findings []Finding
	failures []Failure
	summary  Summary
}

// streams returns the recorded streams that every format is tested with. The
// source files they speak of are in testdata/proxy below root.
func streams(root string) []stream {
	span := func(file string, line, column, endLine, endColumn int) Span {
		if !filepath.IsAbs(file) {
			file = filepath.Join(root, "proxy", file)
		}
		return Span{Position{file, line, column}, Position{file, endLine, endColumn}}
	}
	founding := Finding{
		Code:        "relock",
		Message:     "px.mu is locked again while held: locked at cli.go:4, then dequeueProxyListeners → relaxListener → l.bind.frontend.mu.Lock at listener.go:4",
		Package:     "example.com/proxy",
		Function:    "setMaxconn",
		Fingerprint: "0123456789abcdef",
		Span:        span("cli.go", 6, 18, 6, 43),
		Steps: []Step{
			{span("cli.go", 4, 2, 4, 14), "px.mu is locked"},
			{span("cli.go", 6, 18, 6, 43), "dequeueProxyListeners is called"},
			{Span{Start: Position{File: filepath.Join(root, "gone.go"), Line: 99}}, "a step whose source is not there"},
			{span(filepath.FromSlash("/elsewhere/sync/mutex.go"), 4, 2, 4, 27), "a step outside of the root"},
			{span("listener.go", 4, 2, 4, 27), "l.bind.frontend.mu is locked again"},
		},
	}
	odd := Finding{
		Code:        "unheard-of",
		Message:     "100% odd: a\x1b[31m, b\u202e",
		Fingerprint: "fedcba9876543210",
		Span:        span("listener.go", 7, 1, 9, 2),
		Steps:       []Step{{span("listener.go", 7, 1, 9, 2), "several lines"}},
	}
	plain := Finding{
		Code: "unused-ignore", Message: "the comment suppresses nothing", Package: "example.com/proxy",
		Function: "relaxListener", Fingerprint: "0000000000000001", Span: span("listener.go", 3, 1, 3, 5),
	}
	failure := Failure{Package: "example.com/bad", Message: "bad/bad.go:3:13: mismatched types\nbad/bad.go:4:1: 100% wrong"}
	stale := Stale{Code: "relock", File: "proxy/old.go", Function: "(*T).Old", Message: "t.mu is locked again while held", Fingerprint: "00112233aabbccdd"}
	return []stream{
		{name: "empty"},
		{name: "findings", findings: []Finding{founding, odd, plain}, summary: Summary{Findings: 3}},
		{name: "colour", colour: true, findings: []Finding{founding}, summary: Summary{Findings: 1}},
		{
			name: "incomplete", failures: []Failure{failure, {Message: "no packages"}},
			summary: Summary{Failures: 2, Baselined: 3, Stale: []Stale{stale}},
		},
	}
}

// render sends s through the handler of a format.
func render(t *testing.T, format, root string, s stream) []byte {
	t.Helper()
	var buf bytes.Buffer
	h, err := New(format, &buf, Options{
		Tool: Tool{
			Name: "lockreentry", Version: "v1.2.3", URL: "https://example.com/doc",
			Rules: []Rule{{"relock", "A lock is locked again.", "Text.\n", "*Text.*\n", "https://example.com/doc#hdr-relock"}},
		},
		Dir: filepath.Join(root, "proxy"), Root: root, Colour: s.colour,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range s.findings {
		if err := h.Finding(f); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range s.failures {
		if err := h.Failure(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Close(s.summary); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// testdata returns the absolute directory of the test data.
func testdata(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// eachStream calls f with the output of a format for every stream.
func eachStream(t *testing.T, format string, f func(*testing.T, stream, []byte)) {
	root := testdata(t)
	for _, s := range streams(root) {
		t.Run(s.name, func(t *testing.T) { f(t, s, render(t, format, root, s)) })
	}
}

// TestGolden compares the output of every format with testdata/golden.
func TestGolden(t *testing.T) {
	for _, format := range Formats() {
		t.Run(format, func(t *testing.T) {
			eachStream(t, format, func(t *testing.T, s stream, got []byte) {
				golden := filepath.Join("testdata", "golden", fmt.Sprintf("%s.%s", s.name, format))
				if *update {
					if err := os.WriteFile(golden, got, 0o666); err != nil {
						t.Fatal(err)
					}
					return
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), string(got)); diff != "" {
					t.Errorf("output differs from %s (-want +got):\n%s", golden, diff)
				}
			})
		})
	}
}

// TestUnknownFormat checks that New refuses what it does not know.
func TestUnknownFormat(t *testing.T) {
	if _, err := New("xml", nil, Options{}); err == nil {
		t.Error("New accepts xml")
	}
}

func TestRelative(t *testing.T) {
	abs := func(p string) string { return filepath.FromSlash("/src/" + p) }
	tests := []struct {
		dir, file, want string
		inside          bool
	}{
		{abs("m"), abs("m/a/b.go"), "a/b.go", true},
		{abs("m"), abs("mm/b.go"), "/src/mm/b.go", false},
		{abs("m"), abs("b.go"), "/src/b.go", false},
		{"", abs("b.go"), "/src/b.go", false},
		{abs("m"), "gen.y", "gen.y", true},
	}
	for _, tt := range tests {
		got, inside := Relative(tt.dir, tt.file)
		if got != tt.want || inside != tt.inside {
			t.Errorf("Relative(%q, %q) = %q, %v; want %q, %v", tt.dir, tt.file, got, inside, tt.want, tt.inside)
		}
	}
}
