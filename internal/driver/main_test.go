package driver

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/tools/go/analysis"

	"github.com/lockreentry/lockreentry/internal/lock"
)

var update = flag.Bool("update", false, "update the golden files and scripts")

// TestMain lets the scripts run this test binary as the command, and the go
// command run it as a vettool.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"lockreentry": func() {
			c := fakeCommand()
			os.Exit(c.Main(context.Background(), os.Args[1:]))
		},
		"cacheprog": func() { exitOn(runCacheProg(os.Args[1:], os.Stdin, os.Stdout)) },
		"nogo-unit": func() { exitOn(runNogoUnit(os.Args[1:])) },
	})
}

// exitOn ends a command of the tests.
func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// fakeCommand returns a command around fakeAnalyzer.
func fakeCommand() *Command {
	return &Command{
		Analyzer: fakeAnalyzer(),
		Doc:      fakeDoc,
		URL:      "https://example.com/lockreentry",
		Stdout:   os.Stdout,
		Stderr:   os.Stderr,
	}
}

const fakeDoc = `Package analyzer stands in for the real one.

# Findings

There are two codes.

# relock

Lock is called while the goroutine holds the lock. It waits for itself.

	mu.Lock()
	mu.Lock() // deadlock

# recursive-rlock

RLock is called while the goroutine holds the read lock.

# Suppressing

Not here.
`

// fakeAnalyzer returns an analyzer that knows nothing but the text of a
// function: it reports x.Lock() after x.Lock(), and x.RLock() after x.RLock().
// With it the tests of the driver do not depend on what the engine can do.
func fakeAnalyzer() *analysis.Analyzer {
	var disable, fail string
	var locks []string // methods that lock, besides Lock and RLock
	a := &analysis.Analyzer{
		Name: "lockreentry",
		Doc:  "report a lock that the function has locked before",
	}
	a.Flags.StringVar(&disable, "disable", "", "comma-separated `codes` that are not reported")
	a.Flags.StringVar(&fail, "fail", "", "fail on the package of this `path`")
	a.Flags.Func("models-text", "models of methods that lock, as `text`", func(text string) error {
		models, err := lock.Parse("models", text)
		for name := range models {
			locks = append(locks, name[strings.LastIndexByte(name, '.')+1:])
		}
		return err
	})
	a.Run = func(pass *analysis.Pass) (any, error) {
		if fail != "" && fail == pass.Pkg.Path() {
			return nil, errors.New("the engine gave up")
		}
		for _, file := range pass.Files {
			for _, decl := range file.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
					fakeRun(pass, fn.Body, disable, locks)
				}
			}
		}
		return nil, nil
	}
	return a
}

// fakeRun reports the second lock of each expression in a function body.
func fakeRun(pass *analysis.Pass, body *ast.BlockStmt, disable string, locks []string) {
	codes := map[string]string{"Lock": "relock", "RLock": "recursive-rlock"}
	for _, name := range locks {
		codes[name] = "relock"
	}
	first := make(map[string]*ast.SelectorExpr)
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || codes[sel.Sel.Name] == "" {
			return true
		}
		lock, code := types.ExprString(sel.X), codes[sel.Sel.Name]
		before := first[lock]
		if first[lock] == nil {
			first[lock] = sel
		}
		if before == nil || strings.Contains(disable, code) {
			return true
		}
		at := pass.Fset.Position(before.Pos())
		pass.Report(analysis.Diagnostic{
			Pos: sel.Sel.Pos(), End: sel.Sel.End(), Category: code,
			Message: fmt.Sprintf("%s is locked again while held: locked at %s:%d [%s]",
				lock, filepath.Base(at.Filename), at.Line, code),
			Related: []analysis.RelatedInformation{
				{Pos: before.Sel.Pos(), End: before.Sel.End(), Message: lock + " is locked"},
				{Pos: sel.Sel.Pos(), End: sel.Sel.End(), Message: lock + " is locked again"},
			},
		})
		return true
	})
}
