// Package uses holds cases of an importer that keeps the rule of exported fields.
package uses

import "inverse_exported/pool"

// Deadlocks: the members of p belong to p.
func All(p *pool.Pool) {
	p.Mu.Lock()
	defer p.Mu.Unlock()
	for _, m := range p.Members {
		m.Work() // want `\[relock\]`
	}
}

// Deadlocks: the boss of p belongs to p.
func Boss(p *pool.Pool) {
	p.Mu.Lock()
	defer p.Mu.Unlock()
	p.Boss.Work() // want `\[relock\]`
}

// Fine: a new member is hired, and works without the lock.
func Hire(p *pool.Pool) int {
	m := p.Hire()
	m.Work()
	p.Mu.Lock()
	defer p.Mu.Unlock()
	return p.Busy
}

// Fine: the members of another pool.
func Help(p, q *pool.Pool) {
	p.Mu.Lock()
	defer p.Mu.Unlock()
	for _, m := range q.Members {
		m.Work()
	}
}
