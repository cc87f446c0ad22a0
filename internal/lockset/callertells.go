package lockset

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
)

// A function may ask a container, an interface value or a function that its caller has
// passed about the owner of a lock: `if !held.has(p) { p.mu.Lock() }`. Where the answer is
// not understood it is for the caller to tell, who can't.

// askedCaller is a branch that such an answer decides.
type askedCaller struct {
	at    *ssa.BasicBlock
	about []*path.Node // the other arguments; none if it may be about any lock
}

// mayNote reports whether the branch at the end of b is to be noted if the caller decides it,
// and is not noted yet.
func (x *executor) mayNote(b *ssa.BasicBlock) bool {
	return !x.top && !slices.ContainsFunc(x.askedOf, func(a askedCaller) bool { return a.at == b })
}

// noteAsked notes that v, of which nothing is known, decides the branch at the end of b.
func (x *executor) noteAsked(s *state, v ssa.Value, b *ssa.BasicBlock) {
	if w, ok := negated(v); ok {
		v = w
	}
	call, ok := v.(*ssa.Call)
	if !ok || !x.mayNote(b) {
		return
	}
	values := call.Call.Args
	if call.Call.StaticCallee() == nil {
		values = append([]ssa.Value{call.Call.Value}, values...)
	}
	note, asked := askedCaller{at: b}, false
	for i, v := range values {
		n := x.eval(s, v)
		if n.Kind == path.Param && holdsOthers(v.Type()) {
			asked = true
		} else if n.Kind != path.Const && (i > 0 || call.Call.Signature().Recv() == nil) { // who is asked is not what it is about
			note.about = append(note.about, n)
		}
	}
	if asked && len(note.about) > 0 {
		x.askedOf = append(x.askedOf, note)
	}
}

// noteEntry notes that the branch at the end of b is decided by whether a map that the
// caller has passed has an entry, if the map may have changed since the function began:
// `if _, ok := options["token"]; !ok { s.mu.Lock() }` is not told in terms of the caller.
func (x *executor) noteEntry(s *state, v ssa.Value, b *ssa.BasicBlock) {
	if w, ok := negated(v); ok {
		v = w
	}
	ok, is := v.(*ssa.Extract)
	if !is || !x.mayNote(b) {
		return
	}
	if m, is := ok.Tuple.(*ssa.Lookup); is {
		n := x.lookup(s, m)
		now, _ := s.element(x.table, n, m)
		if n.Kind == path.Lookup && n.Parent.Kind == path.Param && now.Kind == path.Lookup && now.Site != nil {
			x.askedOf = append(x.askedOf, askedCaller{at: b})
		}
	}
}

// callerTells reports whether it is by such an answer about its owner that the lock p is
// taken in block b.
func (x *executor) callerTells(b *ssa.BasicBlock, p *path.Node) bool {
	return slices.ContainsFunc(x.askedOf, func(a askedCaller) bool {
		after := func(succ *ssa.BasicBlock) bool { return len(succ.Preds) == 1 && succ.Dominates(b) }
		return slices.ContainsFunc(a.at.Succs, after) && (len(a.about) == 0 || slices.ContainsFunc(a.about, p.HasPrefix))
	})
}

// holdsOthers reports whether a value of type t is a container, or has or is code.
func holdsOthers(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Slice, *types.Map, *types.Interface, *types.Signature:
		return true
	}
	return false
}
