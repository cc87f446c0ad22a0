package driver

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/lockreentry/lockreentry/analyzer"
	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/report"
)

// flags is the parsed command line.
type flags struct {
	dir           string // -C, made absolute
	root          string
	tags          string
	format        string
	output        string
	baseline      string
	writeBaseline string
	exclude       listFlag
	models        listFlag
	version       bool
	whole         bool
	roots         bool // the analyzer has the flag for the set of packages

	analyzer []string // flags of the analyzer as given, for the vettool
	patterns []string
}

// modelsText is the flag of the analyzer that takes the text of extra models.
// The text travels on the command line, not the name of the file: the go
// command caches analyses by their flags and knows nothing of the file.
const modelsText = "models-text"

// errHelp asks for the help text.
var errHelp = flag.ErrHelp

// parseFlags parses the command line.
func parseFlags(a *analysis.Analyzer, args []string) (*flags, error) {
	f := new(flags)
	set := f.declare(a)
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, errHelp
		}
		return nil, usagef("%w\nrun '%s help' for the flags", err, a.Name)
	}
	f.patterns = set.Args()
	if err := f.check(); err != nil {
		return nil, err
	}
	return f, f.readModels()
}

// declare returns a flag set that parses into f.
func (f *flags) declare(a *analysis.Analyzer) *flag.FlagSet {
	set := flag.NewFlagSet(a.Name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&f.dir, "C", "", "change to `dir` before anything else; other files are named relative to it")
	set.StringVar(&f.tags, "tags", "", "comma-separated `list` of build tags, passed to the go command")
	set.StringVar(&f.format, "format", "text", "output `format`: "+strings.Join(report.Formats(), ", "))
	set.StringVar(&f.output, "o", "", "write the findings to `file` instead of standard output")
	set.StringVar(&f.root, "root", "", "`dir` that json, sarif, github and baselines name files relative to (default the repository around the working directory)")
	set.StringVar(&f.baseline, "baseline", "", "leave out the findings that `file` lists")
	set.StringVar(&f.writeBaseline, "write-baseline", "", "list the findings in `file`, for -baseline, instead of reporting them")
	set.Var(&f.exclude, "exclude", "comma-separated `patterns` of packages to leave out; may be repeated")
	set.BoolVar(&f.whole, "whole", false, "analyse the program of each main package as a whole, to find what is wired in a third package; needs the source of all of it at once, and has no cache")
	set.BoolVar(&f.version, "version", false, "print the version and exit")
	a.Flags.VisitAll(func(af *flag.Flag) {
		switch {
		case af.Name == modelsText:
			set.Var(&f.models, "models", "comma-separated `files` with extra models; may be repeated")
		case af.Name == analyzer.RootsFlag:
			f.roots = true // set by vet
		case set.Lookup(af.Name) == nil:
			set.Var(&passedFlag{a.Name, af, &f.analyzer}, af.Name, af.Usage)
		}
	})
	return set
}

// check completes f and reports what is wrong with it.
func (f *flags) check() error {
	if i := slices.IndexFunc(f.patterns, func(p string) bool { return strings.HasPrefix(p, "-") }); i >= 0 {
		return usagef("flag %s must come before the packages", f.patterns[i])
	}
	if !slices.Contains(report.Formats(), f.format) {
		return usagef("unknown format %q: want one of %s", f.format, strings.Join(report.Formats(), ", "))
	}
	if o, err := f.options(); err == nil && (o.Possible || o.Identity) && !report.HasNotes(f.format) {
		return usagef("-possible and -explain-identity have no place in the format %s", f.format)
	}
	if f.baseline != "" && f.writeBaseline != "" {
		return usagef("-baseline and -write-baseline cannot be used together")
	}
	if f.writeBaseline != "" && f.output != "" {
		return usagef("-write-baseline reports nothing, so -o cannot be used with it")
	}
	dir, err := filepath.Abs(f.dir)
	if err != nil {
		return fmt.Errorf("find working directory: %w", err)
	}
	if st, err := os.Stat(dir); err != nil {
		return usagef("-C: %w", err)
	} else if !st.IsDir() {
		return usagef("-C: %s is not a directory", f.dir)
	}
	f.dir = dir
	if f.root == "" {
		f.root = sourceRoot(dir)
	} else {
		f.root = f.path(f.root)
	}
	return nil
}

// readModels reads the files with extra models and passes them on. A mistake in
// one is told here: the analyzer would tell of it once per package, and would
// not know the name of the file.
func (f *flags) readModels() error {
	var text strings.Builder
	for _, name := range f.models {
		data, err := os.ReadFile(f.path(name))
		if err != nil {
			return usagef("read models: %w", err)
		}
		if _, err := lock.Parse(name, string(data)); err != nil {
			return usagef("read models: %w", err)
		}
		text.Write(data)
		text.WriteByte('\n')
	}
	if text.Len() > 0 {
		f.analyzer = append(f.analyzer, "-"+modelsText+"="+text.String())
	}
	return nil
}

// options returns the flags of the analyzer as options.
func (f *flags) options() (analyzer.Options, error) {
	var o analyzer.Options
	set := flag.NewFlagSet("", flag.ContinueOnError)
	o.Declare(set)
	for _, arg := range f.analyzer {
		name, value, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if err := set.Set(name[strings.IndexByte(name, '.')+1:], value); err != nil {
			return o, usagef("-%s: %w", name, err)
		}
	}
	return o, nil
}

// path returns the file that name on the command line means.
func (f *flags) path(name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(f.dir, name)
}

// A listFlag is a comma-separated list that grows when the flag is repeated.
type listFlag []string

// String implements flag.Value.
func (l *listFlag) String() string { return strings.Join(*l, ",") }

// Set implements flag.Value.
func (l *listFlag) Set(s string) error {
	for _, item := range strings.Split(s, ",") {
		if item = strings.TrimSpace(item); item != "" {
			*l = append(*l, item)
		}
	}
	return nil
}

// A passedFlag is a flag of the analyzer: it is checked here and passed on to
// the vettool under its long name. The short one will not do for all: of
// "debug", say, package unitchecker does not tell the go command.
type passedFlag struct {
	analyzer string
	flag     *flag.Flag
	args     *[]string
}

// String implements flag.Value.
func (p *passedFlag) String() string {
	if p.flag == nil { // package flag makes a zero value to find the default
		return ""
	}
	return p.flag.Value.String()
}

// Set implements flag.Value.
func (p *passedFlag) Set(s string) error {
	if err := p.flag.Value.Set(s); err != nil {
		return err
	}
	*p.args = append(*p.args, "-"+p.analyzer+"."+p.flag.Name+"="+s)
	return nil
}

// IsBoolFlag tells package flag whether the flag may stand without a value.
func (p *passedFlag) IsBoolFlag() bool {
	b, ok := p.flag.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}
