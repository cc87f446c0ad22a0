package indexed_locks

import "sync"

// A Tree has levels.
type Tree struct{ levels []*Level }

// A Level has a lock of its own.
type Level struct {
	mu   sync.RWMutex
	size int
}

func lockBoth(a, b *Level) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	return a.size + b.size
}

// Deadlocks: the branch has found the index to be 0.
func (t *Tree) Merge(i int) {
	from := t.levels[i]
	if i == 0 {
		to := t.levels[0]
		from.mu.Lock()
		to.mu.Lock() // want `\[relock\]`
		to.mu.Unlock()
		from.mu.Unlock()
	}
}

// Deadlocks: so it has after the lock was taken.
func (t *Tree) Sink(i int) {
	from := t.levels[i]
	from.mu.Lock()
	defer from.mu.Unlock()
	if i != 0 {
		return
	}
	t.levels[0].mu.Lock() // want `\[relock\]`
	t.levels[0].mu.Unlock()
}

// Deadlocks: the same by a function that locks both.
func (t *Tree) Sum(i int) int {
	from := t.levels[i]
	if i == 0 {
		return lockBoth(from, t.levels[0]) // want `\[relock\]`
	}
	return lockBoth(from, t.levels[i-1])
}

// Fine: the index is another one.
func (t *Tree) Rise(i int) int {
	from := t.levels[i]
	if i == 0 {
		return lockBoth(from, t.levels[1])
	}
	return lockBoth(from, t.levels[0])
}

// Fine: another level has been put there before the lock is taken.
func (t *Tree) Renew(i int) {
	from := t.levels[i]
	from.mu.Lock()
	defer from.mu.Unlock()
	if i == 0 {
		t.levels[0] = &Level{}
		t.levels[0].mu.Lock()
		t.levels[0].mu.Unlock()
	}
}

// Fine: the lock was released, by either name.
func (t *Tree) Pass(i int) {
	from := t.levels[i]
	from.mu.Lock()
	if i == 0 {
		t.levels[0].mu.Unlock()
		t.levels[0].mu.Lock()
		t.levels[0].mu.Unlock()
		return
	}
	from.mu.Unlock()
}

// Fine: the index has changed.
func (t *Tree) Walk(n int) {
	for i := 0; i < n; i++ {
		from := t.levels[i]
		from.mu.Lock()
		if i > 0 {
			t.levels[i-1].mu.Lock()
			t.levels[i-1].mu.Unlock()
		}
		from.mu.Unlock()
	}
}
