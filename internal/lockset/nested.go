package lockset

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A loop in a turn of another one over the same container has a turn, too.

// turnless returns s where the loop with that head has come to the end of its
// container c without a turn; nil if it can't: s holds the lock of an element, or
// is in a turn of a loop over c. Where it is in a turn over what may be c no held
// lock is known any more.
func (x *executor) turnless(s *state, head *ssa.BasicBlock, c ssa.Value) *state {
	inner := x.eval(s, c)
	if x.holdsIn(s, inner) {
		return nil
	}
	doubtful := false
	for edge, body := range x.graph.loops {
		around := x.fn.Blocks[edge[1]]
		outer := ranged(around)
		if around == head || !body[head] || outer == nil {
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
