package holder_passed

import (
	"slices"
	"sync"
)

// What the caller passes is asked whether an owner's lock is held, in a way that is not
// understood: nothing is known of that lock then, but of others.

type ledger struct {
	mu      sync.Mutex
	log     sync.Mutex
	n       int
	entries []*entry
}

type entry struct{ ledger *ledger }

type heldLedgers []*ledger

func (h heldLedgers) has(l *ledger) bool {
	for _, o := range h {
		if o == l {
			return true
		}
	}
	return false
}

type holder interface{ holds(*ledger) bool }

type one struct{ ledger *ledger }

func (o one) holds(l *ledger) bool { return o.ledger == l }

type none struct{}

func (none) holds(*ledger) bool { return false }

func (l *ledger) add() { l.entries = append(l.entries, &entry{ledger: l}) }

func (e *entry) dropOf(held heldLedgers) {
	if l := e.ledger; !held.has(l) {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	e.ledger.n--
}

func (e *entry) dropAmong(held []*ledger) {
	if !slices.Contains(held, e.ledger) {
		e.ledger.mu.Lock()
		defer e.ledger.mu.Unlock()
	}
	e.ledger.n--
}

func (e *entry) dropBy(h holder) {
	if !h.holds(e.ledger) {
		e.ledger.mu.Lock()
		defer e.ledger.mu.Unlock()
	}
	e.ledger.n--
}

func (e *entry) dropIf(free func(*ledger) bool) {
	if free(e.ledger) {
		e.ledger.mu.Lock()
		defer e.ledger.mu.Unlock()
	}
	e.ledger.n--
}

// Fine: what is passed says that the lock is held.
func (l *ledger) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.entries {
		e.dropOf(heldLedgers{l})
		e.dropAmong([]*ledger{l})
		e.dropBy(one{l})
		e.dropIf(func(o *ledger) bool { return o != l })
	}
}

func (l *ledger) note(e *entry, h holder) {
	if !h.holds(e.ledger) {
		l.log.Lock()
		defer l.log.Unlock()
	}
	l.n++
}

// Deadlocks: the answer is about another object than the one whose lock is taken.
func (l *ledger) Note(e *entry, h holder) {
	l.log.Lock()
	defer l.log.Unlock()
	l.note(e, h) // want `\[relock\]`
}
