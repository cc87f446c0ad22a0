package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// A loop over a whole container that leaves the lock of each element held leaves
// those of all elements held. While it goes on they are those of a part of the
// container, "so far": each turn has to add its own. When the container comes to
// its end they are those of every element.

// soFar returns the part of the container c that the loop with that head has
// come to.
func (x *executor) soFar(c *path.Node, head *ssa.BasicBlock) *path.Node {
	return x.table.Part(c, head.Instrs[len(head.Instrs)-1])
}

// firstTurn is the key of the binding that tells that s is in the first turn of
// the loop with that head.
func (x *executor) firstTurn(head *ssa.BasicBlock) *path.Node {
	return x.soFar(x.table.Const("first"), head)
}

// begin returns s on its way into the loop with that head, if it could lock all
// elements of a container.
func (x *executor) begin(s *state, head *ssa.BasicBlock) *state {
	if x.engine.touches(x.fn) == calls || !x.graph.heads[head] || ranged(head) == nil {
		return s
	}
	n := *s
	n.env = s.env.set(x.firstTurn(head), x.table.Const("true"))
	return &n
}

// inTurn returns s at the start of b without what is said of the first turns of
// loops that b is not in.
func (x *executor) inTurn(s *state, b *ssa.BasicBlock) *state {
	env := s.env.where(func(e binding) bool {
		if e.key.Kind != path.Part || e.key.Parent.Kind != path.Const {
			return true
		}
		head := e.key.Site.(ssa.Instruction).Block()
		return b == head || x.graph.inBody(head, b)
	})
	if len(env) == len(s.env) {
		return s
	}
	n := *s
	n.env = env
	return &n
}

// covered returns the locks of all elements so far that s holds, at the end of a
// turn of the loop with that head: the turn has added its own to those of the
// turns before, if there were any. A lock that goes on in one of vals, what φs of
// the head become, is followed by that name.
func (x *executor) covered(s *state, head *ssa.BasicBlock, vals []*path.Node) []*lockState {
	var out []*lockState
	for _, l := range s.locks {
		goesOn := func(v *path.Node) bool { return !v.Visible() && l.path.HasPrefix(v) }
		if !l.held || l.released || l.path.Visible() || slices.ContainsFunc(vals, goesOn) {
			continue
		}
		v := x.visitOf(s, l.path)
		if v == nil || v.head != head || v.chooses(s) {
			continue
		}
		p := x.table.Replace(l.path, v.elem, x.table.Every(x.soFar(v.every.Parent, head)))
		before := s.lock(p)
		switch {
		case before != nil && before.held && before.mode == l.mode:
			out = append(out, before)
		case s.env.get(x.firstTurn(head)) != nil && p.Kind != path.Unknown:
			out = append(out, &lockState{path: p, held: true, mode: l.mode, steps: l.steps})
		}
	}
	return out
}

// chooses reports whether what happens in a turn may depend on the element.
func (v *visit) chooses(s *state) bool {
	for b := range v.blocks() {
		test, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if ok && b != v.head && (v.concerns(v.x.eval(s, test.Cond)) || !v.indifferent(s, test.Cond)) {
			return true
		}
	}
	return false
}

// releasedEach returns s, at the end of a turn of the loop with that head, with
// what the turn has released of its element told of every element.
func (x *executor) releasedEach(s *state, head *ssa.BasicBlock) *state {
	for _, l := range s.locks {
		if l.held || !l.released || l.path.Visible() || isCapture(l.path) {
			continue
		}
		if v := x.visitOf(s, l.path); v != nil && v.head == head {
			s = s.renameLock(l, x.table.Replace(l.path, v.elem, v.every))
		}
	}
	return s
}

// visitOf returns the loop over the elements of a container that the lock p is
// a part of one of, or nil.
func (x *executor) visitOf(s *state, p *path.Node) *visit {
	for n := p; n != nil; n = n.Parent {
		if v := x.visitAt(s, n); v != nil {
			return v
		}
	}
	return nil
}

// ended returns s where the loop with that head has come to the end of its
// container; nil if it can't without a turn.
func (x *executor) ended(s *state, head *ssa.BasicBlock) *state {
	if c := ranged(head); c != nil {
		empty := "false"
		if s.env.get(x.firstTurn(head)) != nil {
			if s = x.turnless(s, head, c); s == nil {
				return nil
			}
			empty = "true"
		}
		s = x.noteEmptiness(s, head, c, empty)
	}
	end := head.Instrs[len(head.Instrs)-1]
	for _, l := range s.locks {
		e := everyIn(l.path)
		if e == nil || e.Parent.Kind != path.Part || e.Parent.Site != end {
			continue
		}
		all := x.table.Replace(l.path, e.Parent, e.Parent.Parent)
		if old := s.lock(all); old == nil || !old.held && !old.released {
			s = s.renameLock(l, all)
		} else {
			s = s.without(l.path)
		}
	}
	return s
}

// ranged returns the slice or map that the loop with that head ranges over, or
// nil. Of an array one knows how many turns there are.
func ranged(head *ssa.BasicBlock) ssa.Value {
	test, ok := head.Instrs[len(head.Instrs)-1].(*ssa.If)
	if !ok {
		return nil
	}
	switch cond := test.Cond.(type) {
	case *ssa.BinOp:
		if n, ok := cond.Y.(*ssa.Call); ok && fromZero(cond) && len(n.Call.Args) == 1 {
			return n.Call.Args[0]
		}
		if _, ok := cond.Y.(*ssa.Const); ok && fromZero(cond) {
			return cond.Y
		}
	case *ssa.Extract:
		if next, ok := cond.Tuple.(*ssa.Next); ok {
			if r, ok := next.Iter.(*ssa.Range); ok {
				return r.X
			}
		}
	}
	return nil
}

// holdsIn reports whether s holds a lock in an element of the container c.
func (x *executor) holdsIn(s *state, c *path.Node) bool {
	return c.Kind != path.Const && slices.ContainsFunc(s.locks, func(l *lockState) bool {
		return l.held && l.path.Any(func(n *path.Node) bool {
			return n.Parent == c && (n.Kind == path.Every || n.Kind == path.Index || n.Kind == path.Lookup && !s.isDirty(n))
		})
	})
}

// among returns the lock state of s that p is one of the locks of: those of every
// element of a container that has not changed.
func (x *executor) among(s *state, p *path.Node) *lockState {
	for _, l := range s.locks {
		e := everyIn(l.path)
		if e == nil || l.path == p {
			continue
		}
		if m := counterpart(p, l.path, e); m != nil && isPart(m, e.Parent) {
			return l
		}
	}
	return nil
}

// isPart reports whether m is an element of the container c.
func isPart(m, c *path.Node) bool {
	switch {
	case m.Kind == path.Deref && m.Parent.Kind == path.Index:
		return m.Parent.Parent == c
	case m.Kind == path.Index, m.Kind == path.Lookup, m.Kind == path.Every, m.Kind == path.Elem:
		return m.Parent == c
	}
	return false
}

// heldWithAll returns the lock state of s that says that p is held with the locks
// of all elements of its container, or nil. The container and its elements have
// to be those that they were on entry.
func (x *executor) heldWithAll(s *state, p *path.Node) *lockState {
	l := x.among(s, p)
	if l == nil || !l.held {
		return nil
	}
	e := everyIn(l.path)
	c, m := e.Parent, counterpart(p, l.path, e)
	switch {
	case c.Kind == path.Deref && (c.Site != nil || s.isDirty(c.Parent)), c.Kind != path.Deref && c.Kind != path.Field:
		return nil
	case m.Site != nil || m.Kind == path.Elem || m.Kind == path.Every:
		return nil
	case m.Kind == path.Deref && s.isDirty(m.Parent), m.Kind == path.Lookup && s.isDirty(m):
		return nil
	}
	return l
}

// release returns s after site has released lock p. One of the locks of all
// elements is a part of them: those that are left have no name.
func (x *executor) release(s *state, site ssa.Instruction, p *path.Node) *state {
	if s.lock(p) != nil {
		return s.release(p, x.aliasesIn(s))
	}
	l := x.among(s, p)
	if l == nil || !l.held {
		return s.release(p, x.aliasesIn(s))
	}
	if v := x.visitOf(s, p); x.graph.inLoop(site.Block()) && (v == nil || !v.reaches(s, site)) {
		x.torn = append(x.torn, l.path) // another number of turns may release none of them, or all
	}
	return s.setLock(&lockState{path: l.path})
}

// whole returns the findings and the outcomes of the function at hand without
// those that rest on the locks of all elements of a container where a loop
// releases some of them, in a way that is not understood.
func (x *executor) whole() {
	torn := func(p *path.Node) bool { return slices.Contains(x.torn, p) }
	x.findings = slices.DeleteFunc(x.findings, func(f *Finding) bool { return torn(f.lock) })
	for i := range x.exits {
		x.exits[i].Held = slices.DeleteFunc(x.exits[i].Held, func(h summary.Held) bool { return torn(h.Path) })
	}
}
