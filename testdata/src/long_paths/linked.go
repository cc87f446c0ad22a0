package long_paths

import "sync"

type tree struct {
	mu    sync.Mutex
	nodes []*leaf
	queue chan *leaf
}

type leaf struct{ tree *tree }

func (t *tree) drain() {
	l := <-t.queue
	for _, other := range l.tree.nodes {
		next := <-other.tree.queue
		next.requeue()
	}
}

func (t *tree) first() { t.queue <- t.nodes[0] }

func (l *leaf) requeue() { l.tree.first() }

type chain struct {
	mu    sync.Mutex
	first *ring
}

type link struct{ of *chain }

type ring struct {
	chain *chain
	link  *link
	next  *ring
}

func (c *chain) add() *ring { return &ring{link: &link{of: c}, chain: c} }

func (r *ring) with(*chain, *ring) *ring { return r }

// Fine: no ring is known to be linked with another one of its chain.
func (r *ring) visit() {
	n := r.link.of.add()
	for at := n.chain.first; at != nil; at = at.next {
		n.with(n.chain, n).link.of.mu.Lock()
		if other := r.chain.first; other != nil {
			other.visitFirst()
		}
		n.link.of.mu.Unlock()
	}
}

func (r *ring) prepend(func()) *chain {
	r = r.with(r.link.of, r)
	n := &ring{link: &link{of: r.link.of}, chain: r.link.of}
	n.next = r.link.of.first
	r.link.of.first = n
	return r.chain
}

func (r *ring) visitFirst() {
	if n := r.chain.first.link.of.first; n != nil {
		n.prepend(n.chain.mu.Unlock)
	}
}
