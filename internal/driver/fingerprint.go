package driver

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"github.com/lockreentry/lockreentry/internal/report"
)

// identify gives each of the sorted findings its function and fingerprint.
//
// A fingerprint is a hash of what stays the same when lines move: the code,
// the file, the enclosing function, the call that is reported, and the head of
// the message, which names the lock. Of findings that agree in all of these
// the first is number 1, the second number 2, and so on.
func identify(findings []report.Finding, root string) {
	files := make(map[string]*parsedFile)
	count := make(map[string]int)
	for i := range findings {
		f := &findings[i]
		file, ok := files[f.Start.File]
		if !ok {
			file = parseSource(f.Start.File)
			files[f.Start.File] = file
		}
		var call string
		f.Function, call = file.enclosing(f.Start)
		name, _ := report.Relative(root, f.Start.File)
		key := strings.Join([]string{f.Code, name, f.Function, call, messageHead(f.Message)}, "\n")
		count[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d", key, count[key]))
		f.Fingerprint = hex.EncodeToString(sum[:8])
	}
}

// positions matches what a message says of lines.
var positions = regexp.MustCompile(`(\.go):\d+(:\d+)?`)

// messageHead returns the part of a message that names the lock: the text up
// to the first colon, without line numbers.
func messageHead(message string) string {
	head, _, _ := strings.Cut(positions.ReplaceAllString(message, "$1"), ":")
	return head
}

// A parsedFile is a source file that can tell what surrounds a position.
type parsedFile struct {
	fset *token.FileSet
	file *ast.File // nil when it could not be parsed
}

// parseSource parses a source file as well as it can.
func parseSource(name string) *parsedFile {
	fset := token.NewFileSet()
	file, _ := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution) // a partial tree will do
	return &parsedFile{fset, file}
}

// enclosing returns the function around a position, as in "(*T).M", and the
// function part of the call that starts or is selected there, as in "x.mu.Lock".
func (p *parsedFile) enclosing(at report.Position) (function, call string) {
	if p.file == nil {
		return "", ""
	}
	ast.Inspect(p.file, func(n ast.Node) bool {
		if n == nil || !p.covers(n, at) {
			return n == nil || n == p.file
		}
		switch n := n.(type) {
		case *ast.FuncDecl:
			function = functionName(n)
		case *ast.CallExpr:
			call = types.ExprString(n.Fun) // the innermost one remains
		}
		return true
	})
	return function, call
}

// covers reports whether a position lies in n.
func (p *parsedFile) covers(n ast.Node, at report.Position) bool {
	start, end := p.fset.Position(n.Pos()), p.fset.Position(n.End())
	afterStart := at.Line > start.Line || at.Line == start.Line && at.Column >= start.Column
	beforeEnd := at.Line < end.Line || at.Line == end.Line && at.Column < end.Column
	return afterStart && beforeEnd
}

// functionName returns the name of a declared function with its receiver.
func functionName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	recv := d.Recv.List[0].Type
	star, pointer := recv.(*ast.StarExpr)
	if pointer {
		recv = star.X
	}
	switch x := recv.(type) { // the type parameters of a generic receiver are left out
	case *ast.IndexExpr:
		recv = x.X
	case *ast.IndexListExpr:
		recv = x.X
	}
	if pointer {
		return "(*" + types.ExprString(recv) + ")." + d.Name.Name
	}
	return types.ExprString(recv) + "." + d.Name.Name
}
