package correlated_branches

import (
	"sync"
	"sync/atomic"
)

// A gauge has flags that are set where they are not.
type gauge struct {
	mu   sync.Mutex
	busy atomic.Bool
	on   bool
	n    int
}

func (g *gauge) count() {
	g.mu.Lock()
	g.n++
	g.mu.Unlock()
}

func (g *gauge) turnOn() {
	if !g.on {
		g.on = true
	}
}

// Fine: the flag is set on all paths, of which there are many.
func (g *gauge) On(a, b, c, d bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if a {
		g.n++
	}
	if b {
		g.n++
	}
	if c {
		g.n++
	}
	if !g.on {
		g.on = true
	}
	if d {
		g.n++
	}
	if !g.on {
		g.count()
	}
}

// Fine: the same in a function that is called.
func (g *gauge) TurnedOn() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turnOn()
	if !g.on {
		g.count()
	}
}

// Fine: busy is set, whoever did it; the other one may be the same.
func (g *gauge) Both(o *gauge) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.busy.CompareAndSwap(false, true) {
		g.n++
	}
	if o.busy.CompareAndSwap(false, true) {
		g.n++
	}
	if !g.busy.Load() {
		g.count()
	}
}

// Deadlocks.
func (g *gauge) OnBoth(o *gauge) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turnOn()
	o.turnOn()
	if g.on {
		g.count() // want `\[relock\]`
	}
}

// Deadlocks: the other one may be the same.
func (g *gauge) Reset(o *gauge) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turnOn()
	o.on = false
	if !g.on {
		g.count() // want `\[relock\]`
	}
}

func (g *gauge) then(mu *sync.Mutex, f func()) {
	mu.Lock()
	defer mu.Unlock()
	f()
}

// Fine: the flag is reset, whether the function is called or not.
func (g *gauge) Off(mu *sync.Mutex) {
	if !g.on {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.then(mu, func() { g.on = false })
	}
	if g.on {
		g.count()
	}
}

// Deadlocks: it may be set.
func (g *gauge) OffThenOn(mu *sync.Mutex) {
	if !g.on {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.then(mu, func() { g.on = true })
	}
	if g.on {
		g.count() // want `\[relock\]`
	}
}
