package kept_unlock

import "sync"

// A Waitable is registered with, before somebody waits for it.
type Waitable interface {
	Register(c chan int)
	Ready() bool
}

// A Blocker waits. Its implementations are in other packages.
type Blocker interface {
	BlockOn(w Waitable) bool
	Watch(w Named)
}

// A Named has a name.
type Named interface{ Name() string }

// Regions are locked one after the other.
type Regions struct {
	mu      sync.Mutex
	waiters []chan int
	taken   bool
}

// Register unlocks: who waits holds the lock until then.
func (r *Regions) Register(c chan int) {
	defer r.mu.Unlock()
	r.waiters = append(r.waiters, c)
}

// Ready does not lock.
func (r *Regions) Ready() bool { return !r.taken }

// Name does not lock.
func (r *Regions) Name() string { return "regions" }

// Fine: whoever waits registers, which unlocks.
func (r *Regions) Take(b Blocker) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.taken {
		ok := b.BlockOn(r)
		r.mu.Lock()
		if !ok {
			return
		}
	}
	r.taken = true
}

// Deadlocks: by the name alone, nobody can unlock.
func (r *Regions) TakeNamed(b Blocker) {
	r.mu.Lock()
	defer r.mu.Unlock()
	b.Watch(r)
	r.mu.Lock() // want `\[relock\]`
}
