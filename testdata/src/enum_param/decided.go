package enum_param

import "sync"

// Functions of the enumeration decide what it means.

type gauge struct {
	mu sync.Mutex
	n  int
}

type hold int

const (
	holdNone hold = iota
	holdRead
	holdWrite
	holdAll
)

func (h hold) locks() bool {
	switch h {
	case holdWrite, holdAll:
		return false
	}
	return true
}

func (h hold) isFree() bool { return h != holdWrite && h != holdAll }

func (h hold) level() int {
	switch h {
	case holdRead:
		return 1
	case holdWrite:
		return 2
	case holdAll:
		return 3
	}
	return 0
}

func (h hold) orElse(other hold) hold {
	if h == holdNone {
		return other
	}
	return h
}

func (g *gauge) byLocks(h hold) {
	if h.locks() {
		g.mu.Lock()
		defer g.mu.Unlock()
	}
	g.n++
}

func (g *gauge) byFree(h hold) {
	if h.isFree() {
		g.mu.Lock()
		defer g.mu.Unlock()
	}
	g.n++
}

func (g *gauge) byLevel(h hold) {
	if h.level() < 2 {
		g.mu.Lock()
		defer g.mu.Unlock()
	}
	g.n++
}

func (g *gauge) byDefault(h hold) { g.byLocks(h.orElse(holdRead)) }

func (g *gauge) atLeast(h hold) { g.byLevel(max(h, holdRead)) }

func (g *gauge) atMost(h hold) { g.byLocks(min(h, holdWrite)) }

// Fine: with these the lock is not taken.
func (g *gauge) Held() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.byLocks(holdWrite)
	g.byLocks(holdAll)
	g.byFree(holdWrite)
	g.byFree(holdAll)
	g.byLevel(holdWrite)
	g.byLevel(holdAll)
	g.byDefault(holdWrite)
	g.atLeast(holdWrite)
	g.atMost(holdAll)
}

// Deadlocks: with these it is.
func (g *gauge) Free() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.byLocks(holdRead)   // want `\[relock\]`
	g.byFree(holdNone)    // want `\[relock\]`
	g.byLevel(holdRead)   // want `\[relock\]`
	g.byDefault(holdNone) // want `\[relock\]`
	g.atLeast(holdNone)   // want `\[relock\]`
	g.atMost(holdRead)    // want `\[relock\]`
}

// Fine: the greater one is the same both times.
func (g *gauge) Greater(n, m int) {
	if max(n, m) > g.n {
		g.mu.Lock()
	}
	if max(n, m) > g.n {
		g.mu.Unlock()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if h := hold(g.n); h.locks() {
		return
	} else {
		g.byLocks(h)
	}
}
