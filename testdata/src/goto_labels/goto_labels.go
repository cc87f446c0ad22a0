// Package goto_labels holds cases of goto and of labelled break and continue.
package goto_labels

import "sync"

// A Grid is a table of cells.
type Grid struct {
	mu    sync.Mutex
	cells [][]int
	dirty bool
}

func (g *Grid) width() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.cells)
}

// Fine: all ways lead to the label, behind which the lock is released.
func (g *Grid) Set(x, y, v int) int {
	g.mu.Lock()
	if x >= len(g.cells) {
		goto out
	}
	if y >= len(g.cells[x]) {
		goto out
	}
	g.cells[x][y] = v
	g.dirty = true
out:
	g.mu.Unlock()
	return g.width()
}

// Deadlocks: one goto jumps past the unlock.
func (g *Grid) Clear(x int) int {
	g.mu.Lock()
	if x >= len(g.cells) {
		goto out
	}
	g.cells[x] = nil
	g.mu.Unlock()
out:
	return g.width() // want `\[relock\]`
}

// Deadlocks: the jump back reaches the lock again without an unlock.
func (g *Grid) Retry(n int) {
again:
	g.mu.Lock() // want `\[relock\]`
	if n > 0 && !g.dirty {
		n--
		goto again
	}
	g.dirty = false
	g.mu.Unlock()
}

// Fine: the jump back comes after the unlock.
func (g *Grid) Again(n int) {
again:
	g.mu.Lock()
	if n > 0 && !g.dirty {
		n--
		g.mu.Unlock()
		goto again
	}
	g.dirty = false
	g.mu.Unlock()
}

// Fine: the labelled continue and break release first.
func (g *Grid) Scan(want int) int {
rows:
	for i := range 10 {
		for j := range 10 {
			g.mu.Lock()
			switch {
			case i >= len(g.cells):
				g.mu.Unlock()
				break rows
			case j >= len(g.cells[i]):
				g.mu.Unlock()
				continue rows
			case g.cells[i][j] == want:
				g.mu.Unlock()
				return g.width()
			}
			g.mu.Unlock()
		}
	}
	return g.width()
}

// Deadlocks: the labelled continue leaves the lock held for the next row.
func (g *Grid) Sum() (n int) {
rows:
	for i := range 10 {
		g.mu.Lock() // want `\[relock\]`
		for j := range 10 {
			if j >= len(g.cells[i]) {
				continue rows
			}
			n += g.cells[i][j]
		}
		g.mu.Unlock()
	}
	return n
}

// Deadlocks: the labelled break leaves the lock held for width.
func (g *Grid) Max() (m int) {
rows:
	for i := range 10 {
		g.mu.Lock()
		for _, v := range g.cells[i] {
			if v < 0 {
				break rows
			}
			m = max(m, v)
		}
		g.mu.Unlock()
	}
	return m / g.width() // want `\[relock\]`
}

// Fine: a plain break leaves the switch, not the loop, and the lock is released below it.
func (g *Grid) Each(f func(int)) {
	for i := range 10 {
		g.mu.Lock()
		switch {
		case i == 5:
			break
		default:
			g.dirty = true
		}
		g.mu.Unlock()
		f(g.width())
	}
}
