// Package cross_owner holds cases of objects of another package that call back the owner that has them.
package cross_owner

import (
	"sync"

	"cross_owner/child"
)

// A Parent owns children.
type Parent struct {
	mu       sync.Mutex
	children []*child.Child
	first    *child.Child
	n        int
}

// Done is called by children.
func (p *Parent) Done() {
	p.mu.Lock()
	p.n--
	p.mu.Unlock()
}

func (p *Parent) add() {
	p.children = append(p.children, child.New(p))
}

// Deadlocks: the owner of each child of p is p.
func (p *Parent) StopAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.children {
		c.Stop() // want `\[relock\]`
	}
}

// Fine: Rename does not tell the owner.
func (p *Parent) RenameAll(n string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.children {
		c.Rename(n)
	}
}

// Fine: the children of another parent.
func (p *Parent) StopOthers(o *Parent) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range o.children {
		c.Stop()
	}
}

// Fine: unlocked before.
func (p *Parent) StopUnlocked() {
	p.mu.Lock()
	list := p.children
	p.mu.Unlock()
	for _, c := range list {
		c.Stop()
	}
}

// Fine: the first child may be that of another parent, see Adopt.
func (p *Parent) StopFirst() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.first.Stop()
}

// Adopt breaks the rule for the first child.
func (p *Parent) Adopt(o *Parent) { p.first = o.first }

// A Guard owns wards, one of which it gives away.
type Guard struct {
	mu    sync.Mutex
	wards []*child.Ward
}

// Done is called by wards.
func (g *Guard) Done() { g.mu.Lock(); defer g.mu.Unlock() }

func (g *Guard) add(o *Guard) {
	w := child.NewWard(g)
	g.wards = append(g.wards, w)
	g.wards[0].Give(o)
}

// Fine: a ward may have another owner.
func (g *Guard) StopAll() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, w := range g.wards {
		w.Stop()
	}
}

// A Kennel has strays.
type Kennel struct {
	mu     sync.Mutex
	strays []*child.Stray
}

// Done is called by strays.
func (k *Kennel) Done() { k.mu.Lock(); defer k.mu.Unlock() }

func (k *Kennel) add() { k.strays = append(k.strays, child.NewStray(k)) }

// Fine, as far as one can know: a stray may have joined another owner.
func (k *Kennel) StopAll() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, s := range k.strays {
		s.Stop()
	}
}

// A Loop has timers that call its methods.
type Loop struct {
	mu    sync.Mutex
	timer *child.Timer
	quiet *child.Timer
	n     int
}

// NewLoop makes a loop with its timers.
func NewLoop() *Loop {
	l := &Loop{}
	l.timer = child.NewTimer(l.tick, l.tick)
	l.quiet = child.NewTimer(l.count, l.tick)
	return l
}

func (l *Loop) tick() {
	l.mu.Lock()
	l.n++
	l.mu.Unlock()
}

func (l *Loop) count() { l.n++ }

// Deadlocks: the timer of l calls tick of l.
func (l *Loop) Stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.timer.Stop() // want `\[relock\]`
}

// Fine: Reset calls it in a goroutine.
func (l *Loop) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.timer.Reset()
}

// Fine: the quiet timer calls count.
func (l *Loop) StopQuiet() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.quiet.Stop()
}

// Fine: the timer of another loop.
func (l *Loop) StopOther(o *Loop) {
	l.mu.Lock()
	defer l.mu.Unlock()
	o.timer.Stop()
}

// A House keeps guests in a generic container of the other package.
type House struct {
	mu     sync.Mutex
	guests *child.Reg[*guest]
	moved  *child.Reg[*guest]
}

type guest struct{ house *House }

func (g *guest) call() { g.house.mu.Lock(); g.house.mu.Unlock() }

// NewHouse makes a house.
func NewHouse() *House {
	return &House{guests: child.NewReg[*guest](), moved: child.NewReg[*guest]()}
}

// Add adds a guest.
func (h *House) Add(name string) { h.guests.Put(name, &guest{house: h}) }

// Move breaks the rule for those that have moved.
func (h *House) Move(o *House) { h.moved.Merge(o.moved) }

// AddMoved adds a guest to them.
func (h *House) AddMoved(name string) { h.moved.Put(name, &guest{house: h}) }

// Deadlocks: the house of each guest in h is h.
func (h *House) CallAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.guests.Each(func(g *guest) { g.call() }) // want `\[relock\]`
}

// Deadlocks: that of one guest, too.
func (h *House) Call(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.guests.Get(name).call() // want `\[relock\]`
}

// Fine: those that have moved may be those of another house.
func (h *House) CallMoved() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.moved.Each(func(g *guest) { g.call() })
}

// Fine: the guests of another house.
func (h *House) CallOthers(o *House) {
	h.mu.Lock()
	defer h.mu.Unlock()
	o.guests.Each(func(g *guest) { g.call() })
}
