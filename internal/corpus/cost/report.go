package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"
)

// writeCosts writes a line per subject and tool.
func writeCosts(w io.Writer, tools []tool, all []*measured) {
	fmt.Fprintln(w, "| module | tool | cold CPU s | (range) | ratio to "+base+" | cold wall s | warm CPU s | peak MiB | ratio to "+base+" |")
	fmt.Fprintln(w, "|---|---|--:|--:|--:|--:|--:|--:|--:|")
	for _, m := range all {
		for _, t := range tools {
			m.write(w, t.name)
		}
	}
}

// write writes the line of a tool.
func (m *measured) write(w io.Writer, name string) {
	s, b := m.samples[name], m.samples[base]
	cold := collect(s, func(s sample) time.Duration { return s.cold.CPU })
	wall := collect(s, func(s sample) time.Duration { return s.cold.Wall })
	warm := collect(s, func(s sample) time.Duration { return s.warm.CPU })
	peak := collect(s, func(s sample) int64 { return s.cold.PeakRSS })
	fmt.Fprintf(w, "| %s | %s | %.1f | %.1f–%.1f | %.2f | %.1f | %.1f | %d | %.2f |\n",
		m.pin, name,
		median(cold).Seconds(), slices.Min(cold).Seconds(), slices.Max(cold).Seconds(),
		ratio(s, b, func(s sample) float64 { return s.cold.CPU.Seconds() }),
		median(wall).Seconds(), median(warm).Seconds(), median(peak)>>20,
		ratio(s, b, func(s sample) float64 { return float64(s.cold.PeakRSS) }))
}

// collect takes one number of each sample.
func collect[T any](samples []sample, of func(sample) T) []T {
	var out []T
	for _, s := range samples {
		out = append(out, of(s))
	}
	return out
}

// ratio returns the median over the rounds of the ratio of one number.
func ratio(of, to []sample, number func(sample) float64) float64 {
	var ratios []float64
	for i := range of {
		ratios = append(ratios, number(of[i])/number(to[i]))
	}
	return median(ratios)
}

// median returns the median; of an even number of values, the lower of the two
// in the middle.
func median[T cmp.Ordered](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}

// writeFacts writes how many bytes of facts the tools left. The units are those
// of the whole import graph, with the standard library.
func writeFacts(w io.Writer, all []*measured) {
	fmt.Fprintln(w, "\n| module | tool | packages | median fact bytes | packages with facts | median of those | 95 % | most | in | total |")
	fmt.Fprintln(w, "|---|---|--:|--:|--:|--:|--:|--:|---|--:|")
	for _, m := range all {
		for _, name := range []string{own, base} {
			f := summarize(m.facts[name])
			fmt.Fprintf(w, "| %s | %s | %d | %d | %d | %d | %d | %d | %s | %d |\n",
				m.pin, name, f.units, f.median, f.withFacts, f.medianOfThose, f.most95, f.most, f.mostUnit, f.total)
		}
	}
}

// A factSummary sums up the facts of all units.
type factSummary struct {
	units, median            int
	withFacts, medianOfThose int
	most95, most, total      int
	mostUnit                 string
}

// summarize sums up facts that are sorted by their size.
func summarize(facts []unitFacts) factSummary {
	var sizes []int
	f := factSummary{}
	for _, u := range facts {
		sizes = append(sizes, u.bytes)
		f.total += u.bytes
	}
	f.units = len(sizes)
	if f.units == 0 {
		return f
	}
	f.median = median(sizes)
	f.most95 = sizes[(f.units-1)*95/100]
	f.most, f.mostUnit = sizes[f.units-1], facts[f.units-1].unit
	some := slices.DeleteFunc(sizes, func(n int) bool { return n == 0 })
	if f.withFacts = len(some); f.withFacts > 0 {
		f.medianOfThose = median(some)
	}
	return f
}
