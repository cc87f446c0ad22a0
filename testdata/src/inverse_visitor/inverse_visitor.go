// Package inverse_visitor holds cases of function literals that store to the objects that they are passed: options, visitors, bodies of loops.
package inverse_visitor

import (
	"iter"
	"sync"
)

// A Host has plugs.
type Host struct {
	mu    sync.Mutex
	plugs []*Plug
	load  int
}

// A Plug is made with an option, which may give it another host.
type Plug struct {
	host *Host
	volt int
}

func withHost(other *Host) func(*Plug) {
	return func(p *Plug) { p.host = other }
}

func (h *Host) add(opt func(*Plug)) {
	p := &Plug{host: h}
	opt(p)
	h.plugs = append(h.plugs, p)
}

// Add breaks the rule: the plug is another host's.
func (h *Host) Add() { h.add(withHost(&Host{})) }

func (p *Plug) pull() {
	p.host.mu.Lock()
	p.host.load--
	p.host.mu.Unlock()
}

// Fine: no plug in h.plugs has h as its host.
func (h *Host) PullAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.plugs {
		p.pull()
	}
}

// A Rack has slots that options give all but the rack.
type Rack struct {
	mu    sync.Mutex
	slots []*Slot
	used  int
}

// A Slot belongs to a rack.
type Slot struct {
	rack *Rack
	size int
	next *Slot
}

func sized(n int) func(*Slot)       { return func(s *Slot) { s.size = n } }
func before(next *Slot) func(*Slot) { return func(s *Slot) { s.next = next } }

// Add adds a slot.
func (r *Rack) Add(opts ...func(*Slot)) {
	s := &Slot{rack: r}
	for _, o := range opts {
		o(s)
	}
	r.slots = append(r.slots, s)
}

// Fill adds two slots.
func (r *Rack) Fill() {
	r.Add(sized(1))
	r.Add(sized(2), before(r.slots[0]))
}

func (s *Slot) use() {
	s.rack.mu.Lock()
	s.rack.used += s.size
	s.rack.mu.Unlock()
}

// Deadlocks: the options leave s.rack alone.
func (r *Rack) UseAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.slots {
		s.use() // want `\[relock\]`
	}
}

// A Team has players, and a literal moves them all to another team.
type Team struct {
	mu      sync.Mutex
	players []*Player
	goals   int
}

// A Player belongs to a team.
type Player struct {
	team *Team
	no   int
}

func (t *Team) hire() { t.players = append(t.players, &Player{team: t}) }

func (t *Team) each(f func(*Player)) {
	for _, p := range t.players {
		f(p)
	}
}

// Merge breaks the rule.
func Merge(a, b *Team) { a.each(func(p *Player) { p.team = b }) }

func (p *Player) score() {
	p.team.mu.Lock()
	p.team.goals++
	p.team.mu.Unlock()
}

// Fine, as far as one can know: the players may belong to another team.
func (t *Team) ScoreAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.each(func(p *Player) { p.score() })
}

// A Crew has sailors, whom a literal numbers.
type Crew struct {
	mu      sync.Mutex
	sailors []*Sailor
	knots   int
}

// A Sailor belongs to a crew.
type Sailor struct {
	crew *Crew
	no   int
}

func (c *Crew) hire() { c.sailors = append(c.sailors, &Sailor{crew: c}) }

func (c *Crew) each(f func(*Sailor)) {
	for _, s := range c.sailors {
		f(s)
	}
}

// Number numbers the sailors.
func (c *Crew) Number() {
	n := 0
	c.each(func(s *Sailor) { n++; s.no = n })
}

func (s *Sailor) row() {
	s.crew.mu.Lock()
	s.crew.knots += s.no
	s.crew.mu.Unlock()
}

// Deadlocks: every sailor that each passes has c as its crew.
func (c *Crew) RowAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.each(func(s *Sailor) { s.row() }) // want `\[relock\]`
}

// A Depot is one of many that share a crate.
type Depot struct {
	mu     sync.Mutex
	crates []*Crate
	weight int
}

// A Crate is in many depots, and belongs to one.
type Crate struct{ depot *Depot }

func (d *Depot) own() { d.crates = append(d.crates, &Crate{depot: d}) }

func all(ds []*Depot, f func(*Depot)) {
	for _, d := range ds {
		f(d)
	}
}

// Share breaks the rule: the literal puts a crate of owner into each depot.
func Share(ds []*Depot, owner *Depot) {
	c := &Crate{depot: owner}
	all(ds, func(d *Depot) { d.crates = append(d.crates, c) })
}

func (c *Crate) weigh() {
	c.depot.mu.Lock()
	c.depot.weight++
	c.depot.mu.Unlock()
}

// Fine, as far as one can know: the crate may be another depot's.
func (d *Depot) Weigh() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.crates {
		c.weigh()
	}
}

// A Flock has sheep, which the body of a loop moves.
type Flock struct {
	mu    sync.Mutex
	sheep []*Sheep
	wool  int
}

// A Sheep belongs to a flock.
type Sheep struct{ flock *Flock }

func (f *Flock) all() iter.Seq[*Sheep] {
	return func(yield func(*Sheep) bool) {
		for _, s := range f.sheep {
			if !yield(s) {
				return
			}
		}
	}
}

// NewFlock breaks the rule: the sheep get another flock.
func NewFlock() *Flock {
	f, g := &Flock{}, &Flock{}
	f.sheep = append(f.sheep, &Sheep{flock: f})
	for s := range f.all() {
		s.flock = g
	}
	return f
}

func (s *Sheep) shear() {
	s.flock.mu.Lock()
	s.flock.wool++
	s.flock.mu.Unlock()
}

// Fine: no sheep in f.sheep has f as its flock.
func (f *Flock) Shear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.sheep {
		s.shear()
	}
}

// A Boat has one sail, which a goroutine gives to another boat.
type Boat struct {
	mu   sync.Mutex
	sail *Sail
	wind int
}

// A Sail belongs to a boat.
type Sail struct{ boat *Boat }

// NewBoat breaks the rule: the goroutine has stored other in it.
func NewBoat(other *Boat) *Boat {
	b := &Boat{}
	b.sail = &Sail{b}
	done := make(chan bool)
	go func(s *Sail) {
		s.boat = other
		done <- true
	}(b.sail)
	<-done
	return b
}

// Fine: the sail of b belongs to the other boat.
func (b *Boat) Turn() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sail.boat.mu.Lock()
	b.sail.boat.mu.Unlock()
}

// A Kite has a string, which a goroutine gives to it.
type Kite struct {
	mu   sync.Mutex
	cord *Cord
}

// A Cord belongs to a kite.
type Cord struct{ kite *Kite }

// NewKite makes a kite.
func NewKite() *Kite {
	k := &Kite{}
	k.cord = &Cord{}
	done := make(chan bool)
	go func(c *Cord) {
		c.kite = k
		done <- true
	}(k.cord)
	<-done
	return k
}

// Deadlocks: the goroutine has stored k in its cord.
func (k *Kite) Pull() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.cord.kite.mu.Lock() // want `\[relock\]`
	k.cord.kite.mu.Unlock()
}
