package lockset

import (
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A function may lock an object that no caller can name, and pass it to what its
// caller has passed: `s := r.find(id); s.mu.Lock(); f(s)`. Callers are told that
// the lock of the argument is held.

// heldByArgument returns the held lock l, which callers can't name, as one of an
// argument of the call at hand, if it is one.
func (x *executor) heldByArgument(l *lockState, args []*path.Node) []summary.Held {
	for i, a := range args {
		if a = a.Plain(); l.held && !a.Visible() && a.Kind != path.Unknown && l.path.HasPrefix(a) {
			if p := x.table.Replace(l.path, a, x.table.Arg(i)); p.Visible() {
				return []summary.Held{{Path: p, Mode: l.mode, Retaken: l.released, Steps: l.steps}}
			}
		}
	}
	return nil
}

// underArguments checks what the target of nested, called by call c of the target of
// f in state s, does to the locks that are held of its arguments.
func (x *executor) underArguments(s *state, f *frame, c *summary.Call, nested *frame) {
	locked := func(i int) bool {
		return slices.ContainsFunc(c.Held, func(h summary.Held) bool { return h.Path.Root() == x.table.Arg(i) })
	}
	g, any := *nested, false
	g.args = slices.Clone(g.args)
	for i := range g.args {
		if locked(i) {
			g.args[i], any = x.table.ArgAt(x.table.Arg(i), f.depth, f.site), true
		}
	}
	if any {
		x.instantiate(s, &g)
	}
}
