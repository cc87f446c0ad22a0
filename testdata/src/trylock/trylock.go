// Package trylock holds cases of TryLock and TryRLock.
package trylock

import (
	"errors"
	"fmt"
	"sync"
)

// A Compactor merges segments, one run at a time.
type Compactor struct {
	mu   sync.Mutex
	rw   sync.RWMutex
	segs []int
	runs int
}

func (c *Compactor) size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.segs)
}

func (c *Compactor) peek() int {
	c.rw.RLock()
	defer c.rw.RUnlock()
	return c.runs
}

// Deadlocks: on the true edge the lock is held.
func (c *Compactor) Run() {
	if c.mu.TryLock() {
		c.runs = c.size() // want `\[relock\]`
		c.mu.Unlock()
	}
}

// Deadlocks: the false edge returned, so the lock is held below.
func (c *Compactor) RunOrFail() error {
	if !c.mu.TryLock() {
		return errors.New("busy")
	}
	defer c.mu.Unlock()
	if c.size() == 0 { // want `\[relock\]`
		return errors.New("empty")
	}
	return nil
}

// Deadlocks: either TryLock or Lock has taken the lock.
func (c *Compactor) RunOrWait() int {
	if !c.mu.TryLock() {
		fmt.Println("waiting")
		c.mu.Lock()
	}
	defer c.mu.Unlock()
	return c.size() // want `\[relock\]`
}

// Fine: on the false edge another goroutine holds the lock.
func (c *Compactor) Size() int {
	if c.mu.TryLock() {
		defer c.mu.Unlock()
		return len(c.segs)
	}
	return c.size()
}

// Fine: TryLock does not wait; under the lock it only fails.
func (c *Compactor) Probe() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.mu.TryLock() {
		c.mu.Unlock()
		return true
	}
	return false
}

// Fine: ok says whether the lock is held, and size is called when it is not.
func (c *Compactor) Maybe() (n int) {
	ok := c.mu.TryLock()
	if ok {
		n = len(c.segs)
		c.mu.Unlock()
	}
	if !ok {
		n = c.size()
	}
	return n
}

// Deadlocks: ok says that the lock is held.
func (c *Compactor) Surely() (n int) {
	ok := c.mu.TryLock()
	if ok {
		defer c.mu.Unlock()
	}
	if ok {
		n = c.size() // want `\[relock\]`
	}
	return n
}

// Deadlocks when a writer waits in between: TryRLock took a read lock.
func (c *Compactor) Runs() int {
	if !c.rw.TryRLock() {
		return -1
	}
	defer c.rw.RUnlock()
	return c.peek() // want `\[recursive-rlock\]`
}

// Deadlocks: the write lock under the read lock that TryRLock took.
func (c *Compactor) Count() {
	if c.rw.TryRLock() {
		if c.runs == 0 {
			c.rw.Lock() // want `\[upgrade\]`
			c.runs = 1
			c.rw.Unlock()
		}
		c.rw.RUnlock()
	}
}

// Deadlocks: a read lock under the write lock that TryLock took.
func (c *Compactor) Reset() {
	if c.rw.TryLock() {
		defer c.rw.Unlock()
		c.runs = c.peek() - 1 // want `\[downgrade\]`
	}
}

// Fine: released on the true edge, never taken on the false one.
func (c *Compactor) Both() int {
	if c.rw.TryRLock() {
		n := c.runs
		c.rw.RUnlock()
		if n > 0 {
			return n
		}
	}
	return c.peek()
}

func (c *Compactor) acquire() bool {
	return c.mu.TryLock()
}

// Deadlocks: acquire's result says that the lock is held.
func (c *Compactor) Guarded() {
	if c.acquire() {
		defer c.mu.Unlock()
		c.segs = append(c.segs, c.size()) // want `\[relock\]`
	}
}

// Fine: acquire failed.
func (c *Compactor) Unguarded() int {
	if c.acquire() {
		c.mu.Unlock()
		return 0
	}
	return c.size()
}

// Fine: the loop leaves with the lock held once, and takes it once.
func (c *Compactor) Spin() {
	for !c.mu.TryLock() {
		fmt.Println("spin")
	}
	c.segs = nil
	c.mu.Unlock()
}

// Deadlocks: the loop ends only with the lock held.
func (c *Compactor) SpinAndAsk() int {
	for !c.mu.TryLock() {
		fmt.Println("spin")
	}
	defer c.mu.Unlock()
	return c.size() // want `\[relock\]`
}

// Fine: a goroutine can't take what it holds, so the true edge is never taken.
func (c *Compactor) Nested() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.mu.TryLock() {
		c.mu.Lock()
	}
}

// Fine: a writer is kept out by the reader that the goroutine is.
func (c *Compactor) TryUpgrade() int {
	c.rw.RLock()
	defer c.rw.RUnlock()
	if c.rw.TryLock() {
		return c.peek()
	}
	return 0
}

// Deadlocks when a writer waits in between: a second reader may come in.
func (c *Compactor) TryTwice() int {
	c.rw.RLock()
	defer c.rw.RUnlock()
	if !c.rw.TryRLock() {
		return 0
	}
	defer c.rw.RUnlock()
	return c.peek() // want `\[recursive-rlock\]`
}

func (c *Compactor) idle() int {
	if !c.rw.TryLock() {
		return 0
	}
	defer c.rw.Unlock()
	return c.size()
}

// Fine: idle looks at the size only if it takes the other lock, which is held.
func (c *Compactor) Report() int {
	c.rw.Lock()
	defer c.rw.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.idle()
}

// Deadlocks: the other lock is free, so idle may take it and look at the size.
func (c *Compactor) ReportAlone() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.idle() // want `\[relock\]`
}
