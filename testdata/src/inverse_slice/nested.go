package inverse_slice

import "sync"

// A Grid has cells in rows, some of which lead back to it.
type Grid struct {
	mu   sync.RWMutex
	rows [][]cell
	n    int
}

type cell interface{ full() bool }

type plain struct{ on bool }

func (p *plain) full() bool { return p.on }

type watched struct {
	cell
	grid *Grid
}

func (w *watched) full() bool { return w.cell.full() && w.grid.size() > 0 }

func (g *Grid) size() int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.n
}

// Put puts a cell into the grid.
func (g *Grid) Put(i, j int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.rows[i][j] = &watched{&plain{}, g}
}

// Deadlocks: a cell asks for the size.
func (g *Grid) Clear() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i := range g.rows {
		for j, c := range g.rows[i] {
			if c == nil {
				continue
			}
			if c.full() { // want `\[downgrade\]`
				continue
			}
			g.rows[i][j] = nil
		}
	}
}

// Fine: it is not known which cell is left out.
func (g *Grid) Others(me cell) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, row := range g.rows {
		for _, c := range row {
			if c != me {
				c.full()
			}
		}
	}
}

// Fine: only plain cells are asked.
func (g *Grid) Plain() (n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, row := range g.rows {
		for _, c := range row {
			if _, ok := c.(*watched); ok {
				continue
			}
			if c.full() {
				n++
			}
		}
	}
	return n
}
