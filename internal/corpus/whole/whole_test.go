package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lockreentry/lockreentry/internal/corpus/subject"
	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

func TestPrograms(t *testing.T) {
	pins, _, err := subject.ReadPins("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range programs {
		if _, err := find(pins, p.module); err != nil {
			t.Error(err)
		}
	}
	if _, err := find(pins, "example.com/nothing"); err == nil {
		t.Error("no error for a module that is not in the corpus")
	}
}

func TestCopyModule(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.26.0\n\nreplace example.com/a => ../a\n\nreplace example.com/b v1.0.0 => ../b\n",
		"go.sum": "b v1 h1:B\n",
		"m.go":   "package m\n",
	} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o444); err != nil {
			t.Fatal(err)
		}
	}
	dir, err := copyModule(t.Context(), &subject.Workspace{Dir: t.TempDir(), Root: root}, []byte("a v1 h1:A\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.26.0\n",
		"go.sum": "a v1 h1:A\nb v1 h1:B\n",
		"m.go":   "package m\n",
	} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if string(text) != want {
			t.Errorf("%s is %q, want %q", name, text, want)
		}
	}
}

func TestWrite(t *testing.T) {
	usage := func(seconds int, mib int64) vetrun.Usage {
		return vetrun.Usage{CPU: time.Duration(seconds) * time.Second, Wall: time.Second, PeakRSS: mib << 20}
	}
	r := &row{pin: subject.Pin{Module: "m", Version: "v1.0.0"}, program: program{"m", "./cmd/m"}, whole: usage(30, 300), ssa: usage(20, 100)}
	r.count.Packages, r.count.Functions = 7, 70
	r.report.Findings = append(r.report.Findings, finding{Message: "mu is locked again"})
	r.report.Findings[0].Location.File, r.report.Findings[0].Location.Line = "m.go", 5
	var out strings.Builder
	write(&out, []*row{r})
	for _, want := range []string{
		"| m@v1.0.0, ./cmd/m | 7 | 70 | 1 | 30.0 | 1.0 | 300 | 20.0 | 1.0 | 100 | 1.50 | 3.00 |\n",
		"m@v1.0.0: m.go:5: mu is locked again\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestParseFlags(t *testing.T) {
	if _, err := parseFlags(nil, io.Discard); err != nil {
		t.Error(err)
	}
	for _, args := range [][]string{{"-only", "("}, {"extra"}, {"-nothing"}} {
		if _, err := parseFlags(args, io.Discard); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}
