package codedoc_test

import (
	"strings"
	"testing"

	"github.com/lockreentry/lockreentry/internal/codedoc"
)

func TestExtract(t *testing.T) {
	const source = `// Package p has two.
//
// # Analyzer a
//
// a: report a
//
// More.
//
// # code
//
// Of a.
//
// # Analyzer ab
//
// ab: report b
package p
`
	got, err := codedoc.Extract(source, "a")
	if want := "report a\n\nMore.\n\n# code\n\nOf a.\n"; got != want || err != nil {
		t.Errorf("a: got %q, %v; want %q", got, err, want)
	}
	got, err = codedoc.Extract(source, "ab")
	if want := "report b\n"; got != want || err != nil {
		t.Errorf("ab: got %q, %v; want %q", got, err, want)
	}
}

func TestExtractErrors(t *testing.T) {
	for _, test := range []struct{ source, want string }{
		{"not Go", "no Go file"},
		{"package p", "no package comment"},
		{"// Package p is one.\npackage p", `no heading "Analyzer a"`},
		{"// # Analyzer a\n//\n// text\npackage p", `does not start with "a: "`},
	} {
		if _, err := codedoc.Extract(test.source, "a"); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: got error %v, want %q", test.source, err, test.want)
		}
	}
}

func TestAnchor(t *testing.T) {
	if got := codedoc.Anchor("recursive-rlock"); got != "hdr-recursive_rlock" {
		t.Errorf("got %q", got)
	}
}
