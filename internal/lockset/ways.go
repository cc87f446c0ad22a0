package lockset

import (
	"slices"

	"github.com/lockreentry/lockreentry/internal/summary"
)

// A summary tells of one acquisition where a function has several of the same
// lock. What is told of the way to it must be true wherever it is told to
// happen: of a lock that is taken here if a flag is set, and there in any case,
// callers are told there.

// maxWays bounds the ways to what a summary tells of that are remembered.
const maxWays = 4

// A way is how an acquisition, or a call of what the caller passed, comes about.
type way struct {
	guard summary.Guard // under which it does for sure
	all   summary.Guard // what all its conditions share
	steps []summary.Step
	held  []summary.Held
	rules []string
}

// ways are those to one acquisition or call. The first is the one told of.
type ways []way

// note adds w, or the condition of it to a way that has the same steps.
func (ws ways) note(w way) ways {
	for i := range ws {
		if !slices.Equal(ws[i].steps, w.steps) {
			continue
		}
		ws[i].all = ws[i].all.Meet(w.guard)
		if g, ok := ws[i].guard.Join(w.guard); ok {
			ws[i].guard = g
		}
		return ws
	}
	if len(ws) >= maxWays {
		return ws
	}
	w.all = w.guard
	return append(ws, w)
}

// choose moves to the front the shortest way that is gone wherever g holds; if there
// is none, as where g has been weakened, one that needs no more than g.
func (ws ways) choose(g summary.Guard) {
	best := ws.shortest(func(w *way) bool { return w.guard.Covers(g) })
	if best < 0 && !ws[0].all.Covers(g) {
		best = ws.shortest(func(w *way) bool { return w.all.Covers(g) })
	}
	if best > 0 {
		ws[0], ws[best] = ws[best], ws[0]
	}
}

// shortest returns the place of the shortest way that is good, or -1.
func (ws ways) shortest(good func(*way) bool) int {
	best := -1
	for i := range ws {
		if good(&ws[i]) && (best < 0 || len(ws[i].steps) < len(ws[best].steps)) {
			best = i
		}
	}
	return best
}

// acquireBy notes that acquisition i of the summary may come about as a does, too.
func (x *executor) acquireBy(i int, a *summary.Acquire) {
	o := &x.acquired[i]
	x.waysOf[i] = x.waysOf[i].note(way{guard: a.Guard, steps: a.Steps, rules: a.Rules})
	x.waysOf[i].choose(o.Guard)
	o.Steps, o.Rules = x.waysOf[i][0].steps, x.waysOf[i][0].rules
}

// callBy notes that call i of the summary may come about as c does, too.
func (x *executor) callBy(i int, c *summary.Call) {
	o := &x.calls[i]
	x.waysOfCall[i] = x.waysOfCall[i].note(way{guard: c.Guard, steps: c.Steps, held: c.Held})
	x.waysOfCall[i].choose(o.Guard)
	o.Steps, o.Held = x.waysOfCall[i][0].steps, x.waysOfCall[i][0].held
}
