package lock_wrapper

import "sync"

// A Timed mutex hands its lock operations to a function that waits for them.
type Timed struct{ mu sync.RWMutex }

// Lock locks t.
func (t *Timed) Lock() { await(t.mu.Lock) }

// Unlock unlocks t.
func (t *Timed) Unlock() { t.mu.Unlock() }

// RLock locks t for reading.
func (t *Timed) RLock() { await(t.mu.RLock) }

// RUnlock unlocks t.
func (t *Timed) RUnlock() { t.mu.RUnlock() }

func await(lock func()) {
	done := make(chan struct{})
	go func() { <-done }()
	lock()
	close(done)
}

type gauge struct {
	t Timed
	n int
}

func (g *gauge) get() int {
	g.t.RLock()
	defer g.t.RUnlock()
	return g.n
}

// Deadlocks: both lock by await.
func (g *gauge) add() {
	g.t.Lock()
	defer g.t.Unlock()
	g.n = g.get() + 1 // want `^t\.mu is read-locked while write-locked: locked at passed\.go:9 \(called at passed\.go:40, where it is g\.t\.mu\), then gauge\.get → Timed\.RLock → await → t\.mu\.RLock at passed\.go:15 \[downgrade\]`
}

// Fine: unlocked before.
func (g *gauge) addLater() {
	n := g.get()
	g.t.Lock()
	g.n = n + 1
	g.t.Unlock()
}
