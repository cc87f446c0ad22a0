package analyzer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lockreentry/lockreentry/analyzer"
)

// possibleComment marks a line with what is only possible there.
var possibleComment = regexp.MustCompile(`// possible: \[([a-z-]+)\]`)

// code matches the category at the end of a message.
var code = regexp.MustCompile(`\[([a-z-]+)\]$`)

// TestPossible checks what Options.Possible adds, line by line: candidates whose
// identity nothing tells of, and none where two objects are known to be two.
func TestPossible(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	text, err := os.ReadFile(filepath.Join(root, "src", "identity_unknown", "identity_unknown.go"))
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(text), "\n") {
		if m := possibleComment.FindStringSubmatch(line); m != nil {
			want[fmt.Sprintf("identity_unknown/identity_unknown.go:%d", i+1)] = "possible-" + m[1]
		}
	}
	got := map[string]string{}
	a := analyzer.New(analyzer.Options{Possible: true})
	for line, messages := range diagnostics(t, root, a, "./identity_unknown") {
		for _, m := range messages {
			if c := code.FindStringSubmatch(m)[1]; analyzer.IsNote(c) {
				got[line] = c
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
		t.Errorf("possible re-entries differ (-want +got):\n%s", diff)
	}
}
