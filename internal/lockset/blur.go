package lockset

import (
	"slices"

	"github.com/lockreentry/lockreentry/internal/path"
)

// blur merges the states that differ in their locks, once there are more than
// maxStates: for each list of pending calls one is left. Who holds a lock that they do
// not agree on is not known any more.
func (x *executor) blur(states []*state) []*state {
	if len(states) <= maxStates {
		return states
	}
	x.engine.debugf(x.fn, "too many lock states")
	var out []*state
	for _, s := range states {
		i := slices.IndexFunc(out, func(t *state) bool { return t.samePending(s) })
		if i < 0 {
			out = append(out, s)
			continue
		}
		out[i] = x.fuse(out[i], s)
	}
	return out
}

// fuse returns the state that keeps what s and t agree on, of which the same calls are
// pending.
func (x *executor) fuse(s, t *state) *state {
	if s.sameLocks(t) {
		return s.merge(t)
	}
	u := *s.unsettle(t).merge(t.unsettle(s))
	u.defers, u.blurred = x.common(s.defers, t.defers), true
	return &u
}

// common returns the pending calls s and t, with what they are passed only where they
// agree on it.
func (x *executor) common(s, t *deferred) *deferred {
	if s == t {
		return s
	}
	d := &deferred{below: x.common(s.below, t.below), site: s.site, fn: x.agreed(s.fn, t.fn), depth: s.depth}
	for i, a := range s.args {
		d.args = append(d.args, x.agreed(a, t.args[i]))
	}
	return x.stack(d)
}

// agreed returns the path that both a and b are.
func (x *executor) agreed(a, b *path.Node) *path.Node {
	if a == b {
		return a
	}
	return x.table.Unknown()
}

// similar reports whether s and t hold the same locks, and the same calls are pending.
func (s *state) similar(t *state) bool {
	return s.samePending(t) && s.holdsAllOf(t) && t.holdsAllOf(s)
}

// holdsAllOf reports whether s holds the locks that t holds.
func (s *state) holdsAllOf(t *state) bool {
	for _, l := range t.locks {
		if !l.held {
			continue
		}
		if m := s.lock(l.path); m == nil || !m.held || m.mode != l.mode {
			return false
		}
	}
	return true
}

// sameDefers reports whether s and t have the same pending calls.
func (s *state) sameDefers(t *state) bool {
	return s.defers == t.defers && slices.Equal(s.later, t.later)
}

// samePending reports whether the same calls are pending in s and t, be it of other
// objects.
func (s *state) samePending(t *state) bool {
	d, e := s.defers, t.defers
	for d != e && d != nil && e != nil && d.site == e.site {
		d, e = d.below, e.below
	}
	return d == e && slices.Equal(s.later, t.later)
}

// covers reports whether the pending calls e are those of d, except where d does not know.
func (d *deferred) covers(e *deferred) bool {
	knows := func(a, b *path.Node) bool { return a == b || a.Kind == path.Unknown }
	for d != e && d != nil && e != nil && d.site == e.site && knows(d.fn, e.fn) && slices.EqualFunc(d.args, e.args, knows) {
		d, e = d.below, e.below
	}
	return d == e
}

// unsettle returns s with each lock of which t says something else as one that
// anybody may hold.
func (s *state) unsettle(t *state) *state {
	for _, list := range [][]*lockState{s.locks, t.locks} {
		for _, l := range list {
			if a, b := s.lock(l.path), t.lock(l.path); a == nil || b == nil || !a.same(b) {
				s = s.setLock(&lockState{path: l.path, released: true, shared: true})
			}
		}
	}
	return s
}

// same reports whether l and m say the same of their lock.
func (l *lockState) same(m *lockState) bool {
	return l.path == m.path && l.held == m.held && l.mode == m.mode && l.released == m.released && l.shared == m.shared
}

// coversLocks reports whether the locks of t are those of s, except where s
// does not know.
func (s *state) coversLocks(t *state) bool {
	if !s.defers.covers(t.defers) || !slices.Equal(s.later, t.later) {
		return false
	}
	for _, l := range s.locks {
		if m := t.lock(l.path); !l.shared && (m == nil || !l.same(m)) {
			return false
		}
	}
	for _, l := range t.locks {
		if s.lock(l.path) == nil {
			return false
		}
	}
	return true
}
