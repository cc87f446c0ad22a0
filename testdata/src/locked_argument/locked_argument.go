// Package locked_argument holds cases of a function that passes to a callback an
// object that it has locked, and that its callers can't name.
package locked_argument

import (
	"iter"
	"sync"

	"locked_argument/reg"
)

type session struct {
	mu   sync.Mutex
	n    int
	next *session
}

func (s *session) bump() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

type registry struct {
	mu    sync.Mutex
	m     map[string]*session
	first *session
}

func (r *registry) get(id string) *session {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.m[id]
	if !ok {
		s = &session{}
		r.m[id] = s
	}
	return s
}

func (r *registry) find(ok func(*session) bool) *session {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.m {
		if ok(s) {
			return s
		}
	}
	return nil
}

func (r *registry) update(id string, f func(*session)) {
	s := r.get(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s)
}

// Deadlocks: the session is locked already.
func Get(r *registry) {
	r.update("a", func(s *session) { s.bump() }) // want `s\.mu is locked again while held: .*\[relock\]`
}

// Deadlocks: the method itself is passed.
func Method(r *registry) {
	r.update("a", (*session).bump) // want `\[relock\]`
}

// Fine: nothing is locked.
func Count(r *registry) (n int) {
	r.update("a", func(s *session) { n = s.n })
	return n
}

// Fine: the registry has been unlocked by then.
func Registry(r *registry) {
	r.update("a", func(s *session) { r.get("b") })
}

// Fine: another session than the one that is locked.
func Other(r *registry) {
	other := r.get("b")
	r.update("a", func(s *session) { other.bump() })
}

// Fine: the next one is another session.
func Next(r *registry) {
	r.update("a", func(s *session) { s.next.bump() })
}

// Fine: it is unlocked in between.
func Unlocked(r *registry) {
	r.update("a", func(s *session) {
		s.mu.Unlock()
		s.bump()
		s.mu.Lock()
	})
}

// through hands the callback on.
func through(r *registry, f func(*session)) {
	r.update("a", f)
}

// Deadlocks: the function in between knows neither the session nor the callback.
func Through(r *registry) {
	through(r, func(s *session) { s.bump() }) // want `\[relock\]`
}

func (r *registry) updateFound(ok func(*session) bool, f func(*session)) {
	s := r.find(ok)
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s)
}

// Deadlocks: it is the session that was found.
func Found(r *registry) {
	r.updateFound(func(s *session) bool { return s.n > 0 }, func(s *session) { s.bump() }) // want `\[relock\]`
}

// Fine: while the session is looked for it is not locked.
func Looking(r *registry) {
	r.updateFound(func(s *session) bool { s.bump(); return true }, func(s *session) { s.n++ })
}

func (r *registry) each(f func(*session)) {
	for _, s := range r.m {
		s.mu.Lock()
		f(s)
		s.mu.Unlock()
	}
}

// Deadlocks: each session is locked while it is visited.
func Each(r *registry) {
	r.each(func(s *session) { s.bump() }) // want `\[relock\]`
}

// after locks each session while it calls f with the next one.
func (r *registry) after(f func(*session)) {
	for _, s := range r.m {
		s.mu.Lock()
		t := s.next
		f(t)
		s.mu.Unlock()
	}
}

// Fine: it is the session before that is locked.
func After(r *registry) {
	r.after(func(s *session) { s.bump() })
}

// unlocked calls f when the session has been unlocked.
func (r *registry) unlocked(id string, f func(*session)) {
	s := r.get(id)
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
	f(s)
}

// Fine: the session is not locked any more.
func Released(r *registry) {
	r.unlocked("a", func(s *session) { s.bump() })
}

// visit unlocks each session before it calls f with it, by what it was passed.
func (r *registry) visit(id string, release, f func(*session)) {
	s := r.get(id)
	s.mu.Lock()
	release(s)
	f(s)
}

// Fine: the first callback unlocks for the second.
func Visit(r *registry) {
	r.visit("a", func(s *session) { s.mu.Unlock() }, func(s *session) { s.bump() })
}

// pair locks the second session only.
func (r *registry) pair(f func(s, t *session)) {
	s, t := r.get("a"), r.get("b")
	t.mu.Lock()
	defer t.mu.Unlock()
	f(s, t)
}

// Fine: the first session is not the one that is locked.
func First(r *registry) {
	r.pair(func(s, t *session) { s.bump() })
}

// Deadlocks: the second session is locked.
func Second(r *registry) {
	r.pair(func(s, t *session) { t.bump() }) // want `\[relock\]`
}

// Fine: inside, the sessions of another pair are met, of which the first is not locked.
func Pairs(r *registry) {
	r.pair(func(s, t *session) {
		r.pair(func(u, v *session) { u.bump() })
	})
}

// locked is an iterator over sessions that are locked.
func (r *registry) locked() iter.Seq[*session] {
	return func(yield func(*session) bool) {
		for _, s := range r.m {
			s.mu.Lock()
			more := yield(s)
			s.mu.Unlock()
			if !more {
				return
			}
		}
	}
}

// Deadlocks: the body of the loop runs under the lock of the session.
func Range(r *registry) {
	for s := range r.locked() { // want `\[relock\]`
		s.bump()
	}
}

// Fine: the body takes no lock.
func RangeCount(r *registry) (n int) {
	for s := range r.locked() {
		n += s.n
	}
	return n
}

// Deadlocks: the package that locks the session is another one.
func Import(r *reg.Registry) {
	r.Update("a", func(s *reg.Session) { s.Bump() }) // want `\[relock\]`
}

// Fine: a count takes no lock.
func ImportCount(r *reg.Registry) (n int) {
	r.Update("a", func(s *reg.Session) { n = s.Count() })
	return n
}
