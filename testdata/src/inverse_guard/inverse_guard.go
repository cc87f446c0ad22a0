// Package inverse_guard holds cases of conditions on the pointer that leads back to the owner.
package inverse_guard

import "sync"

// A Host has plugs.
type Host struct {
	mu    sync.Mutex
	plugs []*Plug
	load  int
}

// A Plug belongs to a host.
type Plug struct{ host *Host }

// New adds a plug.
func (h *Host) New() { h.plugs = append(h.plugs, &Plug{host: h}) }

// poke locks the host unless that is from.
func (p *Plug) poke(from *Host) {
	if p.host == from {
		return
	}
	p.host.mu.Lock()
	p.host.load++
	p.host.mu.Unlock()
}

// pull locks the host only if that is from.
func (p *Plug) pull(from *Host) {
	if p.host != from {
		return
	}
	p.host.mu.Lock()
	p.host.load--
	p.host.mu.Unlock()
}

// Fine: for each plug in h.plugs poke finds that its host is h.
func (h *Host) PokeAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.plugs {
		p.poke(h)
	}
}

// Deadlocks: for each plug in h.plugs pull finds that its host is h.
func (h *Host) PullAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.plugs {
		p.pull(h) // want `\[relock\]`
	}
}

// Fine: there is no plug in h.plugs with another host.
func (h *Host) Others() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.plugs {
		if p.host != h {
			p.host.mu.Lock()
			p.host.mu.Unlock()
		}
	}
}

// Deadlocks: all plugs in h.plugs pass the test.
func (h *Host) Mine() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.plugs {
		if p.host == h {
			p.host.mu.Lock() // want `\[relock\]`
			p.host.mu.Unlock()
		}
	}
}

// Fine: the first lock is taken only where the second is not.
func (p *Plug) Split(h *Host) {
	if p.host != h {
		p.host.mu.Lock()
		defer p.host.mu.Unlock()
	}
	if p.host == h {
		h.mu.Lock()
		h.mu.Unlock()
	}
}

// Fine: the plug is of h, and its host is tested first.
func (h *Host) First() {
	p := h.plugs[0]
	other := p.host != h
	h.mu.Lock()
	defer h.mu.Unlock()
	if other {
		p.host.mu.Lock()
		p.host.mu.Unlock()
	}
}

// A Dock keeps the first owner of a ship.
type Dock struct {
	mu    sync.Mutex
	ships []*Ship
	fees  int
}

// A Ship belongs to the dock that it came to first.
type Ship struct{ dock *Dock }

// Attach breaks the rule: the ship may have a dock already.
func (d *Dock) Attach(s *Ship) {
	d.ships = append(d.ships, s)
	if s.dock == nil {
		s.dock = d
	}
}

func (s *Ship) pay() {
	s.dock.mu.Lock()
	s.dock.fees++
	s.dock.mu.Unlock()
}

// Fine, as far as one can know: the ships may have another dock.
func (d *Dock) Collect() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.ships {
		s.pay()
	}
}

// A Port takes ships that have none.
type Port struct {
	mu    sync.Mutex
	boats []*Boat
	fees  int
}

// A Boat belongs to a port.
type Boat struct{ port *Port }

// Attach adds a boat, unless it has a port.
func (p *Port) Attach(b *Boat) bool {
	if b.port != nil {
		return false
	}
	p.boats = append(p.boats, b)
	b.port = p
	return true
}

func (b *Boat) pay() {
	b.port.mu.Lock()
	b.port.fees++
	b.port.mu.Unlock()
}

// Deadlocks: each boat in p.boats has got p.
func (p *Port) Collect() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, b := range p.boats {
		b.pay() // want `\[relock\]`
	}
}
