// Package pool exports the fields that point back.
package pool

import "sync"

// A Pool has members.
type Pool struct {
	Mu      sync.Mutex
	Members []*Member
	Boss    *Member
	Busy    int
}

// A Member belongs to a pool, unless an importer says otherwise.
type Member struct{ Pool *Pool }

// New makes a pool.
func New() *Pool {
	p := &Pool{}
	p.Boss = &Member{Pool: p}
	return p
}

// Hire adds a member.
func (p *Pool) Hire() *Member {
	m := &Member{Pool: p}
	p.Members = append(p.Members, m)
	return m
}

// Work locks the pool of m.
func (m *Member) Work() {
	m.Pool.Mu.Lock()
	defer m.Pool.Mu.Unlock()
	m.Pool.Busy++
}
