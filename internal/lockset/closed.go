package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A channel that nobody sends to is a flag: it is closed, or it is not. `select { case
// <-c.done: return; default: }` asks for it, and close sets it. It is a cell of its own at
// the channel ([path.Table.ClosedCell]).

// closes returns s after the channel ch was closed.
func (x *executor) closes(s *state, ch *path.Node) *state {
	if ch.Kind == path.Unknown {
		return s
	}
	return s.store(x.table.ClosedCell(ch), x.table.Const("true"))
}

// waitsFor returns s after something was received from ch: others may have closed channels
// in the meantime, and this one if that is a signal.
func (x *executor) waitsFor(s *state, ch ssa.Value) *state {
	s = s.clobber(path.ClosedClass)
	if !x.engine.isSignal(ch) {
		return s
	}
	return x.closes(s, x.eval(s, ch))
}

// polls returns s with it bound whether sel, if it polls one such channel, receives.
func (x *executor) polls(s *state, sel *ssa.Select) *state {
	if sel.Blocking {
		return s.clobber(path.ClosedClass) // it may be closed while the function waits
	}
	if len(sel.States) != 1 || sel.States[0].Dir != types.RecvOnly {
		return s
	}
	if !x.engine.isSignal(sel.States[0].Chan) {
		return x.pollsContext(s, sel)
	}
	ch := x.eval(s, sel.States[0].Chan)
	test := receives(sel)
	if ch.Kind == path.Unknown || test == nil {
		return s
	}
	v, s := x.content(s, x.table.ClosedCell(ch), sel)
	return x.bind(s, test, v)
}

// receives returns the test whether sel has come to its one case, or nil.
func receives(sel *ssa.Select) ssa.Value {
	for _, use := range *sel.Referrers() {
		index, ok := use.(*ssa.Extract)
		if !ok || index.Index != 0 {
			continue
		}
		for _, use := range *index.Referrers() {
			if test, ok := use.(*ssa.BinOp); ok && test.Op == token.EQL && isInt(test.Y, 0) {
				return test
			}
		}
	}
	return nil
}

// isSignal reports whether nobody sends to the channel v, as far as the package tells: it is
// in a field that is only given new channels, or passed in, and has nothing to tell but that
// it is closed.
func (e *Engine) isSignal(v ssa.Value) bool {
	if !isEmptyChan(v.Type()) || e.born().sentAway {
		return false
	}
	switch v := origin(v).(type) {
	case *ssa.Parameter, *ssa.MakeChan:
		return true
	case *ssa.ChangeType:
		return e.isSignal(v.X)
	case *ssa.UnOp:
		k, ok := loaded(v)
		return ok && e.keepsSignals(k)
	}
	return false
}

// keepsSignals reports whether the field k is only given new channels that nobody sends to.
func (e *Engine) keepsSignals(k fieldID) bool {
	b := e.born()
	if !e.followed(k) || b.sent[k] {
		return false
	}
	for _, st := range b.stores[k] {
		switch origin(st.store.Val).(type) {
		case *ssa.MakeChan, *ssa.Const: // or nil
		default:
			return false
		}
	}
	return true
}

// isEmptyChan reports whether t is a channel of a type without contents.
func isEmptyChan(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	s, ok := ch.Elem().Underlying().(*types.Struct)
	return ok && s.NumFields() == 0
}

// noteSend files that something is sent to ch.
func (b *births) noteSend(ch ssa.Value) {
	if !isEmptyChan(ch.Type()) {
		return
	}
	if k, ok := loaded(origin(ch)); ok {
		b.sent[k] = true
	} else {
		b.sentAway = true
	}
}
