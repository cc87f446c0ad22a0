// Package inverse_constructor holds cases of back pointers set by constructors, builders and option functions.
package inverse_constructor

import (
	"fmt"
	"sync"
)

// A Mesh has links, ports, probes and gates, each made in another way.
type Mesh struct {
	mu     sync.RWMutex
	links  []*Link
	ports  map[int]*Port
	probes []*Probe
	gates  []*Gate
	cost   int
}

// A Link is made by a constructor.
type Link struct {
	mesh *Mesh
	cost int
}

func newLink(m *Mesh, cost int) *Link {
	l := new(Link)
	l.mesh = m
	l.cost = cost
	return l
}

// AddLink adds a link.
func (m *Mesh) AddLink(cost int) *Link {
	l := newLink(m, cost)
	m.links = append(m.links, l)
	return l
}

func (l *Link) drop() {
	l.mesh.mu.Lock()
	defer l.mesh.mu.Unlock()
	l.mesh.cost -= l.cost
}

// Deadlocks: the constructor has stored m.
func (m *Mesh) Prune() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, l := range m.links {
		if l.cost > 10 {
			l.drop() // want `\[relock\]`
		}
	}
}

// A Port is made by option functions.
type Port struct {
	mesh *Mesh
	num  int
	name string
}

type portOption func(*Port)

func on(m *Mesh) portOption        { return func(p *Port) { p.mesh = m } }
func named(name string) portOption { return func(p *Port) { p.name = name } }

func newPort(num int, opts ...portOption) *Port {
	p := &Port{num: num}
	for _, o := range opts {
		o(p)
	}
	return p
}

// AddPort adds a port.
func (m *Mesh) AddPort(num int) {
	p := newPort(num, named(fmt.Sprint("port ", num)), on(m))
	m.ports[num] = p
}

func (p *Port) busy() bool {
	p.mesh.mu.RLock()
	defer p.mesh.mu.RUnlock()
	return p.mesh.cost > p.num
}

// Deadlocks: the option function has stored m.
func (m *Mesh) Busy(num int) bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	p := m.ports[num]
	return p != nil && p.busy() // want `\[recursive-rlock\]`
}

// A Probe is made by a builder.
type Probe struct {
	mesh *Mesh
	rate int
}

type probeBuilder struct{ p *Probe }

func newProbe() *probeBuilder { return &probeBuilder{p: &Probe{}} }

func (b *probeBuilder) in(m *Mesh) *probeBuilder {
	b.p.mesh = m
	return b
}

func (b *probeBuilder) every(n int) *probeBuilder {
	b.p.rate = n
	return b
}

func (b *probeBuilder) build() *Probe { return b.p }

// AddProbe adds a probe.
func (m *Mesh) AddProbe(n int) {
	m.probes = append(m.probes, newProbe().in(m).every(n).build())
}

func (p *Probe) fire() {
	p.mesh.mu.Lock()
	p.mesh.cost += p.rate
	p.mesh.mu.Unlock()
}

// Deadlocks: the builder has stored m.
func (m *Mesh) Fire() {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, p := range m.probes {
		p.fire() // want `\[upgrade\]`
	}
}

// A Gate gets its mesh after it was added, in the same function.
type Gate struct{ mesh *Mesh }

// AddGate adds a gate.
func (m *Mesh) AddGate() {
	g := &Gate{}
	m.gates = append(m.gates, g)
	g.attach(m)
}

func (g *Gate) attach(m *Mesh) { g.mesh = m }

func (g *Gate) open() {
	g.mesh.mu.Lock()
	defer g.mesh.mu.Unlock()
	g.mesh.cost++
}

// Deadlocks: attach has stored m.
func (m *Mesh) OpenAll() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, g := range m.gates {
		g.open() // want `\[relock\]`
	}
}

// Fine: the gates are opened after the unlock.
func (m *Mesh) OpenLater() {
	m.mu.Lock()
	gs := m.gates
	m.mu.Unlock()
	for _, g := range gs {
		g.open()
	}
}

// A Wire is made by a constructor that gets any grid.
type Wire struct{ grid *Grid }

// A Grid has wires.
type Grid struct {
	mu    sync.Mutex
	wires []*Wire
	next  *Grid
	volts int
}

func newWire(g *Grid) *Wire { return &Wire{grid: g} }

// AddWire adds a wire of the next grid.
func (g *Grid) AddWire() { g.wires = append(g.wires, newWire(g.next)) }

func (w *Wire) charge() {
	w.grid.mu.Lock()
	w.grid.volts++
	w.grid.mu.Unlock()
}

// Fine: the wires of g belong to the next grid.
func (g *Grid) Charge() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, w := range g.wires {
		w.charge()
	}
}

// A Web has threads that a builder makes.
type Web struct {
	mu      sync.Mutex
	threads []*Thread
	pull    int
}

// A Thread belongs to a web.
type Thread struct{ web *Web }

type threadBuilder struct{ t *Thread }

func (b *threadBuilder) of(w *Web) *threadBuilder {
	b.t.web = w
	return b
}

// Spin breaks the rule: one builder makes one thread, for both webs.
func Spin(w, o *Web) {
	b := &threadBuilder{t: &Thread{}}
	w.threads = append(w.threads, b.of(w).t)
	o.threads = append(o.threads, b.of(o).t)
}

func (t *Thread) tear() {
	t.web.mu.Lock()
	t.web.pull++
	t.web.mu.Unlock()
}

// Fine, as far as one can know: the thread may be of the other web.
func (w *Web) Tear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, t := range w.threads {
		t.tear()
	}
}

// A Dock has boats that option functions moor, at this dock or another one.
type Dock struct {
	mu    sync.Mutex
	boats []*Boat
	rope  int
}

// A Boat is at a dock.
type Boat struct {
	dock *Dock
	size int
}

func at(d *Dock) func(*Boat) { return func(b *Boat) { b.dock = d } }

func newBoat(opts ...func(*Boat)) *Boat {
	b := &Boat{}
	for _, o := range opts {
		o(b)
	}
	return b
}

// Moor breaks the rule: the boat is at the other dock.
func (d *Dock) Moor(o *Dock) { d.boats = append(d.boats, newBoat(at(o))) }

func (b *Boat) pull() {
	b.dock.mu.Lock()
	b.dock.rope--
	b.dock.mu.Unlock()
}

// Fine: the boats of d are at another dock.
func (d *Dock) Pull() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, b := range d.boats {
		b.pull()
	}
}

// A Shed has tools, made by one function that is passed.
type Shed struct {
	mu    sync.Mutex
	tools []*Tool
	uses  int
}

// A Tool belongs to a shed.
type Tool struct{ shed *Shed }

func makeTool(set func(*Tool)) *Tool {
	t := new(Tool)
	set(t)
	return t
}

// Buy adds a tool.
func (s *Shed) Buy() {
	s.tools = append(s.tools, makeTool(func(t *Tool) { t.shed = s }))
}

func (t *Tool) use() {
	t.shed.mu.Lock()
	t.shed.uses++
	t.shed.mu.Unlock()
}

// Deadlocks: the literal has stored s.
func (s *Shed) UseAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.tools {
		t.use() // want `\[relock\]`
	}
}
