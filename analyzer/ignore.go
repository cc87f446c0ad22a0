package analyzer

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/tools/go/analysis"

	"github.com/lockreentry/lockreentry/internal/codedoc"
	"github.com/lockreentry/lockreentry/internal/finding"
	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// The codes of reports on ignore directives.
const (
	unusedIgnore  = "unused-ignore"
	missingReason = "missing-reason"
)

// isCode reports whether reports can have that code.
func isCode(code string) bool {
	return code == unusedIgnore || code == missingReason || slices.Contains(lock.Codes, lock.Code(code))
}

// directive is a comment "//lockreentry:ignore CODE,… REASON".
type directive struct {
	pos    token.Pos
	codes  []string
	used   []bool // by code
	reason string
}

// sourceLine is a line of a file as it is on disk: line directives do not count.
type sourceLine struct {
	file string
	line int
}

// ignores are the ignore directives of some files.
type ignores struct {
	fset    *token.FileSet
	files   []*ast.File
	options *Options
	list    []*directive // in the order of the source
	byLine  map[sourceLine][]*directive
}

// newIgnores reads the directives of files.
func newIgnores(fset *token.FileSet, files []*ast.File, o *Options) *ignores {
	ig := &ignores{fset: fset, files: files, options: o, byLine: map[sourceLine][]*directive{}}
	for _, f := range files {
		var code map[int]bool
		for _, group := range f.Comments {
			for _, c := range group.List {
				d := parseDirective(c)
				if d == nil {
					continue
				}
				if code == nil {
					code = ig.codeLines(f)
				}
				at := ig.lineOf(c.Pos())
				if !code[at.line] { // alone on its line: about the line below the comment
					at.line = ig.lineOf(group.End()).line + 1
				}
				ig.list = append(ig.list, d)
				ig.byLine[at] = append(ig.byLine[at], d)
			}
		}
	}
	return ig
}

// parseDirective returns the ignore directive that c is, or nil.
func parseDirective(c *ast.Comment) *directive {
	parsed, ok := ast.ParseDirective(c.Pos(), c.Text)
	if !ok || parsed.Tool != "lockreentry" || parsed.Name != "ignore" {
		return nil
	}
	d := &directive{pos: c.Pos()}
	codes, reason := parsed.Args, ""
	if i := strings.IndexFunc(codes, unicode.IsSpace); i >= 0 {
		codes, reason = codes[:i], strings.TrimSpace(codes[i:])
	}
	if !strings.HasPrefix(reason, "//") { // which starts a comment on the comment
		d.reason = reason
	}
	for code := range strings.SplitSeq(codes, ",") {
		if code != "" && !slices.Contains(d.codes, code) {
			d.codes = append(d.codes, code)
		}
	}
	d.used = make([]bool, len(d.codes))
	return d
}

// codeLines returns the lines of f where something other than a comment
// starts or ends.
func (ig *ignores) codeLines(f *ast.File) map[int]bool {
	lines := map[int]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.Comment, *ast.CommentGroup:
			return false
		case *ast.File: // starts and ends with comments
			return true
		}
		lines[ig.lineOf(n.Pos()).line] = true
		lines[ig.lineOf(n.End()-1).line] = true
		return true
	})
	return lines
}

func (ig *ignores) lineOf(pos token.Pos) sourceLine {
	p := ig.fset.PositionFor(pos, false)
	return sourceLine{p.Filename, p.Line}
}

// suppress reports whether a directive is about f: one with its code, on the
// line of the report or of either acquisition.
func (ig *ignores) suppress(f *finding.Finding) bool {
	if len(ig.list) == 0 {
		return false
	}
	found := false
	for _, at := range ig.places(f) {
		for _, d := range ig.byLine[at] {
			if i := slices.Index(d.codes, string(f.Code)); i >= 0 {
				d.used[i], found = d.used[i] || !f.Possible, true
			}
		}
	}
	return found
}

// places returns the lines on which a directive may suppress f.
func (ig *ignores) places(f *finding.Finding) []sourceLine {
	at := []sourceLine{ig.lineOf(f.Pos)}
	for _, s := range slices.Concat(f.Held, f.Steps) {
		if s.Kind != summary.Locks {
			continue
		}
		if s.Pos.IsValid() {
			at = append(at, ig.lineOf(s.Pos))
		}
	}
	return at
}

// report returns the reports on directives that suppress nothing or lack a
// reason. The files are those of the named package.
func (ig *ignores) report(pkg string) []analysis.Diagnostic {
	if len(ig.list) == 0 {
		return nil
	}
	var out []analysis.Diagnostic
	diagnose := func(d *directive, code, message string) {
		if !slices.Contains(ig.options.Disable, code) {
			out = append(out, analysis.Diagnostic{
				Pos: d.pos, Category: code, Message: fmt.Sprintf("%s [%s]", message, code), URL: "#" + codedoc.Anchor(code),
			})
		}
	}
	variant := ig.hasTestVariant(pkg)
	for _, d := range ig.list {
		unused := ig.unused(d)
		switch {
		case len(d.codes) == 0:
			diagnose(d, missingReason, "ignore directive has no code and no reason")
		case len(unused) > 0 && !variant:
			diagnose(d, unusedIgnore, fmt.Sprintf("ignore directive for %s is unused: nothing to suppress", strings.Join(unused, ",")))
		case d.reason == "":
			diagnose(d, missingReason, fmt.Sprintf("ignore directive for %s has no reason", strings.Join(d.codes, ",")))
		}
	}
	return out
}

// unused returns the codes of d that suppressed nothing, though their reports
// are not switched off.
func (ig *ignores) unused(d *directive) []string {
	var out []string
	for i, code := range d.codes {
		if !d.used[i] && !slices.Contains(ig.options.Disable, code) {
			out = append(out, code)
		}
	}
	return out
}

// hasTestVariant reports whether the files of this package are analysed once
// more, together with its test files. More values flow there, so a directive
// may be needed there only: it has the last word on what is unused.
func (ig *ignores) hasTestVariant(pkg string) bool {
	dirs := map[string]bool{}
	for _, f := range ig.files {
		name := ig.lineOf(f.Package).file
		if strings.HasSuffix(name, "_test.go") {
			return false
		}
		dirs[filepath.Dir(name)] = true
	}
	for dir := range dirs {
		tests, _ := filepath.Glob(filepath.Join(quoteGlob(dir), "*_test.go"))
		if slices.ContainsFunc(tests, func(name string) bool { return isInside(name, pkg) }) {
			return true
		}
	}
	return false
}

// isInside reports whether the test file is one of the named package itself,
// and not of the package NAME_test beside it.
func isInside(name, pkg string) bool {
	text, err := os.ReadFile(name)
	if err != nil {
		return false
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.PackageClauseOnly)
	return err == nil && f.Name.Name == pkg
}

// quoteGlob returns a pattern that matches dir only.
func quoteGlob(dir string) string {
	if os.PathSeparator == '\\' {
		return dir // a pattern has no escapes there
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}
