package lockset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// What a call leaves behind, for each outcome of its target.

// outcome returns s after the target left by exit e; false if it can't.
func (x *executor) outcome(s *state, f *frame, e *summary.Exit) (*state, bool) {
	x.substitution(s, f)
	n := *s
	t := &n
	f.bound = make([]*path.Node, len(e.Results))
	for i, r := range e.Results {
		if r == nil {
			continue
		}
		key, v := x.result(f, i), x.whatReturned(s, f.sub.Apply(r))
		if v.Kind == path.Unknown || key == v {
			continue
		}
		f.bound[i] = v
		if key.Kind != path.Unknown {
			t.env = t.env.set(key, v)
		}
	}
	defer func() { f.bound = nil }()
	g, ok := x.guard(s, f, e.Guard)
	if !ok {
		return nil, false
	}
	t.cond = g
	if t.cond, ok = x.restate(t); !ok {
		return nil, false
	}
	before := t
	t = t.clobber(e.Dirty...)
	for _, v := range f.bound {
		t = x.clean(before, t, f.site, v, e.Dirty)
	}
	for _, st := range e.Stores {
		addr := x.place(f.sub.Apply(st.Addr))
		val := x.contentAfter(f, st, addr)
		t = x.keep(t, addr, val, f.site).store(addr, val)
	}
	for _, r := range e.Released {
		p := x.releasedIn(f, r)
		x.handOver(t, p)
		t = x.release(t, f.site, p)
	}
	for _, l := range e.Later {
		t = t.postpone(x.lockIn(f, l))
	}
	for _, h := range e.Held {
		way := f.sub.Apply(h.Path)
		p, mode, rules := x.lockOf(way, h.Mode)
		if p.Kind == path.Unknown {
			continue
		}
		if nilOnTheWay(t.cond, p) {
			return nil, false
		}
		if l := t.lock(p); h.Retaken && (l == nil || !l.held) {
			continue // held by callers before and after, if it came to this
		}
		t = t.hold(p, mode, f.witness(x, h.Steps))
		var given summary.Guard
		if len(rules) > 0 {
			given = x.ifLock(way)
		}
		if carriers, signs := x.carriers(f, p), f.signs(e, h.Path); len(carriers)+len(signs)+len(given) > 0 {
			l := *t.lock(p)
			l.carriers, l.signs, l.given = carriers, signs, given
			t = t.setLock(&l)
		}
	}
	return t, true
}

// contentAfter returns what the store st of the target of f leaves at addr. The path of
// a slice does not tell whether the target has appended to it: it is not nil any more.
func (x *executor) contentAfter(f *frame, st summary.Store, addr *path.Node) *path.Node {
	if st.Val == nil {
		return x.table.Unknown()
	}
	val := f.sub.Apply(st.Val)
	if val.Kind == path.Const && st.Val.Kind == path.Deref && st.Val.Parent == st.Addr && st.Addr.LengthClass() != "" {
		return x.table.Deref(addr, f.site)
	}
	return val
}

// carriers returns the objects that the call returns together with the lock
// p, which is not a part of them: a transaction, say, whose end unlocks.
func (x *executor) carriers(f *frame, p *path.Node) []*path.Node {
	call, ok := f.site.(*ssa.Call)
	if !ok || len(f.sum.Acquires) > 0 && len(f.sum.Acquires[0].Steps) == 0 {
		return nil
	}
	var out []*path.Node
	results := call.Call.Signature().Results()
	for i := range results.Len() {
		if !isObject(results.At(i).Type()) {
			continue
		}
		if r := x.result(f, i); !p.HasPrefix(r) && r.Kind != path.Const && r.Kind != path.Unknown && r.Kind != path.Closure && r.Kind != path.Func {
			out = append(out, r)
		}
	}
	return out
}

// isObject reports whether a value of type t can stand for something that is
// open until it is closed: a pointer, or an interface other than error.
func isObject(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Signature:
		return true
	case *types.Interface:
		return !isError(t)
	}
	return false
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// restate rewrites literals about values that just got bound.
func (x *executor) restate(s *state) (summary.Guard, bool) {
	return s.cond.Map(func(n *path.Node) *path.Node {
		if v := s.env.get(n); v != nil {
			return v
		}
		return n
	})
}
