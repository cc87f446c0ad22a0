// Package breaks holds cases of an importer that breaks the rule of exported fields.
package breaks

import "inverse_exported/pool"

// Lend makes a member of p work for q.
func Lend(p, q *pool.Pool) {
	for _, m := range p.Members {
		m.Pool = q
	}
}

// Fine, as far as one can know: the members of p may have been lent.
func All(p *pool.Pool) {
	p.Mu.Lock()
	defer p.Mu.Unlock()
	for _, m := range p.Members {
		m.Work()
	}
}

// Deadlocks: the pool was stored just before, under the lock.
func Own(p *pool.Pool, m *pool.Member) {
	p.Mu.Lock()
	defer p.Mu.Unlock()
	m.Pool = p
	m.Work() // want `\[relock\]`
}
