package conjunction

import "sync"

// A Tape counts what is on it.
type Tape struct {
	mu      sync.RWMutex
	n, gaps int
}

func (t *Tape) gapCount() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.gaps
}

func (t *Tape) count() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.n
}

// length asks for the gaps only if it shall.
func (t *Tape) length(gaps bool) int {
	n := 0
	if gaps {
		n = t.gapCount()
	}
	return n + t.count()
}

// lengthHere is length, with the lock for the gaps taken here.
func (t *Tape) lengthHere(gaps bool) int {
	n := 0
	if gaps {
		t.mu.RLock()
		n = t.gaps
		t.mu.RUnlock()
	}
	return n + t.count()
}

// Deadlocks: in count, since the gaps are not asked for.
func (t *Tape) Cut() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.length(false) // want `Tape.length → Tape.count → t.mu.RLock`
}

// Deadlocks: a lock that is nearer is not taken.
func (t *Tape) CutHere() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lengthHere(false) // want `Tape.lengthHere → Tape.count → t.mu.RLock`
}

// lengthAfter asks for the gaps, and calls f, only if it shall.
func (t *Tape) lengthAfter(gaps bool, f func() int) int {
	n := 0
	if gaps {
		n = t.gapCount() + f()
	}
	return n + t.count()
}

// Deadlocks: in count, before which f is not called.
func (t *Tape) CutAfter(f func() int) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lengthAfter(false, f) // want `Tape.lengthAfter → Tape.count → t.mu.RLock`
}

// each calls f under the lock, twice if it shall.
func (t *Tape) each(twice bool, f func() int) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := 0
	if twice {
		n = t.before(f)
	}
	return n + t.after(f)
}

func (t *Tape) before(f func() int) int { return f() - 1 }

func (t *Tape) after(f func() int) int { return f() + 1 }

// Deadlocks: in after, since f is called once.
func (t *Tape) Sum() int {
	return t.each(false, t.count) // want `Tape.each → Tape.after → Tape.count → t.mu.RLock`
}

// Fine: only the gaps are asked for under another lock.
func (t *Tape) Gaps(o *Tape) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return t.length(true)
}
