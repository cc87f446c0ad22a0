package analyzer

import (
	"golang.org/x/tools/go/analysis"
)

// Options configure an Analyzer. The zero value is the default.
type Options struct {
	// Disable lists codes that are not reported.
	Disable []string
	// Models is the text of extra models, in the format of the embedded
	// table (see internal/lock/models.txt).
	Models string
	// Debug makes the analyzer report on standard error where a bound was
	// hit, and why the analysis stayed silent there.
	Debug bool
}

// Analyzer is the analyzer with default options; its flags set them.
var Analyzer = New(Options{})

// New returns an analyzer that reports lock re-entry as o says.
// Flags of the returned analyzer are bound to its own copy of o.
func New(o Options) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: "lockreentry",
		Doc:  "report locks that a goroutine locks again while it holds them",
		Run:  func(*analysis.Pass) (any, error) { return nil, nil },
	}
}
