// Package inverse_field holds cases of an object in a field that points back to its owner.
package inverse_field

import (
	"fmt"
	"sync"
)

// A Cluster has an elector, which points back to it.
type Cluster struct {
	mu      sync.RWMutex
	elector *Elector
	log     *Log
	leader  string
	peer    *Cluster
}

// An Elector is made by NewCluster only.
type Elector struct {
	c    *Cluster
	term int
}

// A Log is made by start only; its owner is stored after the fact.
type Log struct {
	owner *Cluster
	lines []string
}

// NewCluster makes a cluster with its elector.
func NewCluster() *Cluster {
	c := &Cluster{}
	c.elector = &Elector{c: c}
	return c
}

func (c *Cluster) start() {
	l := &Log{}
	l.owner = c
	c.log = l
}

func (c *Cluster) stop() {
	c.log = nil
	c.elector = nil
}

// Leader returns the leader.
func (c *Cluster) Leader() string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.leader
}

func (e *Elector) campaign(name string) {
	e.c.mu.Lock()
	defer e.c.mu.Unlock()
	e.term++
	e.c.leader = name
}

func (l *Log) add(s string) {
	l.lines = append(l.lines, fmt.Sprint(l.owner.Leader(), ": ", s))
}

// Deadlocks: the elector of c points back to c.
func (c *Cluster) Tick(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.leader == "" {
		c.elector.campaign(name) // want `\[relock\]`
	}
}

// Fine: unlocked before.
func (c *Cluster) Elect(name string) {
	c.mu.Lock()
	c.leader = ""
	c.mu.Unlock()
	c.elector.campaign(name)
}

// Deadlocks when a writer waits in between: the log of c points back to c.
func (c *Cluster) Note(s string) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.leader != "" {
		c.log.add(s) // want `\[recursive-rlock\]`
	}
}

// Fine: the elector of the peer points back to the peer.
func (c *Cluster) Help(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.peer.elector.campaign(name)
}

// Deadlocks: from the elector to its owner and back.
func (e *Elector) Resign() {
	e.c.mu.Lock()
	defer e.c.mu.Unlock()
	e.term--
	e.c.log.add("resigned") // want `\[downgrade\]`
}

// Deadlocks: a write lock under the read lock, through a local variable.
func (c *Cluster) Refresh() {
	e := c.elector
	c.mu.RLock()
	defer c.mu.RUnlock()
	e.campaign(c.leader) // want `\[upgrade\]`
}

// Fine: the elector of another cluster.
func (c *Cluster) Adopt(e *Elector, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e.campaign(name)
}

// A Tenant may be handed from one house to another.
type Tenant struct{ house *House }

// A House has a tenant.
type House struct {
	mu     sync.Mutex
	tenant *Tenant
	rent   int
}

func (h *House) let() {
	t := &Tenant{house: h}
	h.tenant = t
}

// move breaks the rule: the tenant of h points to another house.
func (t *Tenant) move(to *House) { t.house = to }

func (t *Tenant) pay() {
	t.house.mu.Lock()
	t.house.rent++
	t.house.mu.Unlock()
}

// Fine, as far as one can know: the tenant may have moved.
func (h *House) Collect() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tenant.pay()
}

// A Guest is given to any inn.
type Guest struct{ inn *Inn }

// An Inn has a guest.
type Inn struct {
	mu    sync.Mutex
	guest *Guest
	beds  int
}

func newGuest(at *Inn) *Guest { return &Guest{inn: at} }

func (i *Inn) receive(other *Inn) { i.guest = newGuest(other) }

func (g *Guest) sleep() {
	g.inn.mu.Lock()
	defer g.inn.mu.Unlock()
	g.inn.beds--
}

// Fine: the guest of i points to the inn that receive was given.
func (i *Inn) Night() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.guest.sleep()
}
