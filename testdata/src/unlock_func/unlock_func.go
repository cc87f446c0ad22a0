// Package unlock_func holds cases of functions that lock and return what unlocks.
package unlock_func

import (
	"fmt"
	"sync"
)

// A Ring is a ring of nodes.
type Ring struct {
	mu    sync.RWMutex
	nodes []string
	seed  int
}

func (r *Ring) lock() func() {
	r.mu.Lock()
	return r.mu.Unlock
}

func (r *Ring) rlock() (unlock func()) {
	r.mu.RLock()
	return func() {
		r.mu.RUnlock()
	}
}

func (r *Ring) size() int {
	defer r.rlock()()
	return len(r.nodes)
}

// Deadlocks: lock has locked, its result is called at the end.
func (r *Ring) Add(n string) int {
	defer r.lock()()
	r.nodes = append(r.nodes, n)
	return r.size() // want `\[downgrade\]`
}

// Deadlocks when a writer waits in between.
func (r *Ring) Node(i int) string {
	defer r.rlock()()
	return r.nodes[i%r.size()] // want `\[recursive-rlock\]`
}

// Fine: unlock is called before size.
func (r *Ring) Remove() int {
	unlock := r.lock()
	r.nodes = r.nodes[1:]
	unlock()
	return r.size()
}

// Deadlocks: unlock is called after size.
func (r *Ring) Shift() int {
	unlock := r.lock()
	r.nodes = r.nodes[1:]
	n := r.size() // want `\[downgrade\]`
	unlock()
	return n
}

// Fine: one branch unlocks and returns, the other unlocks at the end.
func (r *Ring) Reseed(n int) int {
	unlock := r.lock()
	if r.seed == n {
		unlock()
		return r.size()
	}
	r.seed = n
	unlock()
	return r.size()
}

// Deadlocks: the branch forgets to unlock.
func (r *Ring) Seed(n int) int {
	unlock := r.lock()
	if r.seed == n {
		return r.size() // want `\[downgrade\]`
	}
	r.seed = n
	unlock()
	return r.size()
}

// A hold is a lock that is held.
type hold struct {
	r    *Ring
	name string
}

func (r *Ring) hold(name string) hold {
	r.mu.Lock()
	return hold{r, name}
}

func (h hold) release() { h.r.mu.Unlock() }

// Deadlocks: the hold is released at the end.
func (r *Ring) Swap(i, j int) {
	defer r.hold("swap").release()
	if i < r.size() { // want `\[downgrade\]`
		r.nodes[i], r.nodes[j] = r.nodes[j], r.nodes[i]
	}
}

// Fine: the hold is released before size.
func (r *Ring) Drop() string {
	h := r.hold("drop")
	r.nodes = nil
	h.release()
	return fmt.Sprint(h.name, r.size())
}

// A ticket carries the function that unlocks.
type ticket struct{ done func() }

func (r *Ring) ticket() *ticket {
	r.mu.Lock()
	return &ticket{done: r.mu.Unlock}
}

// Deadlocks: the ticket's function has not been called.
func (r *Ring) Rotate() {
	t := r.ticket()
	r.seed += r.size() // want `\[downgrade\]`
	t.done()
}

// Fine: the ticket's function has been called.
func (r *Ring) Turn() int {
	t := r.ticket()
	r.seed++
	t.done()
	return r.size()
}

func (r *Ring) tryLock() (func(), bool) {
	if !r.mu.TryLock() {
		return nil, false
	}
	return r.mu.Unlock, true
}

// Fine: ok tells whether the lock is held.
func (r *Ring) Poll() int {
	unlock, ok := r.tryLock()
	if !ok {
		return r.size()
	}
	unlock()
	return r.size()
}

// Deadlocks: ok, so the lock is held.
func (r *Ring) Pull() int {
	unlock, ok := r.tryLock()
	if !ok {
		return 0
	}
	defer unlock()
	return r.size() // want `\[downgrade\]`
}

// Fine: the unlock function of another ring.
func (r *Ring) Sync(from *Ring) {
	defer r.lock()()
	unlock := from.lock()
	r.seed = from.seed
	unlock()
	if from.size() > 0 {
		r.nodes = nil
	}
}

func noop() {}

func (r *Ring) lockIf(need bool) func() {
	if !need {
		return noop
	}
	r.mu.Lock()
	return r.mu.Unlock
}

// Fine: nothing was locked.
func (r *Ring) Quick() int {
	defer r.lockIf(false)()
	return r.size()
}

// Deadlocks: the lock was needed.
func (r *Ring) Slow() int {
	defer r.lockIf(true)()
	return r.size() // want `\[downgrade\]`
}
