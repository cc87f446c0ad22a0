package inverse_gathered

import "sync"

// A Lobby closes chambers, which gather their guests before they make them leave.
type Lobby struct {
	mu    sync.Mutex
	rooms map[string]*Chamber
	shut  int
}

// A Chamber is in a lobby.
type Chamber struct {
	hub, next *Lobby
	clients   map[int]*Guest
}

// A Guest is in a chamber.
type Guest struct{ room *Chamber }

// Open opens a chamber.
func (h *Lobby) Open(name string, next *Lobby) *Chamber {
	r := &Chamber{hub: h, next: next, clients: map[int]*Guest{}}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rooms[name] = r
	return r
}

// Join adds a guest.
func (r *Chamber) Join(id int) { r.clients[id] = &Guest{room: r} }

func (h *Lobby) count() {
	h.mu.Lock()
	h.shut++
	h.mu.Unlock()
}

func (c *Guest) leave() { c.room.hub.count() }

func (c *Guest) move() { c.room.next.count() }

func (r *Chamber) close() {
	var all []*Guest
	for _, c := range r.clients {
		all = append(all, c)
	}
	for _, c := range all {
		c.leave()
	}
}

func (r *Chamber) empty() {
	var all []*Guest
	for _, c := range r.clients {
		all = append(all, c)
	}
	for _, c := range all {
		c.move()
	}
}

// Deadlocks: the guests of its chambers count at this lobby.
func (h *Lobby) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		r.close() // want `\[relock\]`
	}
}

// Fine, as far as one can know: they count at the next lobby.
func (h *Lobby) Empty() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		r.empty()
	}
}
