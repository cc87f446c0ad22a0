package analyzer

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/lockreentry/lockreentry/internal/finding"
)

// Options configure an Analyzer. The zero value is the default.
type Options struct {
	// Disable lists codes that are not reported.
	Disable []string
	// Models is the text of extra models, in the format of the embedded
	// table (see internal/lock/models.txt).
	Models string
	// Possible asks for possible re-entries, too: locks of one field, where it
	// is not known whether the objects are one. Their diagnostics have a
	// category for which IsNote holds.
	Possible bool
	// Identity asks for the rules about the identity of objects that were
	// looked for, each with the store that decided. These are notes as well.
	Identity bool
	// Debug makes the analyzer tell where a bound was hit, so that it stayed
	// silent there, and what became known of each function.
	Debug bool
	// DebugTo is where Debug tells; nil means standard error.
	DebugTo io.Writer `json:"-"`
}

// Analyzer is the analyzer with default options; its flags set them.
var Analyzer = New(Options{})

// RootsFlag names the flag that makes the go command keep the results of runs
// on different sets of packages apart.
const RootsFlag = "roots"

// identityNote is the category of a rule about the identity of objects.
const identityNote = "identity"

// IsNote reports whether diagnostics of the category are no findings, but what
// Options.Possible or Options.Identity asks for.
func IsNote(category string) bool {
	return category == identityNote || strings.HasPrefix(category, finding.PossiblePrefix)
}

// New returns an analyzer that reports lock re-entry as o says.
// Flags of the returned analyzer are bound to its own copy of o.
func New(o Options) *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:      "lockreentry",
		Doc:       Doc,
		URL:       "https://pkg.go.dev/github.com/lockreentry/lockreentry/analyzer",
		FactTypes: []analysis.Fact{new(PackageFact)},
	}
	o.Declare(&a.Flags)
	a.Flags.String(RootsFlag, "", "`key` of the set of packages asked for; it changes no result, only what the go command takes for the same run")
	a.Run = func(pass *analysis.Pass) (any, error) {
		u, err := newUnit(pass, &o)
		if err != nil {
			return nil, fmt.Errorf("analyze %s: %w", pass.Pkg.Path(), err)
		}
		u.run()
		return nil, nil
	}
	return a
}

// Declare declares the flags that set o in set.
func (o *Options) Declare(set *flag.FlagSet) {
	set.Func("disable", "comma-separated list of `codes` that are not reported", func(s string) error {
		for code := range strings.SplitSeq(s, ",") {
			if !isCode(code) {
				return fmt.Errorf("unknown code %q", code)
			}
			o.Disable = append(o.Disable, code)
		}
		return nil
	})
	set.StringVar(&o.Models, "models-text", o.Models, "extra models, as `text` in the format of the embedded table")
	set.BoolVar(&o.Possible, "possible", o.Possible, "show possible re-entries, too, where it is not known whether two objects are one; they are no findings")
	set.BoolVar(&o.Identity, "explain-identity", o.Identity, "show the rules that were looked for about which objects are one, with the store that proves or breaks each")
	set.BoolVar(&o.Debug, "debug", o.Debug, "tell on standard error where a bound was hit")
}

// debugWriter returns where o wants to be told, or nil.
func (o *Options) debugWriter() io.Writer {
	switch {
	case !o.Debug:
		return nil
	case o.DebugTo != nil:
		return o.DebugTo
	}
	return os.Stderr
}
