package driver

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/lockreentry/lockreentry/internal/report"
)

// TestLocate checks which places are found for steps in other packages, and
// that a step stays where it is when the place is not certain.
func TestLocate(t *testing.T) {
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{
		"go.mod":   "module example.com/m\n\ngo 1.26\n",
		"a/a.go":   "package a\n\nimport _ \"example.com/m/b\"\nimport _ \"example.com/m/c\"\n",
		"b/one.go": "package b\n\nfunc (b *B) Len() { b.mu.RLock() }\n\ntype B struct{ mu interface{ RLock() } }\n",
		"b/two.go": "package b\n\nfunc f() { g() }\n\nfunc g() {}\n",
		"c/two.go": "package c\n\nfunc f() { g(); h() }\n\nfunc g() {}\nfunc h() {}\n",
		"d/one.go": "package d\n\nfunc f() { RLock() }\n\nfunc RLock() {}\n", // no dependency of a
	})
	at := report.Position{File: filepath.Join(dir, "a/a.go"), Line: 2, Column: 1}
	tests := []struct {
		message, want string
		file          string
		line, column  int
	}{
		{"a.f calls B.Len at a.go:2", "a.f calls B.Len", "a/a.go", 2, 1},
		{"B.Len calls b.mu.RLock at one.go:3", "B.Len calls b.mu.RLock", "b/one.go", 3, 26},
		{"B.Len calls b.mu.Lock at one.go:3", "B.Len calls b.mu.Lock at one.go:3", "a/a.go", 2, 1}, // not on that line
		{"b.f calls g at two.go:3", "b.f calls g at two.go:3", "a/a.go", 2, 1},                     // two such files
		{"c.f calls h at two.go:3", "c.f calls h", "c/two.go", 3, 17},                              // but one such line
		{"f calls g at none.go:3", "f calls g at none.go:3", "a/a.go", 2, 1},
		{"f calls g at one.go:99", "f calls g at one.go:99", "a/a.go", 2, 1},
		{"the mutex is locked", "the mutex is locked", "a/a.go", 2, 1},
	}
	finding := report.Finding{Package: "example.com/m/a"}
	for _, tt := range tests {
		finding.Steps = append(finding.Steps, report.Step{Span: report.Span{Start: at}, Message: tt.message})
	}
	r := &result{findings: []report.Finding{finding}, source: report.NewSource()}
	r.locate(context.Background(), &flags{dir: dir})
	for i, tt := range tests {
		got := r.findings[0].Steps[i]
		want := report.Position{File: filepath.Join(dir, tt.file), Line: tt.line, Column: tt.column}
		if got.Message != tt.want || got.Start != want {
			t.Errorf("%q: %q at %v, want %q at %v", tt.message, got.Message, got.Start, tt.want, want)
		}
	}
}
