package unlock_func

import "sync"

// A Tree gives out the functions that lock it.
type Tree struct {
	mu sync.RWMutex
	n  int
}

func (t *Tree) lockers(write bool) (lock, unlock func()) {
	if write {
		return t.mu.Lock, t.mu.Unlock
	}
	return t.mu.RLock, t.mu.RUnlock
}

func (t *Tree) locker(write bool) sync.Locker {
	if write {
		return &t.mu
	}
	return t.mu.RLocker()
}

func (t *Tree) size() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.n
}

// Deadlocks: the write lock is held.
func (t *Tree) Grow() {
	lock, unlock := t.lockers(true)
	lock()
	defer unlock()
	t.n = t.size() + 1 // want `\[downgrade\]`
}

// Deadlocks: the same with a Locker.
func (t *Tree) GrowBy(n int) {
	l := t.locker(true)
	l.Lock()
	defer l.Unlock()
	t.n = t.size() + n // want `\[downgrade\]`
}

// Deadlocks when a writer waits in between: the read lock is held.
func (t *Tree) Twice() int {
	lock, unlock := t.lockers(false)
	lock()
	defer unlock()
	return 2 * t.size() // want `\[recursive-rlock\]`
}

// Deadlocks with either lock.
func (t *Tree) Half(write bool) int {
	l := t.locker(write)
	l.Lock()
	defer l.Unlock()
	return t.size() / 2 // want `\[downgrade\]` `\[recursive-rlock\]`
}

// Fine: unlocked by the other function of the pair.
func (t *Tree) Shrink(write bool) int {
	lock, unlock := t.lockers(write)
	lock()
	t.n--
	unlock()
	return t.size()
}

// Fine: the lock of another tree.
func (t *Tree) Copy(o *Tree) {
	lock, unlock := t.lockers(true)
	lock()
	defer unlock()
	t.n = o.size()
}
