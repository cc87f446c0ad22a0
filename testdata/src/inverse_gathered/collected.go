package inverse_gathered

import (
	"maps"
	"slices"
	"sync"
)

// A Hub has links by number.
type Hub struct {
	mu    sync.Mutex
	links map[int]*Link
}

// A Link belongs to a hub.
type Link struct {
	hub *Hub
	id  int
}

// Open makes a link.
func (h *Hub) Open(id int) { h.links[id] = &Link{hub: h, id: id} }

func (l *Link) close() {
	l.hub.mu.Lock()
	delete(l.hub.links, l.id)
	l.hub.mu.Unlock()
}

// Deadlocks: what is collected are the links of the hub.
func (h *Hub) CloseAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, l := range slices.Collect(maps.Values(h.links)) {
		l.close() // want `\[relock\]`
	}
}

// Deadlocks: also in an order.
func (h *Hub) CloseInOrder() {
	h.mu.Lock()
	defer h.mu.Unlock()
	links := slices.SortedFunc(maps.Values(h.links), func(a, b *Link) int { return a.id - b.id })
	for _, l := range links {
		l.close() // want `\[relock\]`
	}
}

// Fine: the links of another hub.
func (h *Hub) CloseOther(o *Hub) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, l := range slices.Collect(maps.Values(o.links)) {
		l.close()
	}
}

// Fine: collected under the lock, closed without it.
func (h *Hub) CloseLater() {
	h.mu.Lock()
	links := slices.Collect(maps.Values(h.links))
	h.mu.Unlock()
	for _, l := range links {
		l.close()
	}
}

// A Web has strands.
type Web struct {
	mu      sync.Mutex
	strands map[int]*Strand
}

// A Strand belongs to a web.
type Strand struct{ web *Web }

// Spin makes a strand.
func (w *Web) Spin(id int) { w.strands[id] = &Strand{web: w} }

func (s *Strand) cut() {
	s.web.mu.Lock()
	s.web.mu.Unlock()
}

// Fine: another strand is put among them.
func (w *Web) CutMore(other *Strand) {
	w.mu.Lock()
	defer w.mu.Unlock()
	strands := slices.Collect(maps.Values(w.strands))
	strands = append(strands, other)
	for _, s := range strands[len(strands)-1:] {
		s.cut()
	}
}

// Deadlocks: the list that CutMore has added to is a copy.
func (w *Web) CutAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.strands {
		s.cut() // want `\[relock\]`
	}
}

// A Net has knots by number, and a list of them and of others.
type Net struct {
	mu    sync.Mutex
	knots map[int]*Knot
	more  []*Knot
}

// A Knot belongs to a net.
type Knot struct{ net *Net }

// Tie makes a knot, and a list with it and another one.
func (n *Net) Tie(id int, other *Knot) {
	n.knots[id] = &Knot{net: n}
	n.more = append(slices.Collect(maps.Values(n.knots)), other)
}

func (k *Knot) open() {
	k.net.mu.Lock()
	k.net.mu.Unlock()
}

// Fine: some of them are of another net.
func (n *Net) OpenMore() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, k := range n.more {
		k.open()
	}
}
