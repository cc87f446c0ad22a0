package trylock

import "sync"

// tryBoth has an empty run of c only if it takes both locks, which are two then.
func (c *Compactor) tryBoth(mu *sync.Mutex) {
	if mu.TryLock() {
		defer mu.Unlock()
		if c.mu.TryLock() {
			defer c.mu.Unlock()
			c.rw.Lock()
			c.runs = 0
			c.rw.Unlock()
		}
	}
}

// Fine: tryBoth is passed the lock that it takes first, and fails to take it again.
func (c *Compactor) TryOwn() {
	c.rw.Lock()
	defer c.rw.Unlock()
	c.tryBoth(&c.mu)
}

// Deadlocks: these are two locks.
func (c *Compactor) TryOther(o *Compactor) {
	c.rw.Lock()
	defer c.rw.Unlock()
	c.tryBoth(&o.mu) // want `\[relock\]`
}

// merge looks at the runs of o only if it takes the lock of o under that of c.
func merge(c, o *Compactor) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if o.mu.TryLock() {
		defer o.mu.Unlock()
		return o.peek()
	}
	return 0
}

// Fine: merge does not take the lock of c, which it has.
func (c *Compactor) MergeSelf() int {
	c.rw.Lock()
	defer c.rw.Unlock()
	return merge(c, c)
}

// Deadlocks: o is another one.
func (o *Compactor) MergeInto(c *Compactor) int {
	o.rw.Lock()
	defer o.rw.Unlock()
	return merge(c, o) // want `\[downgrade\]`
}

// tally is done under a lock of the caller.
func (t *tallied) tally(under sync.Locker) {
	under.Lock()
	defer under.Unlock()
	if t.rw.TryLock() {
		t.rw.Unlock()
		t.add()
	}
}

type tallied struct {
	mu sync.Mutex
	rw sync.RWMutex
	n  int
}

func (t *tallied) add() {
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
}

// Fine: who reads can't write.
func (t *tallied) Reader() {
	t.mu.Lock()
	t.tally(t.rw.RLocker())
	t.mu.Unlock()
}

// Deadlocks: it is another one that reads.
func (t *tallied) Other(o *tallied) {
	t.mu.Lock()
	t.tally(o.rw.RLocker()) // want `\[relock\]`
	t.mu.Unlock()
}
