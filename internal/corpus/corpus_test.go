package main

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lockreentry/lockreentry/internal/corpus/identity"
	"github.com/lockreentry/lockreentry/internal/corpus/subject"
	"github.com/lockreentry/lockreentry/internal/corpus/verdict"
	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

// toy is the source of a module.
var toy = map[string]string{
	"go.mod": "module example.com/toy\n\ngo 1.26.0\n",
	"toy.go": "package toy\n\nimport \"sync\"\n\nvar mu sync.Mutex\n\nfunc F() { mu.Lock(); mu.Unlock() }\n",
}

// newToyCorpus returns a corpus that consists of the toy, which a module proxy
// in files serves to a module cache of its own. The counting tool stands in for
// the analyzer: it "finds" something at the head of every package.
func newToyCorpus(t *testing.T, verdicts, rules string, opts *options) *corpus {
	t.Helper()
	proxy := t.TempDir()
	write(t, filepath.Join(proxy, "example.com", "toy", "@v"), map[string]string{
		"list":        "v1.0.0\n",
		"v1.0.0.info": `{"Version":"v1.0.0"}`,
		"v1.0.0.mod":  toy["go.mod"],
		"v1.0.0.zip":  archive(t, "example.com/toy@v1.0.0/", toy),
	})
	tool, err := vetrun.Build(t.Context(), ".", "./census/cmd/census", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOPROXY", "file://"+filepath.ToSlash(proxy))
	t.Setenv("GONOSUMDB", "example.com")
	t.Setenv("GOMODCACHE", t.TempDir())
	t.Cleanup(func() {
		if out, err := exec.Command("go", "clean", "-modcache").CombinedOutput(); err != nil {
			t.Errorf("clean module cache: %v: %s", err, out)
		}
	})
	module := filepath.Join(t.TempDir(), "internal", "corpus")
	write(t, module, map[string]string{
		"corpus.txt":     "example.com/toy v1.0.0 short\n",
		"corpus.sum":     "",
		"verdicts.txt":   verdicts,
		"identities.txt": rules,
	})
	c, err := newCorpus(opts, module, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(c.dir) })
	c.tool, c.flags, c.census = tool, nil, tool
	return c
}

// write writes files to a directory.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// archive returns a zip file.
func archive(t *testing.T, prefix string, files map[string]string) string {
	t.Helper()
	var data bytes.Buffer
	z := zip.NewWriter(&data)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(prefix + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return data.String()
}

const judged = `true-bug census example.com/toy toy.go:1 - functions 1, lock operations 2
	Because the test says so.
`

func TestCorpus(t *testing.T) {
	for _, test := range []struct {
		name, verdicts, rules string
		clean                 bool
		want                  []string
	}{
		{
			name: "unjudged", clean: false,
			want: []string{"| example.com/toy | v1.0.0 | 1 | 1 | 2 | 1 | 0 | 0 | 0 |", "UNJUDGED census example.com/toy toy.go:1 - functions 1, lock operations 2"},
		},
		{
			name: "judged", verdicts: judged, clean: true,
			want: []string{"| 1 | 1 | 2 | 1 | 1 | 0 | 0 |"},
		},
		{
			name: "false alarm", verdicts: strings.Replace(judged, "true-bug", "false-alarm", 1), clean: false,
			want: []string{"| 1 | 1 | 2 | 1 | 0 | 1 | 0 |", "false alarm:\nfalse-alarm census"},
		},
		{
			name: "lost", verdicts: judged + strings.Replace(judged, ":1", ":9", 1), clean: false,
			want: []string{"not found any more: example.com/toy toy.go:9"},
		},
		{
			name: "rule lost", verdicts: judged, rules: "holds example.com/toy . x.a.b == x\n\tBecause.\n", clean: false,
			want: []string{"not proved any more: example.com/toy . x.a.b == x"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newToyCorpus(t, test.verdicts, test.rules, &options{only: regexp.MustCompile(""), pin: true, update: true})
			var out strings.Builder
			clean, err := c.run(t.Context(), &out)
			if err != nil {
				t.Fatal(err)
			}
			if clean != test.clean {
				t.Errorf("clean: %v", clean)
			}
			for _, want := range test.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("no %q in\n%s", want, out.String())
				}
			}
			checkPage(t, c, test.name == "judged")
		})
	}
}

// checkPage checks that the document has the table, and the verdict or not.
func checkPage(t *testing.T, c *corpus, judged bool) {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(subject.Repository(c.module), "docs", "corpus.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "| example.com/toy | v1.0.0 |") {
		t.Errorf("no table in\n%s", page)
	}
	if has := strings.Contains(string(page), "Because the test says so."); judged && !has {
		t.Errorf("no verdict in\n%s", page)
	}
}

func TestCorpusUnpinned(t *testing.T) {
	c := newToyCorpus(t, "", "", &options{only: regexp.MustCompile("")})
	if _, err := c.run(t.Context(), io.Discard); err == nil || !strings.Contains(err.Error(), "corpus.sum lacks") {
		t.Errorf("error is %v", err)
	}
}

func TestCorpusSelect(t *testing.T) {
	c := newToyCorpus(t, "", "", &options{only: regexp.MustCompile("nothing")})
	if _, err := c.run(t.Context(), io.Discard); err == nil || err.Error() != "no module selected" {
		t.Errorf("error is %v", err)
	}
}

func TestCorpusFailure(t *testing.T) {
	c := newToyCorpus(t, "", "", &options{only: regexp.MustCompile(""), pin: true})
	c.tool = filepath.Join(t.TempDir(), "tool") // not a program
	write(t, filepath.Dir(c.tool), map[string]string{"tool": "nothing"})
	var out strings.Builder
	clean, err := c.run(t.Context(), &out)
	if err != nil {
		t.Fatal(err)
	}
	if clean || !strings.Contains(out.String(), "failed: example.com/toy@v1.0.0: ") {
		t.Errorf("clean %v with\n%s", clean, out.String())
	}
}

func TestCommandUsage(t *testing.T) {
	for _, args := range [][]string{{"-update", "-short"}, {"-update", "-only", "x"}, {"-only", "("}, {"extra"}, {"-nothing"}} {
		var stderr strings.Builder
		if code := command(t.Context(), args, io.Discard, &stderr); code != exitUsage || stderr.Len() == 0 {
			t.Errorf("%q: exit code %d, message %q", args, code, stderr.String())
		}
	}
}

// TestFiles checks that the files of the corpus can be read, and that the
// document has all verdicts on them.
func TestFiles(t *testing.T) {
	c, err := newCorpus(&options{}, ".", io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(c.dir)
	if len(c.pins) < 15 {
		t.Errorf("only %d modules", len(c.pins))
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "corpus.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.pins {
		if !strings.Contains(string(page), "| "+p.Module+" | "+p.Version+" |") {
			t.Errorf("docs/corpus.md has no row for %s: run with -update", p)
		}
	}
	for _, v := range c.rules {
		if v.Kind != identity.Wrong && !strings.Contains(string(page), v.Reason) {
			t.Errorf("docs/corpus.md lacks the verdict on %s in %s: run with -update", v.Statement, v.Module)
		}
	}
	for _, v := range c.verdicts {
		if v.Kind != verdict.FalseAlarm && !strings.Contains(string(page), v.Reason) {
			t.Errorf("docs/corpus.md lacks the verdict on %s %s:%d: run with -update", v.Module, v.File, v.Line)
		}
	}
}
