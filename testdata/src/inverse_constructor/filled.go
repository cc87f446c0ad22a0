package inverse_constructor

import "sync"

// A Hall is made with an empty map of its guests, which others fill.
type Hall struct {
	mu     sync.Mutex
	guests map[int]*Guest
	queue  chan *Guest
}

// A Guest has one hall.
type Guest struct{ hall *Hall }

func newHall() *Hall { return &Hall{guests: map[int]*Guest{}, queue: make(chan *Guest, 1)} }

// Enter puts a new guest into both.
func (h *Hall) Enter(id int) {
	g := &Guest{hall: h}
	h.guests[id] = g
	h.queue <- g
}

func (g *Guest) leave() {
	g.hall.mu.Lock()
	g.hall.mu.Unlock()
}

// Annex makes a hall for a guest that stays one of another hall.
func Annex(g *Guest) *Hall {
	h := newHall()
	h.queue <- g
	return h
}

// Open makes a hall with one guest of its own.
func Open() *Hall {
	h := newHall()
	h.guests[0] = &Guest{hall: h}
	return h
}

// Fine: the guest may be one of another hall.
func (h *Hall) Next() {
	h.mu.Lock()
	defer h.mu.Unlock()
	g := <-h.queue
	g.leave()
}

// Deadlocks: all guests have the hall.
func (h *Hall) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, g := range h.guests {
		g.leave() // want `\[relock\]`
	}
}
