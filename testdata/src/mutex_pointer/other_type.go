package mutex_pointer

import "sync"

// A ledger is locked by an RWMutex, and its writers by a mutex that others have, too.
type ledger struct {
	rw      sync.RWMutex
	writers *sync.Mutex
	other   *sync.RWMutex
	lines   int
}

func (l *ledger) count() int {
	l.rw.RLock()
	defer l.rw.RUnlock()
	return l.lines
}

// Deadlocks: what is released first is no RWMutex.
func (l *ledger) Last() int {
	l.rw.Lock()
	defer l.rw.Unlock()
	l.writers.Unlock()
	return l.count() // want `\[downgrade\]`
}

// Fine: the other one may be that of this ledger.
func (l *ledger) Handed() int {
	l.rw.Lock()
	l.other.Unlock()
	return l.count()
}
