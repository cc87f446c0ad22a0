// Package census counts what there is to analyse: functions and lock
// operations. It is an analyzer, so that the count is taken from type-checked
// code, of exactly the files that a vet tool sees, and is cached by the go
// command.
package census

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
)

// Name is the name of the analyzer.
const Name = "census"

// Analyzer reports one diagnostic per unit, whose message is a Count.
var Analyzer = &analysis.Analyzer{
	Name: Name,
	Doc:  "count functions and lock operations",
	Run:  run,
}

// A Count says how much there is to analyse.
type Count struct {
	Functions int // function declarations with a body, and function literals
	LockOps   int // mentions of a lock operation of package sync: calls, and method values
}

// String returns the count in the form that Parse reads.
func (c Count) String() string {
	return fmt.Sprintf("functions %d, lock operations %d", c.Functions, c.LockOps)
}

// Parse reads the message of a diagnostic of Analyzer.
func Parse(message string) (Count, error) {
	var c Count
	if _, err := fmt.Sscanf(message, "functions %d, lock operations %d", &c.Functions, &c.LockOps); err != nil {
		return Count{}, fmt.Errorf("parse count %q: %w", message, err)
	}
	return c, nil
}

// Add returns the sum of two counts.
func (c Count) Add(d Count) Count {
	return Count{c.Functions + d.Functions, c.LockOps + d.LockOps}
}

func run(pass *analysis.Pass) (any, error) {
	var c Count
	pos := token.NoPos
	for _, file := range pass.Files {
		if pos == token.NoPos {
			pos = file.Package
		}
		c.Functions += Functions(file)
	}
	for _, object := range pass.TypesInfo.Uses {
		if isLockOp(object) {
			c.LockOps++
		}
	}
	pass.Report(analysis.Diagnostic{Pos: pos, Category: Name, Message: c.String()})
	return nil, nil
}

// Functions counts the functions of a file that have a body.
func Functions(file *ast.File) int {
	n := 0
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncDecl:
			if node.Body != nil {
				n++
			}
		case *ast.FuncLit:
			n++
		}
		return true
	})
	return n
}

// lockOps are the methods of package sync that acquire or release.
var lockOps = map[string]bool{
	"Lock": true, "Unlock": true, "TryLock": true,
	"RLock": true, "RUnlock": true, "TryRLock": true,
	"Do": true, // of Once
}

// isLockOp reports whether the object is a lock operation of package sync. A
// promoted method is the object of the embedded lock, so it counts too.
func isLockOp(object types.Object) bool {
	f, ok := object.(*types.Func)
	return ok && f.Pkg() != nil && f.Pkg().Path() == "sync" && f.Signature().Recv() != nil && lockOps[f.Name()]
}
