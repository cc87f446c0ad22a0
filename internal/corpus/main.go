// Command corpus tries the analyzer on real modules, measures it, and compares
// what it finds with the verdicts of those who read the findings.
//
// Usage, from the root of the repository:
//
//	go run -C internal/corpus . [flags]
//
// The modules and their versions are in corpus.txt, the hashes of all that they
// need in corpus.sum, the verdicts on findings in verdicts.txt, those on proved
// rules of identity in identities.txt. For each module it makes a throwaway
// module that requires exactly that version, vets the module's own packages with
// the analyzer, tests included, and prints a row of a table: packages, functions,
// lock operations, findings, time and memory. Code of the corpus is compiled and
// read, and never run.
//
// A run with -update measures with nothing cached of earlier vet runs, and
// writes the table, the verdicts and the proved rules to docs/corpus.md.
//
// # Exit codes
//
//	0  every finding has a verdict and none is a false alarm, every verdict on
//	   a rule is about one that is proved, and holds
//	1  the corpus could not be run
//	2  wrong usage
//	3  a finding has no verdict, is a false alarm or got lost, a rule is wrong
//	   or not proved any more, or a package could not be analysed
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"syscall"
	"time"

	"github.com/lockreentry/lockreentry/internal/corpus/subject"
)

// Exit codes.
const (
	exitFailed  = 1
	exitUsage   = 2
	exitVerdict = 3
)

// options are what the command line says.
type options struct {
	tool    string
	timeout time.Duration
	only    *regexp.Regexp
	short   bool
	cold    bool
	update  bool
	pin     bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(command(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// command runs the command and returns its exit code.
func command(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	opts, err := parseFlags(args, stderr)
	if err != nil {
		return exitUsage
	}
	module, err := subject.ModuleDir(ctx)
	if err != nil {
		fmt.Fprintln(stderr, "corpus:", err)
		return exitFailed
	}
	clean, err := run(ctx, opts, module, stdout, stderr)
	if err != nil {
		fmt.Fprintln(stderr, "corpus:", err)
		return exitFailed
	}
	if !clean {
		return exitVerdict
	}
	return 0
}

// parseFlags reads the command line; it has already said what is wrong with it.
func parseFlags(args []string, stderr io.Writer) (*options, error) {
	opts := new(options)
	flags := flag.NewFlagSet("corpus", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&opts.tool, "tool", "", "vet `tool` to run (default: build the analyzer of this repository)")
	flags.BoolVar(&opts.short, "short", false, "run only the modules marked short")
	flags.BoolVar(&opts.cold, "cold", false, "cache nothing of earlier vet runs, so that time is comparable")
	flags.BoolVar(&opts.update, "update", false, "write docs/corpus.md; implies -cold, and the whole corpus")
	flags.BoolVar(&opts.pin, "pin", false, "add missing hashes to corpus.sum instead of failing")
	flags.DurationVar(&opts.timeout, "timeout", 20*time.Minute, "give up on a module after this `duration`")
	only := flags.String("only", "", "run only modules that match `regexp`")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if err := opts.check(flags, *only); err != nil {
		fmt.Fprintln(stderr, "corpus:", err)
		return nil, err
	}
	return opts, nil
}

// check reports combinations that make no sense, and completes the options.
func (opts *options) check(flags *flag.FlagSet, only string) error {
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if opts.update && (opts.short || only != "") {
		return errors.New("-update needs the whole corpus: leave out -short and -only")
	}
	opts.cold = opts.cold || opts.update
	var err error
	if opts.only, err = regexp.Compile(only); err != nil {
		return fmt.Errorf("flag -only: %w", err)
	}
	return nil
}
