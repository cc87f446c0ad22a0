package reentrant_lock

import (
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
)

func goid() int64 {
	var b [64]byte
	n, _ := strconv.ParseInt(string(b[:runtime.Stack(b[:], false)]), 10, 64)
	return n
}

// A Taken lock asks itself who takes it.
type Taken struct {
	mu    sync.Mutex
	owner atomic.Int64
	depth int
}

// Lock locks t.
func (t *Taken) Lock() {
	id := goid()
	if t.owner.Load() == id {
		t.depth++
		return
	}
	t.mu.Lock()
	t.owner.Store(id)
	t.depth = 1
}

// Unlock unlocks t.
func (t *Taken) Unlock() {
	t.depth--
	if t.depth == 0 {
		t.owner.Store(0)
		t.mu.Unlock()
	}
}

// A Careless lock remembers who took it last, and lets nobody in.
type Careless struct {
	mu    sync.Mutex
	owner atomic.Int64
	again int
}

// Lock locks c.
func (c *Careless) Lock() {
	id := goid()
	if c.owner.Load() == id {
		c.again++
	}
	c.mu.Lock()
	c.owner.Store(id)
}

// Unlock unlocks c.
func (c *Careless) Unlock() { c.mu.Unlock() }

type atlas struct {
	lock     Taken
	careless Careless
	pages    map[int]int
}

func (a *atlas) page(n int) int {
	a.lock.Lock()
	defer a.lock.Unlock()
	return a.pages[n]
}

func (a *atlas) last() int {
	a.careless.Lock()
	defer a.careless.Unlock()
	return a.pages[len(a.pages)]
}

// Fine: the goroutine that has the lock is let in, each time.
func (a *atlas) sum(list []int) (n int) {
	a.lock.Lock()
	defer a.lock.Unlock()
	n = a.page(0)
	for _, p := range list {
		n += a.page(p)
	}
	return n
}

// Deadlocks: it is only counted.
func (a *atlas) sumLast() int {
	a.careless.Lock()
	defer a.careless.Unlock()
	return a.last() // want `\[relock\]`
}

// Deadlocks: the lock inside knows of no owner.
func (a *atlas) inside() int {
	a.lock.mu.Lock()
	defer a.lock.mu.Unlock()
	return a.page(0) // want `\[relock\]`
}
