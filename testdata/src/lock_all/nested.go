package lock_all

import "sync"

// A Group has members that may be replaced.
type Group struct {
	mu      sync.Mutex
	members []*Group
	byID    map[int]*Group
	n       int
}

func (g *Group) count() {
	g.mu.Lock()
	g.n++
	g.mu.Unlock()
}

// Fine: the inner loop has a turn wherever the outer one has.
func (g *Group) Nested() {
	for range g.members {
		g.mu.Lock()
		for range g.members {
			g.mu.Unlock()
			return
		}
		for _, m := range g.members {
			m.n++
			g.n++
			if m.n > 1 {
				continue
			}
		}
		g.mu.Unlock()
	}
}

// Fine: the lock is held after the inner loop only if that has no turn.
func (g *Group) Released() {
	for _, m := range g.members {
		g.mu.Lock()
		held := true
		for range g.members {
			if held {
				g.mu.Unlock()
			}
			held = false
		}
		g.count()
		m.n++
	}
}

// Fine: what the outer loop is in a turn of may be what the inner one is over.
func (g *Group) MayBeReleased(other *Group) {
	for _, m := range g.members {
		g.mu.Lock()
		held := true
		for range other.members {
			if held {
				g.mu.Unlock()
			}
			held = false
		}
		g.count()
		m.n++
	}
}

// Deadlocks: whatever the loops do, g.mu is held.
func (g *Group) Kept() {
	for range g.members {
		g.mu.Lock()
		for _, m := range g.members {
			m.n++
		}
		g.count() // want `\[relock\]`
		g.mu.Unlock()
	}
}

// Deadlocks: g may have members where it has none by an ID.
func (g *Group) Others() {
	for range g.members {
		g.mu.Lock() // want `\[relock\]`
		held := true
		for range g.byID {
			if held {
				g.mu.Unlock()
			}
			held = false
		}
		g.count() // want `\[relock\]`
	}
}

func (g *Group) lockByID() {
	for _, m := range g.byID {
		m.mu.Lock()
	}
}

func (g *Group) unlockByID() {
	for _, m := range g.byID {
		m.mu.Unlock()
	}
}

func (g *Group) countByID() {
	for _, m := range g.byID {
		m.count()
	}
}

func (g *Group) countAfter() {
	g.byID[0] = &Group{}
	for _, m := range g.byID {
		m.count()
	}
}

// Deadlocks: the members are those that are locked.
func (g *Group) Count() {
	g.lockByID()
	g.countByID() // want `\[relock\]`
	g.unlockByID()
}

// Fine: all members may have been replaced.
func (g *Group) CountAfter() {
	g.lockByID()
	g.countAfter()
}

// Fine: where there is no member to lock at there is none to unlock at.
func (g *Group) InTurn() {
	held := false
	for range g.members {
		if !held {
			g.mu.Lock()
		}
		held = true
	}
	for range g.members {
		if held {
			g.mu.Unlock()
		}
		held = false
	}
	g.count()
}

// Fine: the member that is put in is not the one that the loop is at.
func (g *Group) Replace() {
	for id, m := range g.byID {
		n := &Group{}
		g.byID[id] = n
		n.mu.Lock()
		m.count()
		n.mu.Unlock()
	}
}

// Deadlocks: the first member is locked when the loop comes to it.
func (g *Group) First() {
	first := g.members[0]
	first.mu.Lock()
	for _, m := range g.members {
		m.count() // want `\[relock\]`
	}
	first.mu.Unlock()
}
