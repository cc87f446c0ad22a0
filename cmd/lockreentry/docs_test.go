package main

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lockreentry/lockreentry/analyzer"
)

// TestDocs does what the documentation says: a block after "<!-- file: NAME -->"
// is written to that file, and in a block after "<!-- run -->" each line that
// starts with "$ " is run, and must print what follows. Every page has a module
// of its own; after "<!-- run in the repository -->" it is this one.
// "go test ./cmd/lockreentry -run=TestDocs -update" updates the pages.
func TestDocs(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("needs bash")
	}
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range append(pages, "../../README.md") {
		t.Run(filepath.Base(page), func(t *testing.T) {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			got := followPage(t, string(text))
			if *update && got != string(text) {
				if err := os.WriteFile(page, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			} else if diff := cmp.Diff(string(text), got); diff != "" {
				t.Errorf("the page is stale (-page +now):\n%s", diff)
			}
		})
	}
}

// mark matches what comes before the text of a block that is tested.
var mark = regexp.MustCompile("<!-- (?:file: (.*?)|run( in the repository)?) -->\n```.*\n")

// followPage does what a page says and returns it with the output of now.
func followPage(t *testing.T, text string) string {
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example.com/app\n\ngo 1.26\n")
	write(".git/HEAD", "") // the source root
	var out strings.Builder
	for {
		m := mark.FindStringSubmatchIndex(text)
		if m == nil {
			return out.String() + text
		}
		out.WriteString(text[:m[1]])
		body, after, ok := strings.Cut(text[m[1]:], "```\n")
		if !ok {
			t.Fatalf("block without end: %.80s", text[m[0]:])
		}
		switch {
		case m[2] >= 0:
			write(text[m[2]:m[3]], body)
		case m[4] < 0:
			body = runBlock(t, dir, body)
		case !testing.Short(): // analyses the standard library
			body = runBlock(t, filepath.Join("..", ".."), body)
		}
		out.WriteString(body + "```\n")
		text = after
	}
}

// runBlock runs the commands of a block and returns it with their output.
func runBlock(t *testing.T, dir, body string) string {
	t.Helper()
	if _, err := exec.LookPath("jq"); err != nil && strings.Contains(body, "jq ") {
		return body
	}
	var out strings.Builder
	for line := range strings.Lines(body) {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		cmd := exec.Command("bash", "-c", command)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=", "NO_COLOR=1")
		output, _ := cmd.CombinedOutput() // the page shows the status where it matters
		out.WriteString(line)
		out.Write(output)
	}
	return out.String()
}

// TestNogoConfig checks that the nogo.json of the documentation is about this
// analyzer, and sets flags that it has to values that they take.
func TestNogoConfig(t *testing.T) {
	page, err := os.ReadFile("../../docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(page), "<!-- file: nogo.json -->\n```json\n")
	text, _, ok := strings.Cut(text, "```\n")
	if !ok {
		t.Fatal("no nogo.json in docs/ci.md")
	}
	var config map[string]struct {
		ExcludeFiles  map[string]string `json:"exclude_files"`
		AnalyzerFlags map[string]string `json:"analyzer_flags"`
	}
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&config); err != nil {
		t.Fatal(err)
	}
	a := analyzer.New(analyzer.Options{})
	entry, ok := config[a.Name]
	if len(config) != 1 || !ok {
		t.Fatalf("config is about %v, not about %s", slices.Collect(maps.Keys(config)), a.Name)
	}
	for name, value := range entry.AnalyzerFlags {
		if err := a.Flags.Set(name, value); err != nil {
			t.Errorf("flag %s: %v", name, err)
		}
	}
	for pattern := range entry.ExcludeFiles {
		if _, err := regexp.Compile(pattern); err != nil {
			t.Errorf("exclude_files: %v", err)
		}
	}
}
