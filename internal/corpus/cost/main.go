// Command cost measures what the analyzer costs as a vet tool, next to vet
// tools that anybody can judge it by.
//
// Usage, from the root of the repository:
//
//	go run -C internal/corpus ./cost [flags]
//
// On each subject, every tool runs cold (nothing cached of earlier vet runs,
// every package compiled) and then warm (the same again); this is repeated in
// rounds, in which the tools take turns, so that the noise of the machine meets
// all of them. It prints two tables. The first has the medians of CPU time, and
// of the ratio to the tool that only builds the SSA form, taken within a round.
// The second has the bytes of facts that a tool leaves for each package of the
// import graph.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"syscall"

	"github.com/lockreentry/lockreentry/internal/corpus/subject"
	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

// subjects matches the pins that are measured unless -only says otherwise.
const subjects = `^(google.golang.org/grpc|github.com/nats-io/nats-server/v2|go.etcd.io/etcd/server/v3|github.com/prometheus/prometheus)@`

// options are what the command line says.
type options struct {
	tool   string
	only   *regexp.Regexp
	rounds int
}

// A tool is a vet tool to be measured.
type tool struct {
	name string
	path string
}

// Names of the tools.
const (
	own  = "lockreentry"
	base = "buildssa"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	opts, err := parseFlags(os.Args[1:], os.Stderr)
	if err != nil {
		os.Exit(2)
	}
	if err := run(ctx, opts, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "cost:", err)
		os.Exit(1)
	}
}

// parseFlags reads the command line; it has already said what is wrong with it.
func parseFlags(args []string, stderr io.Writer) (*options, error) {
	opts := new(options)
	flags := flag.NewFlagSet("cost", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&opts.tool, "tool", "", "vet `tool` to measure (default: build the analyzer of this repository)")
	flags.IntVar(&opts.rounds, "n", 5, "`number` of rounds")
	only := flags.String("only", subjects, "measure on the modules of the corpus that match `regexp`")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	var err error
	switch opts.only, err = regexp.Compile(*only); {
	case err != nil:
		err = fmt.Errorf("flag -only: %w", err)
	case flags.NArg() > 0:
		err = fmt.Errorf("unexpected argument %q", flags.Arg(0))
	case opts.rounds < 1:
		err = errors.New("flag -n: need at least one round")
	}
	if err != nil {
		fmt.Fprintln(stderr, "cost:", err)
		return nil, err
	}
	return opts, nil
}

// run measures and prints the tables.
func run(ctx context.Context, opts *options, stdout, stderr io.Writer) (err error) {
	module, err := subject.ModuleDir(ctx)
	if err != nil {
		return err
	}
	pins, sum, err := subject.ReadPins(module)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "cost")
	if err != nil {
		return fmt.Errorf("make temporary directory: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	tools, err := buildTools(ctx, opts, module, dir)
	if err != nil {
		return err
	}
	var all []*measured
	for _, pin := range pins {
		if !opts.only.MatchString(pin.String()) {
			continue
		}
		b := &bench{pin: pin, tools: tools, rounds: opts.rounds, dir: dir, log: stderr}
		m, err := b.measure(ctx, sum)
		if err != nil {
			return fmt.Errorf("%s: %w", pin, err)
		}
		all = append(all, m)
	}
	writeCosts(stdout, tools, all)
	writeFacts(stdout, all)
	return nil
}

// buildTools builds the tools, the one under test first.
func buildTools(ctx context.Context, opts *options, module, dir string) ([]tool, error) {
	tested, err := testedTool(ctx, opts, module, dir)
	if err != nil {
		return nil, err
	}
	tools := []tool{{own, tested}}
	for _, t := range []tool{
		{base, "./cost/baseline/ssaonly"},
		{"noop", "./cost/baseline/noop"},
		{"nilness", "./cost/baseline/nilness"},
	} {
		if t.path, err = vetrun.Build(ctx, module, t.path, dir); err != nil {
			return nil, err
		}
		tools = append(tools, t)
	}
	return tools, nil
}

// testedTool returns the path of the tool under test.
func testedTool(ctx context.Context, opts *options, module, dir string) (string, error) {
	if opts.tool != "" {
		return filepath.Abs(opts.tool)
	}
	return vetrun.Build(ctx, subject.Repository(module), "./cmd/lockreentry", dir)
}
