package main

import (
	"fmt"
	"io"
	"time"
)

// write writes a line per program, and then the findings.
func write(w io.Writer, rows []*row) {
	fmt.Fprintf(w, "Measured on %s.\n\n", time.Now().UTC().Format(time.DateOnly))
	fmt.Fprintln(w, "| program | packages | functions | findings | CPU s | wall s | peak MiB | SSA only: CPU s | wall s | peak MiB | ratio of CPU | of peak |")
	fmt.Fprintln(w, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, r := range rows {
		a, s := r.whole, r.ssa
		fmt.Fprintf(w, "| %s, %s | %d | %d | %d | %.1f | %.1f | %d | %.1f | %.1f | %d | %.2f | %.2f |\n",
			r.pin, r.program.dir, r.count.Packages, r.count.Functions, len(r.report.Findings),
			a.CPU.Seconds(), a.Wall.Seconds(), a.PeakRSS>>20,
			s.CPU.Seconds(), s.Wall.Seconds(), s.PeakRSS>>20,
			a.CPU.Seconds()/s.CPU.Seconds(), float64(a.PeakRSS)/float64(s.PeakRSS))
	}
	for _, r := range rows {
		for _, f := range r.report.Findings {
			fmt.Fprintf(w, "\n%s: %s:%d: %s\n", r.pin, f.Location.File, f.Location.Line, f.Message)
		}
	}
}
