// Package codedoc takes the documentation of an analyzer out of the package
// comment that also serves as its page on pkg.go.dev.
package codedoc

import (
	"fmt"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"strings"
)

// Extract returns the part of the package comment of the Go file source that
// follows the heading "Analyzer NAME", up to the next such heading. It starts
// with a line "NAME: summary", of which the summary is kept.
func Extract(source, name string) (string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		return "", fmt.Errorf("no Go file: %w", err)
	}
	if file.Doc == nil {
		return "", fmt.Errorf("no package comment")
	}
	_, section, ok := strings.Cut("\n"+file.Doc.Text(), "\n# Analyzer "+name+"\n")
	if !ok {
		return "", fmt.Errorf("package comment has no heading %q", "Analyzer "+name)
	}
	section, _, _ = strings.Cut(section, "\n# Analyzer ")
	text, ok := strings.CutPrefix(strings.TrimSpace(section), name+": ")
	if !ok {
		return "", fmt.Errorf("section does not start with %q", name+": ")
	}
	return text + "\n", nil
}

// MustExtract is like Extract but panics instead of returning an error.
func MustExtract(source, name string) string {
	text, err := Extract(source, name)
	if err != nil {
		panic(fmt.Sprintf("documentation of analyzer %s: %v", name, err))
	}
	return text
}

// Anchor returns the fragment of the address of a section on a page that shows
// the package comment, without the "#".
func Anchor(heading string) string {
	return (&comment.Heading{Text: []comment.Text{comment.Plain(heading)}}).DefaultID()
}
