package driver

import (
	"flag"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

// isUnit reports whether the go command runs us as its vettool: to ask for our
// version or flags, or to analyse the unit that a .cfg file describes.
func isUnit(args []string) bool {
	if slices.Contains(args, "-V=full") || slices.Contains(args, "-flags") {
		return true
	}
	return len(args) > 0 && strings.HasSuffix(args[len(args)-1], ".cfg")
}

// unitFlags are the flags that package unitchecker adds on its own.
var unitFlags = []string{"V", "all", "c", "diff", "fix", "flags", "json", "source", "tags", "v"}

// runUnit does what the go command asks of a vettool, and exits. It reads
// os.Args, as unitchecker does.
//
// unitchecker names an analyzer's flags -NAME.FLAG. With a single analyzer
// that is a nuisance, so they are declared under their plain names, too.
func runUnit(a *analysis.Analyzer) int {
	a.Flags.VisitAll(func(f *flag.Flag) {
		if !slices.Contains(unitFlags, f.Name) {
			flag.Var(f.Value, f.Name, f.Usage)
		}
	})
	restCollector()
	unitchecker.Main(a)
	return ExitClean // not reached
}
