// Command ssaonly loads a program with all that it imports, builds its SSA form
// and does nothing with it: the price of every analysis of whole programs. It
// prints the numbers of packages and of functions.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/lockreentry/lockreentry/internal/corpus/census"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "ssaonly:", err)
		os.Exit(1)
	}
}

// run builds the packages that patterns match.
func run(patterns []string) error {
	roots, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax}, patterns...)
	if err != nil {
		return err
	}
	if packages.PrintErrors(roots) > 0 {
		return errors.New("the program cannot be loaded")
	}
	prog, _ := ssautil.AllPackages(roots, ssa.BuilderMode(0))
	prog.Build()
	var count struct{ Packages, Functions int }
	packages.Visit(roots, nil, func(p *packages.Package) {
		count.Packages++
		for _, file := range p.Syntax {
			count.Functions += census.Functions(file)
		}
	})
	return json.NewEncoder(os.Stdout).Encode(count)
}
