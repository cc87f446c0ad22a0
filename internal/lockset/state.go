package lockset

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockreentry/lockreentry/internal/lock"
	"github.com/lockreentry/lockreentry/internal/path"
	"github.com/lockreentry/lockreentry/internal/summary"
)

// state is what is known on one set of paths to a program point: which locks
// are held or were released, the pending defers, the condition under which
// the paths are taken, and what values and memory cells stand for.
//
// States are immutable; operations return a changed copy. All parts but locks
// and defers only ever lose knowledge when states are merged: a literal, a
// binding or a cell that two states disagree on is forgotten.
type state struct {
	locks  []*lockState // sorted by path
	defers *deferred
	later  []*path.Node // locks that deferred calls of loop bodies release at the end, sorted
	cond   summary.Guard
	env    assoc        // SSA values (as root paths) that are known to be another path
	mem    assoc        // contents of addresses that differ from those on entry
	dirty  []string     // classes of cells whose contents may differ from those on entry, sorted
	called []*path.Node // calls of what only callers know that may have been made, sorted

	asked   bool // an element of the variadic parameter, or a type argument, has decided a branch
	blurred bool // a bound was hit: it stands for states with other locks, too
}

// lockState is the state of one lock; immutable. A lock without one is
// untouched: the caller's state holds.
type lockState struct {
	path     *path.Node
	held     bool
	mode     lock.Mode
	released bool // the function released a hold that it did not make
	shared   bool // a goroutine that was started releases it: who holds it is not known
	steps    []summary.Step
	carriers []*path.Node  // objects that the callee which left it held returned with it
	signs    []sign        // results by which that callee tells that it left it held
	given    summary.Guard // what is true if it is the lock that it is taken for
}

// deferred is a stack of pending calls; equal stacks are one pointer.
type deferred struct {
	below *deferred
	site  *ssa.Defer
	fn    *path.Node
	args  []*path.Node
	depth int
}

// names reports whether the function or an argument of a pending call has the
// root n on its path.
func (d *deferred) names(n *path.Node) bool {
	for ; d != nil; d = d.below {
		if mentions(d.fn, n) || slices.ContainsFunc(d.args, func(a *path.Node) bool { return mentions(a, n) }) {
			return true
		}
	}
	return false
}

func (s *state) lockAt(p *path.Node) (int, bool) {
	return slices.BinarySearchFunc(s.locks, p.ID(), func(l *lockState, id int) int { return cmp.Compare(l.path.ID(), id) })
}

func (s *state) lock(p *path.Node) *lockState {
	if i, ok := s.lockAt(p); ok {
		return s.locks[i]
	}
	return nil
}

// setLock returns s with the state of l's path replaced.
func (s *state) setLock(l *lockState) *state {
	t := *s
	i, ok := s.lockAt(l.path)
	if ok {
		t.locks = slices.Clone(s.locks)
		t.locks[i] = l
	} else {
		t.locks = append(append(append(make([]*lockState, 0, len(s.locks)+1), s.locks[:i]...), l), s.locks[i:]...)
	}
	return &t
}

// renamed returns the state of the same lock by the path p.
func (l *lockState) renamed(p *path.Node) *lockState {
	if l.path == p {
		return l
	}
	m := *l
	m.path = p
	return &m
}

// forget returns s without the locks for which drop holds: nothing is known
// of them any more.
func (s *state) forget(drop func(*lockState) bool) *state {
	first := 0
	for first < len(s.locks) && !drop(s.locks[first]) {
		first++
	}
	if first == len(s.locks) {
		return s
	}
	t := *s
	t.locks = slices.Clone(s.locks[:first])
	for i := first + 1; i < len(s.locks); i++ {
		if !drop(s.locks[i]) {
			t.locks = append(t.locks, s.locks[i])
		}
	}
	return &t
}

// without returns s without the state of lock p.
func (s *state) without(p *path.Node) *state {
	return s.forget(func(l *lockState) bool { return l.path == p })
}

// renameLock returns s with the state of lock l by the path p.
func (s *state) renameLock(l *lockState, p *path.Node) *state {
	return s.without(l.path).setLock(l.renamed(p))
}

// hold returns s after lock p was acquired.
func (s *state) hold(p *path.Node, mode lock.Mode, steps []summary.Step) *state {
	if p.Kind == path.Unknown {
		return s
	}
	old := s.lock(p)
	if old != nil && (old.held || old.shared) {
		return s
	}
	return s.setLock(&lockState{path: p, held: true, mode: mode, released: old != nil && old.released, steps: steps})
}

// release returns s after lock p was released. A release that matches no
// lock held may be that of any held lock of the same class by another name:
// those are forgotten.
func (s *state) release(p *path.Node, alias aliasing) *state {
	old := s.lock(p)
	switch {
	case old != nil && old.held && !old.released:
		return s.without(p)
	case old != nil && old.held:
		return s.setLock(&lockState{path: p, released: true})
	}
	s = s.forget(func(l *lockState) bool { return l.held && alias(l.path, p) })
	if p.Kind == path.Unknown || old != nil && old.shared {
		return s
	}
	return s.setLock(&lockState{path: p, released: true})
}

// mayRelease returns s after lock p may have been released.
func (s *state) mayRelease(p *path.Node, alias aliasing) *state {
	if l := s.lock(p); l != nil && l.held {
		return s.without(p)
	}
	if s.lock(p) == nil && p.Kind != path.Unknown {
		s = s.setLock(&lockState{path: p, released: true})
	}
	return s.forget(func(l *lockState) bool { return l.held && alias(l.path, p) })
}

// mayRetake reports whether taking lock p, untouched so far, may be to take
// again a lock that the function has released by another name.
func (x *executor) mayRetake(s *state, p *path.Node) bool {
	return slices.ContainsFunc(s.locks, func(l *lockState) bool { return l.released && !l.held && x.mayAlias(l.path, p) })
}

// settle returns the states after a call from s, without the locks that an
// earlier callee left held and that only some outcomes of the call release:
// what it has returned knows whether they are to be released. Where it is not
// known all that the call may reach, this goes for all locks.
func (s *state) settle(after []*state, complete bool) []*state {
	for _, l := range s.locks {
		if !l.held || complete && !l.handed() {
			continue
		}
		gone := func(t *state) bool { m := t.lock(l.path); return m == nil || !m.held }
		if !slices.ContainsFunc(after, gone) {
			continue
		}
		for i, t := range after {
			after[i] = t.forget(func(m *lockState) bool { return m.held && m.path == l.path })
		}
	}
	return after
}

// handed reports whether a callee left the lock held, for somebody to release it.
func (l *lockState) handed() bool {
	return l.held && slices.ContainsFunc(l.steps, func(st summary.Step) bool { return st.Kind == summary.Returns })
}

// share returns s with lock p given up to a goroutine that releases it.
func (s *state) share(p *path.Node, alias aliasing) *state {
	if l := s.lock(p); l == nil || !l.held {
		s = s.forget(func(l *lockState) bool { return l.held && alias(l.path, p) })
	}
	if l := s.lock(p); p.Kind == path.Unknown || l != nil && l.shared {
		return s
	}
	return s.setLock(&lockState{path: p, released: true, shared: true})
}

// sameLocks reports whether s and t agree on locks and pending defers; such
// states may be merged.
func (s *state) sameLocks(t *state) bool {
	if !s.sameDefers(t) || len(s.locks) != len(t.locks) {
		return false
	}
	for i := range s.locks {
		if !s.locks[i].same(t.locks[i]) {
			return false
		}
	}
	return true
}

// subsumes reports whether every path that t stands for is one of s.
func (s *state) subsumes(t *state) bool {
	return (s.sameLocks(t) || s.blurred && s.coversLocks(t)) && s.cond.Covers(t.cond) && s.sameMemory(t, true) && containsAll(t.called, s.called) && (t.asked || !s.asked)
}

func (s *state) sameMemory(t *state, weaker bool) bool {
	if !weaker {
		return slices.Equal(s.env, t.env) && slices.Equal(s.mem, t.mem) && slices.Equal(s.dirty, t.dirty)
	}
	for _, x := range s.env {
		if t.env.get(x.key) != x.val {
			return false
		}
	}
	for _, x := range s.mem {
		if t.mem.get(x.key) != x.val && !s.restored(x.key, t) {
			return false
		}
	}
	for _, x := range t.mem {
		if s.mem.get(x.key) == nil && !s.isDirty(x.key) {
			return false
		}
	}
	for _, d := range t.dirty {
		if _, ok := slices.BinarySearch(s.dirty, d); !ok && (!everything(s.dirty) || strings.HasPrefix(d, "#")) {
			return false
		}
	}
	return true
}

// join returns a state for exactly the paths of s and t, if there is one.
func (s *state) join(t *state) (*state, bool) {
	if !s.sameLocks(t) || !s.sameMemory(t, false) || !slices.Equal(funcCalls(s.called), funcCalls(t.called)) || s.asked != t.asked {
		return nil, false
	}
	c, ok := s.cond.Join(t.cond)
	if !ok {
		return nil, false
	}
	n := *s
	n.cond, n.called = c, uniteCalls(s.called, t.called)
	return &n, true
}

// merge returns the state that keeps what s and t agree on. Their locks and
// defers must be the same.
func (s *state) merge(t *state) *state {
	n := *s
	n.cond = s.cond.Meet(t.cond)
	n.env, _ = s.env.meet(t.env)
	n.called, n.asked = uniteCalls(s.called, t.called), s.asked || t.asked
	var lost []*path.Node
	n.mem, lost = s.mem.meet(t.mem)
	m := &n
	for _, k := range lost {
		v := s.constantAt(k, t)
		if v == nil && (s.restored(k, t) || t.restored(k, s)) {
			v = cmp.Or(s.mem.get(k), t.mem.get(k))
		}
		if v != nil {
			u := *m
			u.mem = u.mem.set(k, v)
			m = &u
			continue
		}
		m = m.soil(cellClass(k))
		if freshRoot(k) != nil {
			m = m.soil(rootClass(k))
		}
	}
	if !slices.Equal(m.dirty, t.dirty) {
		u := *m
		u.dirty = unite(m.dirty, t.dirty)
		m = &u
	}
	return m
}

// constantAt returns the constant that the cell at addr contains in both s and t, if one of
// them has stored it there; else nil. A flag that is set if it was not, say, is set.
func (s *state) constantAt(addr *path.Node, t *state) *path.Node {
	v, w := s.mem.get(addr), t.mem.get(addr)
	if v == nil || v.Kind != path.Const {
		s, t, v, w = t, s, w, v
	}
	if v == nil || v.Kind != path.Const || v.Owner != "" {
		return nil
	}
	if w == nil && !t.isDirty(addr) {
		for _, l := range t.cond {
			if l.Path.Kind == path.Deref && l.Path.Parent == addr && l.Path.Site == nil {
				w = l.Path
			}
		}
	}
	if w != nil && t.cond.Value(w) == v.Name {
		return v
	}
	return nil
}

// restored reports whether the cell at addr is known to have the content in s that it had on
// entry, and has not been changed in t.
func (s *state) restored(addr *path.Node, t *state) bool {
	v := s.mem.get(addr)
	return v != nil && v.Kind == path.Deref && v.Parent == addr && v.Site == nil && t.mem.get(addr) == nil && !t.isDirty(addr)
}
