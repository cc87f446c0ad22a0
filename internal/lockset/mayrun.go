package lockset

import (
	"go/types"
	"slices"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// What the callbacks of a target leave behind, which it may have called or not.

// handedBack returns s without the locks that the callback of f has left held by
// exit e, if it returned an object: that is in the hands of the target, which may
// release them by it.
func (x *executor) handedBack(s *state, f *frame, e *summary.Exit) *state {
	if f.fn == nil || !returnsObject(f.fn.Signature) {
		return s
	}
	for _, h := range e.Held {
		p := x.lockIn(f, h.Path)
		s = x.lose(s, func(l *lockState) bool { return l.held && l.path == p })
	}
	return s
}

// returnsObject reports whether a function of that signature returns something
// that has methods or can be called, errors aside.
func returnsObject(sig *types.Signature) bool {
	for r := range sig.Results().Variables() {
		if _, ok := r.Type().Underlying().(*types.Struct); ok || isObject(r.Type()) {
			return true
		}
	}
	return false
}

// ifCalled returns what is true where the target of f has called what it calls by c:
// g, the condition of c here, unless it may have done so by another call.
func (f *frame) ifCalled(c *summary.Call, g summary.Guard) summary.Guard {
	for i := range f.sum.Calls {
		if o := &f.sum.Calls[i]; o != c && o.Method == c.Method {
			return nil
		}
	}
	return g
}

// mayRun returns the states after the target ran a callback any number of
// times, under g. Where that changes locks, a state in which it did not run is kept
// for loop bodies only; for other functions the locks are forgotten, since it
// is not known whether they always run.
//
// A lock of the caller counts as released: what is forgotten here would be
// held there.
func (x *executor) mayRun(states []*state, f *frame, g summary.Guard) []*state {
	changes := slices.ContainsFunc(f.sum.Exits, func(e summary.Exit) bool {
		return len(e.Held)+len(e.Released)+len(e.Later)+len(e.Stores)+len(e.Dirty) > 0
	})
	if len(f.sum.Lost) > 0 {
		for i := range states {
			fresh := *f
			x.substitution(states[i], &fresh)
			states[i] = x.lostBy(states[i], &fresh)
		}
	}
	if !changes && f.returns == nil {
		return states
	}
	body := isLoopBody(f.fn)
	var out []*state
	for _, s := range states {
		fresh := *f
		x.substitution(s, &fresh)
		skip := s
		ran, can := s.cond.AndAll(g)
		for i := range f.sum.Exits {
			e := &f.sum.Exits[i]
			if t, ok := x.outcome(s.under(ran), &fresh, e); ok && can {
				out = append(out, x.handedBack(t, &fresh, e))
			}
			if body {
				continue
			}
			for _, st := range e.Stores {
				skip = x.unlessRun(skip, &fresh, st)
			}
			for _, r := range e.Released {
				skip = skip.mayRelease(x.releasedIn(&fresh, r), x.aliasesIn(s))
			}
		}
		out = append(out, skip)
	}
	return x.blur(x.compact(out))
}

// unlessRun returns s after f, which would store st, may have been called. A channel that
// it closes is closed if it is called only once, be it now or before. An object that f
// makes is there only if it has been.
func (x *executor) unlessRun(s *state, f *frame, st summary.Store) *state {
	if st.Addr.Root().Kind == path.Fresh {
		return s
	}
	addr := f.sub.Apply(st.Addr)
	if val := x.contentAfter(f, st, addr); val.Kind == path.Const && x.holdsAlready(s, addr, val) {
		return s.store(addr, val)
	}
	s = s.clobber(cellClass(addr))
	if f.once && len(f.sum.Exits) == 1 && addr.IsClosedCell() {
		return s.store(addr, f.sub.Apply(st.Val))
	}
	return s
}

// holdsAlready reports whether the cell at addr contains the constant val in s.
func (x *executor) holdsAlready(s *state, addr, val *path.Node) bool {
	v, _ := x.content(s, addr, nil)
	return v == val || s.cond.Value(v) == val.Name
}

// underOnce reports whether c is made by a sync.Once.
func underOnce(c *summary.Call) bool {
	return slices.ContainsFunc(c.Held, func(h summary.Held) bool { return h.Mode == lock.Once })
}
