// Package inverse_shared_lock holds cases of objects that share a lock by pointers to it.
package inverse_shared_lock

import "sync"

// A Parent shares its lock with its children.
type Parent struct {
	mu    *sync.Mutex
	first *Child
	kids  []*Child
	named map[string]*Child
}

// A Child has a pointer to the lock of its parent.
type Child struct {
	lock *sync.Mutex
	n    int
}

// New makes a parent with its first child.
func New() *Parent {
	mu := new(sync.Mutex)
	return &Parent{mu: mu, first: &Child{lock: mu}, named: map[string]*Child{}}
}

// Add adds a child.
func (p *Parent) Add(name string) *Child {
	c := &Child{lock: p.mu}
	p.kids = append(p.kids, c)
	p.named[name] = c
	return c
}

// Get returns the number.
func (c *Child) Get() int {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.n
}

// Deadlocks: the first child has the lock of p.
func (p *Parent) First() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.first.Get() // want `\[relock\]`
}

// Deadlocks: every child has the lock of p.
func (p *Parent) Sum() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.kids {
		n += c.Get() // want `\[relock\]`
	}
	return n
}

// Deadlocks: the child of that name has the lock of p.
func (p *Parent) Named(name string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.named[name].Get() // want `\[relock\]`
}

// Fine: unlocked before.
func (p *Parent) Before() int {
	p.mu.Lock()
	c := p.first
	p.mu.Unlock()
	return c.Get()
}

// Fine: the child of another parent.
func (p *Parent) Other(o *Parent) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return o.first.Get()
}

// A Host has guests with locks of their own.
type Host struct {
	mu     *sync.Mutex
	guests []*Guest
}

// A Guest has a lock of its own.
type Guest struct {
	mu *sync.Mutex
	n  int
}

// NewHost makes a host.
func NewHost() *Host { return &Host{mu: new(sync.Mutex)} }

func (h *Host) invite(same bool) {
	g := &Guest{mu: h.mu}
	if !same {
		g = &Guest{mu: new(sync.Mutex)}
	}
	h.guests = append(h.guests, g)
}

func (g *Guest) get() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.n
}

// Fine: some guests have other locks.
func (h *Host) Sum() (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, g := range h.guests {
		n += g.get()
	}
	return n
}

// A Shop gets another lock than its clerks when it is renovated.
type Shop struct {
	mu     *sync.Mutex
	clerks []*Clerk
}

// A Clerk has the lock that the shop had.
type Clerk struct{ mu *sync.Mutex }

// NewShop makes a shop.
func NewShop() *Shop { return &Shop{mu: new(sync.Mutex)} }

func (s *Shop) hire() { s.clerks = append(s.clerks, &Clerk{mu: s.mu}) }

func (s *Shop) renovate() { s.mu = new(sync.Mutex) }

func (c *Clerk) work() {
	c.mu.Lock()
	c.mu.Unlock()
}

// Fine: the shop may have another lock by now.
func (s *Shop) Open() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.clerks {
		c.work()
	}
}

// An Account has a pointer to a lock.
type account struct {
	mu *sync.Mutex
	n  int
}

func transfer(a, b *account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.n, b.n = a.n-1, b.n+1
}

// Deadlocks: both accounts have one lock.
func OneLock() {
	mu := new(sync.Mutex)
	transfer(&account{mu: mu}, &account{mu: mu}) // want `\[relock\]`
}

// Fine: each account has its own.
func TwoLocks() {
	transfer(&account{mu: new(sync.Mutex)}, &account{mu: new(sync.Mutex)})
}

// A Stage has a pointer to its own lock, for who borrows it.
type Stage struct {
	mu   sync.Mutex
	lent *sync.Mutex
}

// NewStage makes a stage.
func NewStage() *Stage {
	s := &Stage{}
	s.lent = &s.mu
	return s
}

func (s *Stage) turn() {
	s.mu.Lock()
	s.mu.Unlock()
}

// Fine: it can't be taken again.
func (s *Stage) Tried() {
	s.lent.Lock()
	defer s.lent.Unlock()
	if s.lent.TryLock() {
		s.turn()
		s.lent.Unlock()
	}
}

// Deadlocks.
func (s *Stage) TriedOnce() {
	if s.lent.TryLock() {
		s.turn() // want `\[relock\]`
		s.lent.Unlock()
	}
}
