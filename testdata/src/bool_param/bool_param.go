// Package bool_param holds cases of bool parameters that say whether the caller holds the lock.
package bool_param

import (
	"fmt"
	"sync"
)

// A Pool is a pool of workers.
type Pool struct {
	mu   sync.RWMutex
	idle []int
	max  int
}

// size takes the lock unless the caller has it.
func (p *Pool) size(locked bool) int {
	if !locked {
		p.mu.RLock()
		defer p.mu.RUnlock()
	}
	return len(p.idle)
}

// drop takes the lock when it is asked to, in two branches.
func (p *Pool) drop(lock bool) {
	if lock {
		p.mu.Lock()
	}
	if len(p.idle) > 0 {
		p.idle = p.idle[1:]
	}
	if lock {
		p.mu.Unlock()
	}
}

// full forwards the flag.
func (p *Pool) full(locked bool) bool {
	return p.size(locked) == p.max
}

// shrink forwards the flag negated, through a local variable.
func (p *Pool) shrink(locked bool) {
	need := !locked
	for range 2 {
		p.drop(need)
	}
}

// trim says that it holds the lock, through a constant in a local variable.
func (p *Pool) trim() {
	p.mu.Lock()
	defer p.mu.Unlock()
	held := true
	// Fine: held is true, so drop does not lock.
	p.shrink(held)
}

// Fine: the flag says that the lock is held.
func (p *Pool) Put(w int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.full(true) {
		return false
	}
	p.idle = append(p.idle, w)
	return true
}

// Deadlocks: the flag says that the lock is not held.
func (p *Pool) Give(w int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.full(false) { // want `\[downgrade\]`
		return false
	}
	p.idle = append(p.idle, w)
	return true
}

// Fine: the lock is not held, as the flag says.
func (p *Pool) Full() bool { return p.full(false) }

// Deadlocks: drop is asked to lock.
func (p *Pool) Get() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.idle[0]
	p.drop(true) // want `\[relock\]`
	return w
}

// Fine: drop is asked not to lock.
func (p *Pool) Take() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.idle[0]
	p.drop(false)
	return w
}

// Deadlocks: a false in a local variable, negated on the way.
func (p *Pool) Halve() {
	p.mu.Lock()
	defer p.mu.Unlock()
	held := false
	p.shrink(held) // want `\[relock\]`
}

// Fine: nothing is held.
func (p *Pool) Decimate() {
	p.shrink(false)
	p.trim()
}

// Deadlocks: grow forwards the caller's flag instead of true.
func (p *Pool) grow(locked bool, n int) {
	if !locked {
		p.mu.Lock()
		defer p.mu.Unlock()
	}
	if p.full(locked) { // want `\[downgrade\]`
		p.max += n
	}
}

// Fine: extend says true, since it has the lock either way.
func (p *Pool) extend(locked bool, n int) {
	if !locked {
		p.mu.Lock()
		defer p.mu.Unlock()
	}
	if p.full(true) {
		p.max += n
	}
}

// Fine: both callers tell the truth.
func (p *Pool) Extend(n int) {
	p.extend(false, n)
	p.mu.Lock()
	p.extend(true, n)
	p.mu.Unlock()
}

// Deadlocks when a writer waits in between: the read lock is held and size is not told.
func (p *Pool) String() string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return fmt.Sprint(p.max, " max, ", p.size(false)) // want `\[recursive-rlock\]`
}

// Fine: nothing is locked on the path on which drop locks.
func (p *Pool) maybe(locked bool) {
	if locked {
		p.mu.Lock()
	}
	p.drop(!locked)
	if locked {
		p.mu.Unlock()
	}
}

// Deadlocks: on the path on which the lock is held, drop locks.
func (p *Pool) twisted(lock bool) {
	if lock {
		p.mu.Lock()
		defer p.mu.Unlock()
	}
	p.drop(lock) // want `\[relock\]`
}

// Fine: the flag is set together with the lock.
func (p *Pool) Lazy(n int) (w int) {
	held := false
	if n > p.max {
		p.mu.Lock()
		held = true
	}
	w = p.size(held)
	if held {
		p.mu.Unlock()
	}
	return w
}

// Deadlocks: the flag is set on the other branch.
func (p *Pool) Late(n int) (w int) {
	held := true
	if n > p.max {
		p.mu.Lock()
		held = false
		defer p.mu.Unlock()
	}
	return p.size(held) // want `\[downgrade\]`
}

// both hands two flags on, one for each pool.
func both(p, q *Pool, pl, ql bool) int {
	return p.size(pl) + q.size(ql)
}

func pair(p, q *Pool) int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	// Fine: q is unlocked, and p is said to be locked.
	n := both(q, p, false, true)
	// Deadlocks when a writer waits in between: p is said to be unlocked.
	return n + both(p, q, false, false) // want `\[recursive-rlock\]`
}
