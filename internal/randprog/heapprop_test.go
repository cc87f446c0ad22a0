package randprog

import (
	"go/ast"
	"go/importer"
	"testing"

	"pgregory.net/rapid"
)

// TestHeapReportsHappen checks that whatever the analyzer reports in a random
// program with heap objects does happen in one of the heaps that the program
// can build, and that the rules it states hold in all of them.
func TestHeapReportsHappen(t *testing.T) {
	imports := importer.Default()
	all := tally{missed: map[string]int{}, met: map[string]int{}, sample: map[string]string{}}
	rules := 0
	rapid.Check(t, func(t *rapid.T) {
		src := heapPrograms.Draw(t, "program")
		p, files := load(t, imports, src)
		reports := analyze(t, p, files)
		c := p.client(reports)
		c.explore(fewRuns, c.all, false)
		for i, r := range reports {
			all.reports++
			switch c.confirm(i) {
			case happens:
				if c.named[i] == 0 {
					all.otherPath++
				}
			case undecided:
				all.undecided++
			case falseAlarm:
				t.Errorf("does not happen: %d: %s", r.line, r.message)
			}
		}
		for i, r := range c.rules {
			rules++
			if c.broken[i] > 0 {
				t.Errorf("does not always hold: %s", r.text)
			}
		}
		all.count(world{nil: {events: c.events}}, reports, src)
	})
	t.Logf("%d statements of rules", rules)
	all.print(t)
}

// confirm tells whether report i happens. Where that has not been seen the
// functions around it are run more often. It does not if the path that it names
// is taken, but never with one lock; else that path was not met, which counts
// neither for nor against the analyzer.
func (c *client) confirm(i int) verdict {
	var around []*ast.FuncDecl
	for _, f := range c.all {
		if c.prog.line(f.Pos()) <= c.reports[i].line && c.reports[i].line <= c.prog.line(f.End()) {
			around = append(around, f)
		}
	}
	met := len(c.events)
	for _, loose := range []bool{false, true} {
		if c.hits[i] == 0 {
			c.explore(manyRuns, around, loose)
		}
	}
	if c.hits[i] == 0 && c.others[i] > 0 {
		c.explore(mostRuns, around, true)
	}
	c.events = c.events[:met]
	switch {
	case c.hits[i] > 0:
		return happens
	case c.others[i] > 0:
		return falseAlarm
	}
	return undecided
}
