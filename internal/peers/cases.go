package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
)

// cases are the functions of the fixtures, by kind.
type cases struct {
	deadlocks []function // a report is due inside
	fine      []function // the comment says that there is nothing to report
}

// A function is the lines of a declared function.
type function struct {
	file       string
	start, end int
}

// due matches the comment that expects a report of re-entry.
var due = regexp.MustCompile(`// want .*\[(relock|upgrade|downgrade|recursive-rlock|once)\\?\]`)

// readCases reads the fixtures below src.
func readCases(src string) (cases, error) {
	var all cases
	err := filepath.WalkDir(src, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		return all.read(name)
	})
	return all, err
}

// read adds the functions of a file.
func (c *cases) read(name string) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	var wanted []int
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if due.MatchString(comment.Text) {
				wanted = append(wanted, fset.Position(comment.Pos()).Line)
			}
		}
	}
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		f := function{name, fset.Position(fn.Pos()).Line, fset.Position(fn.End()).Line}
		switch {
		case f.holds(wanted):
			c.deadlocks = append(c.deadlocks, f)
		case strings.HasPrefix(fn.Doc.Text(), "Fine"):
			c.fine = append(c.fine, f)
		}
	}
	return nil
}

// holds reports whether one of the lines is in f.
func (f function) holds(lines []int) bool {
	for _, line := range lines {
		if f.start <= line && line <= f.end {
			return true
		}
	}
	return false
}

// count returns in how many functions of each kind there are reports. Which
// line of the function a tool points at is left to the tool.
func (c cases) count(reports map[place]bool) (found, alarms int) {
	lines := map[string][]int{}
	for p := range reports {
		lines[p.file] = append(lines[p.file], p.line)
	}
	for _, f := range c.deadlocks {
		if f.holds(lines[f.file]) {
			found++
		}
	}
	for _, f := range c.fine {
		if f.holds(lines[f.file]) {
			alarms++
		}
	}
	return found, alarms
}
