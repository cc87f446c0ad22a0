// Package verdict compares the findings of the analyzer with the verdicts of
// those who read them.
package verdict

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"

	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

// A Finding is a report of the analyzer in words that are the same on every
// machine.
type Finding struct {
	Key
	Function string // the declared function it is in: F, T.M or (*T).M
	Message  string
}

// A Key tells findings apart. The versions of the modules are pinned, so lines
// do not move; and the rest of the message, with the path of calls, may change
// with the analyzer and still be the same finding.
type Key struct {
	Module string
	File   string // slash-separated, relative to the module
	Line   int
	Code   string
	Lock   string // the access path that the message begins with
}

// compare orders keys by place.
func (k Key) compare(l Key) int {
	if c := strings.Compare(k.Module, l.Module); c != 0 {
		return c
	}
	if c := strings.Compare(k.File, l.File); c != 0 {
		return c
	}
	if c := k.Line - l.Line; c != 0 {
		return c
	}
	return strings.Compare(k.Code+" "+k.Lock, l.Code+" "+l.Lock)
}

// A Reader turns diagnostics into findings.
type Reader struct {
	module string
	root   string
	fset   *token.FileSet
	files  map[string]*ast.File
}

// NewReader returns a reader for the module whose files are below root.
func NewReader(module, root string) *Reader {
	return &Reader{module: module, root: root, fset: token.NewFileSet(), files: make(map[string]*ast.File)}
}

// Finding converts a diagnostic.
func (r *Reader) Finding(d vetrun.Diagnostic) (Finding, error) {
	rel, err := filepath.Rel(r.root, d.File)
	if err != nil {
		return Finding{}, fmt.Errorf("relative name of %s: %w", d.File, err)
	}
	message := strings.ReplaceAll(d.Message, r.root+string(filepath.Separator), "")
	return Finding{
		Key: Key{
			Module: r.module,
			File:   filepath.ToSlash(rel),
			Line:   d.Line,
			Code:   d.Category,
			Lock:   lock(message),
		},
		Function: r.function(d),
		Message:  message,
	}, nil
}

// lock returns the access path that a message begins with: "s.mu is locked
// again while held: …".
func lock(message string) string {
	if path, _, ok := strings.Cut(message, " is "); ok {
		return path
	}
	path, _, _ := strings.Cut(message, ":")
	return path
}

// function returns the name of the declared function around a diagnostic, or
// "-" if there is none: in the initializer of a variable, and in a file that is
// not Go, which a line directive may name.
func (r *Reader) function(d vetrun.Diagnostic) string {
	file, ok := r.files[d.File]
	if !ok {
		file, _ = parser.ParseFile(r.fset, d.File, nil, parser.SkipObjectResolution)
		r.files[d.File] = file
	}
	if file == nil {
		return "-"
	}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if ok && r.fset.Position(f.Pos()).Line <= d.Line && d.Line <= r.fset.Position(f.End()).Line {
			return functionName(f)
		}
	}
	return "-"
}

// functionName returns F, T.M or (*T).M, without type parameters.
func functionName(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return f.Name.Name
	}
	recv, pointer := f.Recv.List[0].Type, false
	for {
		switch t := recv.(type) {
		case *ast.ParenExpr:
			recv = t.X
		case *ast.StarExpr:
			recv, pointer = t.X, true
		case *ast.IndexExpr:
			recv = t.X
		case *ast.IndexListExpr:
			recv = t.X
		case *ast.Ident:
			if pointer {
				return "(*" + t.Name + ")." + f.Name.Name
			}
			return t.Name + "." + f.Name.Name
		default:
			return f.Name.Name
		}
	}
}
