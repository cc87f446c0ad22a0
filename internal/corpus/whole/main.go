// Command whole measures what it costs to analyse whole programs, next to what
// it costs to load them and build their SSA form.
//
// Usage, from the root of the repository:
//
//	go run -C internal/corpus ./whole [flags]
//
// The programs are main packages of modules of the corpus. Each is built from a
// copy of its module, which is the main module then, so that findings in it are
// reported; whatever its go.mod replaces is taken as those who require it take
// it. It prints a table, and below it what was found.
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
	"time"

	"github.com/lockreentry/lockreentry/internal/corpus/subject"
	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

// programs are the main packages that are measured: a module of the corpus and
// the directory in it.
var programs = []program{
	{"go.etcd.io/bbolt", "./cmd/bbolt"},
	{"github.com/nats-io/nats-server/v2", "."},
	{"go.etcd.io/etcd/server/v3", "."},
	{"github.com/caddyserver/caddy/v2", "./cmd/caddy"},
	{"github.com/coredns/coredns", "."},
	{"github.com/prometheus/prometheus", "./cmd/promtool"},
}

// A program is a main package.
type program struct{ module, dir string }

// options are what the command line says.
type options struct {
	tool    string
	only    *regexp.Regexp
	timeout time.Duration
	memory  string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	opts, err := parseFlags(os.Args[1:], os.Stderr)
	if err != nil {
		os.Exit(2)
	}
	if err := run(ctx, opts, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "whole:", err)
		os.Exit(1)
	}
}

// parseFlags reads the command line; it has already said what is wrong with it.
func parseFlags(args []string, stderr io.Writer) (*options, error) {
	opts := new(options)
	flags := flag.NewFlagSet("whole", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&opts.tool, "tool", "", "`command` to measure (default: build lockreentry of this repository)")
	flags.DurationVar(&opts.timeout, "timeout", 10*time.Minute, "give up on a program after this `duration`")
	flags.StringVar(&opts.memory, "memory", "8GiB", "`size` that the heap is kept below, as for GOMEMLIMIT")
	only := flags.String("only", "", "measure only programs that match `regexp`")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	var err error
	if opts.only, err = regexp.Compile(*only); err != nil {
		err = fmt.Errorf("flag -only: %w", err)
	} else if flags.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if err != nil {
		fmt.Fprintln(stderr, "whole:", err)
	}
	return opts, err
}

// run measures, and prints the table and the findings.
func run(ctx context.Context, opts *options, stdout, stderr io.Writer) (err error) {
	module, err := subject.ModuleDir(ctx)
	if err != nil {
		return err
	}
	pins, sum, err := subject.ReadPins(module)
	if err != nil {
		return err
	}
	b := &bench{opts: opts, sum: sum}
	if b.dir, err = os.MkdirTemp("", "whole"); err != nil {
		return fmt.Errorf("make temporary directory: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	if err := b.buildTools(ctx, module); err != nil {
		return err
	}
	var rows []*row
	for _, p := range programs {
		pin, err := find(pins, p.module)
		if err != nil {
			return err
		}
		if !opts.only.MatchString(pin.String() + " " + p.dir) {
			continue
		}
		r, err := b.measure(ctx, pin, p)
		if err != nil {
			return fmt.Errorf("%s, %s: %w", pin, p.dir, err)
		}
		fmt.Fprintf(stderr, "%s, %s: %d findings, %.1f s of CPU time\n", pin, p.dir, len(r.report.Findings), r.whole.CPU.Seconds())
		rows = append(rows, r)
	}
	write(stdout, rows)
	return nil
}

// find returns the pin of a module.
func find(pins []subject.Pin, module string) (subject.Pin, error) {
	for _, p := range pins {
		if p.Module == module {
			return p, nil
		}
	}
	return subject.Pin{}, fmt.Errorf("%s is not in the corpus", module)
}

// buildTools builds the command under test, unless one is given, and the
// baseline.
func (b *bench) buildTools(ctx context.Context, module string) error {
	var err error
	if b.baseline, err = vetrun.Build(ctx, module, "./whole/ssaonly", b.dir); err != nil {
		return err
	}
	if b.opts.tool != "" {
		b.tool, err = filepath.Abs(b.opts.tool)
		return err
	}
	b.tool, err = vetrun.Build(ctx, subject.Repository(module), "./cmd/lockreentry", b.dir)
	return err
}
