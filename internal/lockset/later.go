package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/heap"
	"github.com/lockreentry/lockreentry/internal/path"
)

// Some functions run later and start with no lock held: those of go
// statements, and those that a wrapper has made of what it was passed, once
// they leave the function at hand. They can still meet a lock of their own: a
// handler that locks around a function that locks. Who puts the two together
// is told, since nobody else knows both.

// leaves checks the function value v, which leaves the function at hand in
// state s, if a wrapper made it.
func (x *executor) leaves(s *state, v *path.Node) {
	v = v.Plain()
	site := madeAt(v)
	if site == nil {
		return
	}
	for _, t := range x.known(v, "", nil) {
		x.alone(s, &frame{target: t, site: site})
	}
}

// madeAt returns the call that made the closure v, or nil if it was not made by
// a callee of the function at hand.
func madeAt(v *path.Node) ssa.CallInstruction {
	if v.Kind == path.Closure && v.Fn != nil {
		for _, a := range v.Args {
			if site, ok := a.Site.(ssa.CallInstruction); ok && a.Kind == path.Fresh {
				return site
			}
		}
	}
	return nil
}

// alone checks what the target of f does when it runs later: what it calls by
// the function at hand, under its own locks. That is no affair of callers.
func (x *executor) alone(s *state, f *frame) {
	if len(f.sum.Calls)+len(f.sum.Pairs) == 0 {
		return
	}
	top, calls, found := x.top, x.calls, x.findings
	x.top, x.ahead, x.findings = true, true, x.composed
	x.instantiate(x.later(s, append(slices.Clip(f.args), f.value)), f)
	for _, c := range x.findings[len(x.composed):] {
		c.parts = parts(s, f.value, nil)
	}
	x.composed, x.ahead, x.top, x.calls, x.findings = x.findings, false, top, calls, found
}

// parts adds the calls that made the closures which v captured to list.
func parts(s *state, v *path.Node, list []ssa.CallInstruction) []ssa.CallInstruction {
	if v.Kind != path.Closure {
		return list
	}
	for _, a := range v.Args {
		if val := s.mem.get(a); val != nil {
			a = val.Plain()
		}
		if site := madeAt(a); site != nil && !slices.Contains(list, site) {
			list = parts(s, a, append(list, site))
		}
	}
	return list
}

// later returns the state in which functions start that s has started or
// stored: nothing is held, and all memory may have changed, but for captured
// variables that are assigned once, and fields that keep the object that they have.
func (x *executor) later(s *state, values []*path.Node) *state {
	t := &state{cond: s.cond, env: s.env, dirty: []string{anyClass}}
	for _, v := range values {
		x.carry(s, t, v)
	}
	for _, b := range s.mem {
		if x.keepsContent(b) {
			t.mem = t.mem.set(b.key, b.val)
		}
	}
	for _, b := range s.mem {
		if root := freshRoot(b.key); root != nil && t.mem.get(b.key) == nil {
			t = t.soil(rootClass(root))
		}
	}
	return t
}

// carry copies to t what s knows of the captured variables of v that do not
// change any more.
func (x *executor) carry(s, t *state, v *path.Node) {
	if v == nil {
		return
	}
	v = v.Plain()
	for i, a := range v.Args {
		if val := s.mem.get(a); v.Kind == path.Closure && val != nil && t.mem.get(a) == nil && x.assignedOnce(v.Fn, i) {
			t.mem = t.mem.set(a, val)
			x.carry(s, t, val)
		}
		if a.Kind == path.Closure {
			x.carry(s, t, a)
		}
	}
}

// assignedOnce reports whether captured variable i of fn is a variable that
// the function around assigns once, and nobody else does.
func (x *executor) assignedOnce(fn *ssa.Function, i int) bool {
	if fn == nil || i >= len(fn.FreeVars) {
		return false
	}
	cell, ok := x.binding(fn.FreeVars[i]).(*ssa.Alloc)
	return ok && heap.OnlyStore(cell) != nil
}

// addComposed adds what was found in functions that run later, unless it was
// found where they are called, or in what they captured.
func (x *executor) addComposed() {
	called := x.findings
	for _, c := range x.composed {
		same := func(f *Finding) bool {
			return f.Code == c.Code && sameEnd(f.Steps, c.Steps) && sameEnd(f.Held, c.Held)
		}
		part := func(f *Finding) bool {
			return same(f) && slices.ContainsFunc(c.parts, func(site ssa.CallInstruction) bool { return position(site) == f.Pos })
		}
		if !slices.ContainsFunc(called, same) && !slices.ContainsFunc(x.composed, part) {
			x.findings = append(x.findings, c)
		}
	}
}
