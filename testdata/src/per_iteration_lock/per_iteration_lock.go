// Package per_iteration_lock holds cases of loops: one lock for all turns, or one lock per turn.
package per_iteration_lock

import "sync"

// A Member belongs to a team.
type Member struct {
	mu    sync.Mutex
	score int
	next  *Member
}

// A Team has members and a lock of its own.
type Team struct {
	mu      sync.Mutex
	members []*Member
	byName  map[string]*Member
	total   int
}

func (m *Member) points() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.score
}

func (t *Team) sum() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.total
}

// Fine: each turn locks another member.
func (t *Team) LockMembers() {
	for _, m := range t.members {
		m.mu.Lock()
	}
	t.total = 0
	for _, m := range t.members {
		m.mu.Unlock()
	}
}

// Deadlocks: the team's lock does not change from turn to turn.
func (t *Team) Collect() {
	for _, m := range t.members {
		t.mu.Lock() // want `\[relock\]`
		t.total += m.points()
	}
	t.mu.Unlock()
}

// Fine: the team's lock is released in each turn.
func (t *Team) Gather() {
	for _, m := range t.members {
		t.mu.Lock()
		t.total += m.points()
		t.mu.Unlock()
	}
}

// Deadlocks: the member of this turn is locked twice.
func (t *Team) Double() {
	for _, m := range t.members {
		m.mu.Lock()
		m.score += m.points() // want `\[relock\]`
		m.mu.Unlock()
	}
}

// Fine: the member of the last turn is locked, not the one of this turn.
func (t *Team) Compare() (n int) {
	var last *Member
	for _, m := range t.members {
		if last != nil {
			n += m.points()
			last.mu.Unlock()
		}
		m.mu.Lock()
		last = m
	}
	if last != nil {
		last.mu.Unlock()
	}
	return n
}

// Fine: the members of a map are different ones.
func (t *Team) Each() (n int) {
	for _, m := range t.byName {
		m.mu.Lock()
		defer m.mu.Unlock()
		n += m.score
	}
	return n
}

// Deadlocks: sum is called in the loop, under the team's lock.
func (t *Team) Share() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, m := range t.members {
		m.mu.Lock()
		m.score = t.sum() / len(t.members) // want `\[relock\]`
		m.mu.Unlock()
	}
}

// Fine: the list goes on to another member in each turn.
func (t *Team) Chain(m *Member) {
	for ; m != nil; m = m.next {
		m.mu.Lock()
		defer m.mu.Unlock()
	}
}

// Deadlocks: first does not change in the loop.
func (t *Team) First(n int) {
	first := t.members[0]
	for range n {
		first.mu.Lock() // want `\[relock\]`
		first.score++
	}
	first.mu.Unlock()
}

// Fine: a new member in each turn.
func (t *Team) Fill(n int) {
	for range n {
		m := &Member{}
		m.mu.Lock()
		t.members = append(t.members, m)
	}
}

// Fine: the loop body runs at most once.
func (t *Team) Once() {
	for {
		t.mu.Lock()
		t.total++
		break
	}
	t.mu.Unlock()
}

// Deadlocks: taken before the loop, and in it.
func (t *Team) Outer(ms []*Member) {
	t.mu.Lock()
	for range ms {
		t.mu.Lock() // want `\[relock\]`
		t.total++
		t.mu.Unlock()
	}
	t.mu.Unlock()
}

// Fine: the counter is 1 in one turn only.
func (t *Team) Second() {
	for i := 0; i < 3; i++ {
		if i == 1 {
			t.mu.Lock()
		}
		t.total++
	}
	t.mu.Unlock()
}

// Fine: the turn that unlocks comes after the one that locks.
func (t *Team) Between(ms []*Member) {
	for i := range ms {
		if i == 2 {
			t.mu.Lock()
		}
		t.total++
		if i == 4 {
			t.mu.Unlock()
			t.total = t.points()
			return
		}
	}
}

func (t *Team) points() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.total
}

// Deadlocks: from the second turn on the lock is held.
func (t *Team) From(ms []*Member) {
	for i := range ms {
		if i >= 1 {
			t.mu.Lock() // want `\[relock\]`
		}
		t.total++
	}
}

// Deadlocks: the turns after the one that locks ask for the sum.
func (t *Team) After(ms []*Member) {
	for i := range ms {
		if i > 2 {
			t.total = t.points() // want `\[relock\]`
		}
		if i == 1 {
			t.mu.Lock()
		}
	}
}

// Deadlocks: the number starts again.
func (t *Team) Again(more func() bool) {
	for i := 0; more(); i++ {
		if i == 1 {
			t.mu.Lock() // want `\[relock\]`
			i = -1
		}
	}
}
