package lockset

import "slices"

// blur merges the states that differ in their locks, once there are more than
// maxStates: for each stack of defers one is left. Who holds a lock that they do
// not agree on is not known any more.
func (x *executor) blur(states []*state) []*state {
	if len(states) <= maxStates {
		return states
	}
	x.engine.debugf(x.fn, "too many lock states")
	var out []*state
	for _, s := range states {
		merged := false
		for i, t := range out {
			if merged = t.sameDefers(s); merged {
				s, t = s.unsettle(t), t.unsettle(s)
				m := t.merge(s)
				m.blurred = true
				out[i] = m
				break
			}
		}
		if !merged {
			out = append(out, s)
		}
	}
	return out
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

// sameDefers reports whether s and t have the same pending calls.
func (s *state) sameDefers(t *state) bool {
	return s.defers == t.defers && slices.Equal(s.later, t.later)
}

// same reports whether l and m say the same of their lock.
func (l *lockState) same(m *lockState) bool {
	return l.path == m.path && l.held == m.held && l.mode == m.mode && l.released == m.released && l.shared == m.shared
}

// coversLocks reports whether the locks of t are those of s, except where s
// does not know.
func (s *state) coversLocks(t *state) bool {
	if !s.sameDefers(t) {
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
