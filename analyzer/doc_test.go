package analyzer_test

import (
	"go/doc/comment"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/lockreentry/lockreentry/analyzer"
	"github.com/lockreentry/lockreentry/internal/lock"
)

// TestDoc checks that the documentation has a section with an example and a
// fix for every code.
func TestDoc(t *testing.T) {
	if first, _, _ := strings.Cut(analyzer.Doc, "\n"); first != "report locks that a goroutine locks again while it holds them" {
		t.Errorf("first line: %q", first)
	}
	doc := new(comment.Parser).Parse(analyzer.Doc)
	sections := map[string][]comment.Block{}
	current := ""
	for _, b := range doc.Content {
		if h, ok := b.(*comment.Heading); ok {
			current = string(h.Text[0].(comment.Plain))
			continue
		}
		sections[current] = append(sections[current], b)
	}
	codes := []string{"unused-ignore", "missing-reason"}
	for _, c := range lock.Codes {
		codes = append(codes, string(c))
	}
	for _, code := range codes {
		blocks := sections[code]
		if !slices.ContainsFunc(blocks, func(b comment.Block) bool { _, ok := b.(*comment.Code); return ok }) {
			t.Errorf("%s: no example", code)
		}
		text := string(new(comment.Printer).Text(&comment.Doc{Content: blocks}))
		if !strings.Contains(text, "To fix it") {
			t.Errorf("%s: no fix", code)
		}
	}
}

// TestValidate checks what every driver checks first.
func TestValidate(t *testing.T) {
	if err := analysis.Validate([]*analysis.Analyzer{analyzer.Analyzer}); err != nil {
		t.Error(err)
	}
}
