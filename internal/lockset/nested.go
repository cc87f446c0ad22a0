package lockset

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A loop over a container has a turn where another one over the same container is in
// a turn or has had one, and none where another one has had none.

// turnless returns s where the loop with that head has come to the end of its
// container c without a turn; nil if it can't: s holds the lock of an element, or
// a loop over c has, or is in, a turn. Where it is in a turn over what may be c no
// held lock is known any more.
func (x *executor) turnless(s *state, head *ssa.BasicBlock, c ssa.Value) *state {
	inner := x.eval(s, c)
	if x.holdsIn(s, inner) || x.emptiness(s, c) == "false" {
		return nil
	}
	doubtful := false
	for edge, body := range x.graph.loops {
		around := x.fn.Blocks[edge[1]]
		outer := ranged(around)
		if around == head || !body.has(head.Index) || outer == nil {
			continue
		}
		switch n := x.eval(s, outer); {
		case x.sameElements(s, inner, n):
			return nil
		case inner == n || mayBeContainer(inner, n):
			doubtful = true
		}
	}
	if doubtful {
		s = s.forget(func(l *lockState) bool { return l.held })
	}
	return s
}

// emptinessOf is the key of the binding that tells whether a loop over the container
// c has come to its end without a turn.
func (x *executor) emptinessOf(c *path.Node) *path.Node { return x.table.Part(c, "empty") }

// noteEmptiness returns s, where the loop with that head has ended, with whether its
// container c is empty. That matters only where another loop is over it.
func (x *executor) noteEmptiness(s *state, head *ssa.BasicBlock, c ssa.Value, empty string) *state {
	n := x.eval(s, c)
	if !x.graph.repeats(head) || !x.sameElements(s, n, n) {
		return s
	}
	t := *s
	t.env = s.env.set(x.emptinessOf(n), x.table.Const(empty))
	return &t
}

// emptiness returns what s says of whether the container c is empty: "true",
// "false", or "" if it may have changed since.
func (x *executor) emptiness(s *state, c ssa.Value) string {
	n := x.eval(s, c)
	if n.Kind != path.Deref {
		return ""
	}
	if v := s.env.get(x.emptinessOf(n)); v != nil && x.sameElements(s, n, n) {
		return v.Name
	}
	return ""
}

// turning returns s where the loop with that head begins a turn; nil if it can't.
func (x *executor) turning(s *state, head *ssa.BasicBlock) *state {
	if c := ranged(head); c != nil && x.emptiness(s, c) == "true" {
		return nil
	}
	return s
}

// repeats reports whether another loop is over the field of the object that the
// loop with that head is over.
func (g *graph) repeats(head *ssa.BasicBlock) bool {
	if g.over == nil {
		g.over = map[loopField]int{}
		for b := range g.heads {
			g.over[overField(b)]++
		}
	}
	f := overField(head)
	return f.object != nil && g.over[f] > 1
}

// loopField is a field of the object that a value points to.
type loopField struct {
	object ssa.Value
	index  int
}

// overField returns the field whose contents the loop with that head is over.
func overField(head *ssa.BasicBlock) loopField {
	if load, ok := ranged(head).(*ssa.UnOp); ok {
		if at, ok := load.X.(*ssa.FieldAddr); ok {
			return loopField{at.X, at.Field}
		}
	}
	return loopField{}
}

// sameElements reports whether a and b are one container, which is what it was on
// entry.
func (x *executor) sameElements(s *state, a, b *path.Node) bool {
	if a.Kind != path.Deref || b.Kind != path.Deref || a.Site != nil || b.Site != nil {
		return false
	}
	at, slice := x.place(a.Parent), a.Type() != nil && path.IsSlice(a.Type())
	return at == x.place(b.Parent) && !s.isDirty(at) && !s.isDirty(a.Parent) && (slice || !s.isDirty(x.table.Elem(a, nil)))
}

// mayBeContainer reports whether what two fields contain may be one container.
func mayBeContainer(a, b *path.Node) bool {
	return a.Kind == path.Deref && b.Kind == path.Deref && a.Parent.Kind == path.Field && b.Parent.Kind == path.Field &&
		a.Parent.Class() != "" && a.Parent.Class() == b.Parent.Class()
}
