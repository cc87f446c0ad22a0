// Package inverse_interface holds cases of owners that are stored behind interfaces.
package inverse_interface

import "sync"

type host interface {
	count() int
	setCount(n int)
}

// A Node is the host of its guests.
type Node struct {
	mu     sync.RWMutex
	guests []*Guest
	agent  *agent
	boss   supervisor
	n      int
}

// A Guest knows its host as an interface.
type Guest struct{ host host }

type agent struct{ owner host }

type supervisor interface{ review() int }

type lead struct{ node *Node }

// NewNode makes a node; its agent and its boss are fresh objects that point back to it.
func NewNode() *Node {
	n := &Node{}
	n.agent = &agent{owner: n}
	n.boss = &lead{node: n}
	return n
}

// Admit admits a guest.
func (n *Node) Admit() {
	g := &Guest{host: n}
	n.guests = append(n.guests, g)
}

func (n *Node) count() int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.n
}

func (n *Node) setCount(c int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.n = c
}

func (g *Guest) leave() { g.host.setCount(0) }

func (a *agent) report() int { return a.owner.count() }

func (l *lead) review() int {
	l.node.mu.RLock()
	defer l.node.mu.RUnlock()
	return l.node.n
}

// Deadlocks: the owner of the agent of n is n, behind an interface.
func (n *Node) Report() int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.agent.report() // want `\[recursive-rlock\]`
}

// Fine: unlocked before.
func (n *Node) ReportLater() int {
	n.mu.Lock()
	n.n++
	n.mu.Unlock()
	return n.agent.report()
}

// Deadlocks: the host of the guests of n is n.
func (n *Node) Evict() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, g := range n.guests {
		g.leave() // want `\[relock\]`
	}
}

// Deadlocks: what is behind the interface n.boss is a lead of n.
func (n *Node) Review() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.n = n.boss.review() // want `\[downgrade\]`
}

// Fine: the boss of another node.
func (n *Node) ReviewOf(o *Node) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.n = o.boss.review()
}

// A Bench takes no lock.
type Bench struct{ n int }

func (b *Bench) count() int     { return b.n }
func (b *Bench) setCount(n int) { b.n = n }

// Fine: the host of this guest is a bench.
func (n *Node) Wait() {
	g := &Guest{host: &Bench{}}
	n.mu.Lock()
	defer n.mu.Unlock()
	g.leave()
}

// Deadlocks: the back pointer behind an interface, in an object made here.
func (n *Node) Visit() {
	g := &Guest{host: n}
	n.mu.RLock()
	defer n.mu.RUnlock()
	if g.host.count() > 0 { // want `\[recursive-rlock\]`
		n.agent = nil
	}
}
