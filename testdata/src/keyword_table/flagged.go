package keyword_table

import "sync"

// A Board has commands with a flag that says whether they are run under the lock.
type Board struct {
	mu     sync.Mutex
	values map[string]action
	list   []action
	ptrs   []*action
	later  []lockedAction
	locked []lockedAction
	n      int
}

type action struct {
	run  func()
	lock bool
}

// NewBoard returns a board.
func NewBoard() *Board {
	b := &Board{}
	b.values = map[string]action{"count": {b.count, true}, "sync": {b.sync, false}}
	b.list = append(b.list, action{b.count, true}, action{run: b.sync})
	b.ptrs = []*action{{b.count, true}, {b.sync, false}}
	a := lockedAction{run: b.sync}
	b.later = append(b.later, a)
	a.lock = true
	b.locked = append(b.locked, a)
	return b
}

// A lockedAction has a flag that is set after the first copy.
type lockedAction struct {
	run  func()
	lock bool
}

func (b *Board) count() { b.n++ }

func (b *Board) sync() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n++
}

// Fine: what locks has no flag.
func (b *Board) Exec(name string) {
	a, ok := b.values[name]
	if !ok {
		return
	}
	if a.lock {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
	a.run()
}

// Fine: the same for elements of a list, and pointers.
func (b *Board) ExecAll() {
	for _, a := range b.list {
		if a.lock {
			b.mu.Lock()
		}
		a.run()
		if a.lock {
			b.mu.Unlock()
		}
	}
	for _, a := range b.ptrs {
		if a.lock {
			b.mu.Lock()
			a.run()
			b.mu.Unlock()
		}
	}
}

// Deadlocks: the flag is negated.
func (b *Board) ExecNot(name string) {
	a := b.values[name]
	if !a.lock {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
	a.run() // want `\[relock\]`
}

// Deadlocks: the second copy has the flag.
func (b *Board) ExecLocked() {
	for _, a := range b.locked {
		if a.lock {
			b.mu.Lock()
			a.run() // want `\[relock\]`
			b.mu.Unlock()
		}
	}
}
