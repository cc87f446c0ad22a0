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

// Deadlocks: nor is what a caller passes.
func (l *ledger) Given(writers *sync.Mutex) int {
	l.rw.Lock()
	defer l.rw.Unlock()
	writers.Unlock()
	return l.count() // want `\[downgrade\]`
}

// Fine: it can't be taken again.
func (l *ledger) Tried(writers *sync.Mutex) int {
	l.rw.Lock()
	defer l.rw.Unlock()
	writers.Unlock()
	if l.rw.TryRLock() {
		return l.count()
	}
	return 0
}

// Fine: a caller may pass the other side of this very lock.
func (l *ledger) Opened(by sync.Locker) int {
	l.rw.Lock()
	by.Unlock()
	return l.count()
}

// Fine: the same in a function literal.
func (l *ledger) TriedLater(writers *sync.Mutex) func() int {
	return func() int {
		writers.Lock()
		defer writers.Unlock()
		l.rw.RUnlock()
		if writers.TryLock() {
			writers.Lock()
		}
		return 0
	}
}
