package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"github.com/lockreentry/lockreentry/internal/corpus/census"
	"github.com/lockreentry/lockreentry/internal/corpus/verdict"
	"github.com/lockreentry/lockreentry/internal/corpus/vetrun"
)

// cells are the numbers of a line of the table.
type cells struct {
	packages                    int
	count                       census.Count
	findings, right, wrong, bad int
	usage                       vetrun.Usage
}

// cells returns the numbers of the row. A finding is right when it is of any
// kind but a false alarm.
func (r *row) cells() cells {
	c := r.Compared
	return cells{
		packages: r.Packages,
		count:    r.Count,
		findings: len(c.Judged) + len(c.Unjudged),
		right:    len(c.Judged) - c.FalseAlarms,
		wrong:    c.FalseAlarms,
		bad:      len(r.Failures),
		usage:    r.Usage,
	}
}

// add returns the sum of two lines; of memory, the maximum.
func (c cells) add(d cells) cells {
	return cells{
		packages: c.packages + d.packages,
		count:    c.count.Add(d.count),
		findings: c.findings + d.findings,
		right:    c.right + d.right,
		wrong:    c.wrong + d.wrong,
		bad:      c.bad + d.bad,
		usage: vetrun.Usage{
			CPU:     c.usage.CPU + d.usage.CPU,
			Wall:    c.usage.Wall + d.usage.Wall,
			PeakRSS: max(c.usage.PeakRSS, d.usage.PeakRSS),
		},
	}
}

// write writes a line of the table.
func (c cells) write(w io.Writer, module, version string) {
	fmt.Fprintf(w, "| %s | %s | %d | %d | %d | %d | %d | %d | %d | %.1f | %.1f | %d |\n",
		module, version, c.packages, c.count.Functions, c.count.LockOps, c.findings, c.right, c.wrong, c.bad,
		c.usage.CPU.Seconds(), c.usage.Wall.Seconds(), c.usage.PeakRSS>>20)
}

// writeTable writes a line per module, and one with the sum.
func writeTable(w io.Writer, rows []*row) {
	fmt.Fprintln(w, "| module | version | packages | functions | lock operations | findings | right | false alarms | failures | CPU s | wall s | peak MiB |")
	fmt.Fprintln(w, "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	var sum cells
	for _, r := range rows {
		r.cells().write(w, r.Pin.Module, r.Pin.Version)
		sum = sum.add(r.cells())
	}
	sum.write(w, "all", "")
}

// writeProblems writes what somebody has to look at. A finding without verdict
// is written so that it can be pasted into verdicts.txt and completed.
func writeProblems(w io.Writer, rows []*row) {
	for _, r := range rows {
		for _, f := range r.Failures {
			fmt.Fprintf(w, "\nfailed: %s: %s\n", r.Pin, f)
		}
		for _, f := range r.Compared.Unjudged {
			fmt.Fprintf(w, "\nno verdict:\n%s\n\t%s\n", f.Head("UNJUDGED"), f.Message)
		}
		for _, j := range r.Compared.Judged {
			if j.Verdict.Kind == verdict.FalseAlarm {
				fmt.Fprintf(w, "\nfalse alarm:\n%s\n\t%s\n", j.Finding.Head(j.Verdict.Kind), j.Finding.Message)
			}
		}
		for _, v := range r.Compared.Missing {
			fmt.Fprintf(w, "\nnot found any more: %s %s:%d %s %s [%s]\n", v.Module, v.File, v.Line, v.Function, v.Lock, v.Code)
		}
		for _, j := range r.Rules.Wrong() {
			fmt.Fprintf(w, "\nwrong rule: %s %s\n\t%s:%d: %s\n", r.Pin, j.Rule.Statement, j.Rule.File, j.Rule.Line, j.Rule.Why)
		}
		for _, v := range r.Rules.Missing {
			fmt.Fprintf(w, "\nnot proved any more: %s %s %s\n", v.Module, v.Package, v.Statement)
		}
	}
}

// writePage writes the document: the table, how to read it, every verdict with
// its reason, and the rules that were proved.
func writePage(ctx context.Context, w io.Writer, rows []*row) error {
	goVersion, err := exec.CommandContext(ctx, "go", "env", "GOVERSION", "GOOS", "GOARCH", "CGO_ENABLED").Output()
	if err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	e := strings.Fields(string(goVersion))
	fmt.Fprintf(w, pageHead, e[0], e[1], e[2], e[3])
	writeTable(w, rows)
	fmt.Fprint(w, "\n## Verdicts\n\n")
	for _, k := range verdict.Kinds {
		fmt.Fprintf(w, "- **%s** (%d): %s.\n", k, countKind(rows, k), k.Meaning())
	}
	for _, r := range rows {
		writeVerdicts(w, r)
	}
	writeRules(w, rows)
	return nil
}

// pageHead is the beginning of the document.
const pageHead = `<!-- Written by go run -C internal/corpus . -update. Do not edit. -->

# The corpus

What the analyzer says about real modules, and what it costs there. Every
finding has been read and judged; the verdicts are below the table.

Measured with %s, %s/%s, CGO_ENABLED=%s. The own packages of each module are
vetted, tests included, with nothing cached of earlier vet runs and every package
compiled; time includes the analysis of all packages that they import, standard
library too. Functions are declarations with a body and function literals. Lock
operations are uses of Lock, Unlock, TryLock, RLock, RUnlock, TryRLock and Once.Do
of package sync. Peak is the resident memory of the largest process.

`

// countKind returns the number of findings of a kind.
func countKind(rows []*row, kind verdict.Kind) int {
	n := 0
	for _, r := range rows {
		for _, j := range r.Compared.Judged {
			if j.Verdict.Kind == kind {
				n++
			}
		}
	}
	return n
}

// writeVerdicts writes the verdicts on the findings in one module.
func writeVerdicts(w io.Writer, r *row) {
	if len(r.Compared.Judged) == 0 {
		return
	}
	fmt.Fprintf(w, "\n### %s\n", r.Pin)
	for _, j := range r.Compared.Judged {
		fmt.Fprintf(w, "\n- `%s:%d`, `%s`: **%s**\n\n  ```\n  %s\n  ```\n\n  %s\n",
			j.Finding.File, j.Finding.Line, j.Finding.Function, j.Verdict.Kind, j.Finding.Message, j.Verdict.Reason)
	}
}
