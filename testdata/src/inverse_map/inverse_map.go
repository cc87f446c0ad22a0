// Package inverse_map holds cases of values and keys of maps that point back to their owner.
package inverse_map

import (
	"fmt"
	"sync"
)

// A Store has replicas by number, sessions as keys, and chains of entries.
type Store struct {
	mu       sync.RWMutex
	reps     map[int]*Replica
	sessions map[*Session]bool
	chains   map[string][]*Entry
	byZone   map[string]map[int]*Replica
	rev      int
}

// A Replica is a copy of a store.
type Replica struct {
	store *Store
	id    int
	rev   int
}

// A Session uses a store.
type Session struct{ st *Store }

// An Entry is an entry of a chain.
type Entry struct {
	in   *Store
	text string
}

// NewStore makes a store.
func NewStore() *Store {
	return &Store{
		reps:     map[int]*Replica{},
		sessions: map[*Session]bool{},
		chains:   map[string][]*Entry{},
		byZone:   map[string]map[int]*Replica{},
	}
}

// AddReplica adds a replica.
func (s *Store) AddReplica(id int, zone string) *Replica {
	r := &Replica{store: s, id: id}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reps[id] = r
	if s.byZone[zone] == nil {
		s.byZone[zone] = map[int]*Replica{}
	}
	s.byZone[zone][id] = r
	return r
}

// Open opens a session.
func (s *Store) Open() *Session {
	ss := &Session{st: s}
	s.mu.Lock()
	s.sessions[ss] = true
	s.mu.Unlock()
	return ss
}

func (s *Store) chain(k, text string) {
	s.chains[k] = append(s.chains[k], &Entry{in: s, text: text})
}

func (r *Replica) sync() {
	r.store.mu.RLock()
	defer r.store.mu.RUnlock()
	r.rev = r.store.rev
}

func (ss *Session) end() {
	ss.st.mu.Lock()
	defer ss.st.mu.Unlock()
	delete(ss.st.sessions, ss)
}

func (e *Entry) String() string {
	e.in.mu.RLock()
	defer e.in.mu.RUnlock()
	return fmt.Sprint(e.text, "@", e.in.rev)
}

// Deadlocks: each value of s.reps has s as its store.
func (s *Store) Put() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rev++
	for _, r := range s.reps {
		r.sync() // want `\[downgrade\]`
	}
}

// Deadlocks: the value is looked up by its key.
func (s *Store) PutTo(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rev++
	if r, ok := s.reps[id]; ok {
		r.sync() // want `\[downgrade\]`
	}
}

// Fine: the replica is looked up under the lock and synced without it.
func (s *Store) SyncOne(id int) {
	s.mu.RLock()
	r := s.reps[id]
	s.mu.RUnlock()
	if r != nil {
		r.sync()
	}
}

// Deadlocks: each key of s.sessions has s as its store.
func (s *Store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for ss := range s.sessions {
		ss.end() // want `\[relock\]`
	}
}

// Fine: the sessions are collected first.
func (s *Store) CloseAll() {
	var all []*Session
	s.mu.RLock()
	for ss := range s.sessions {
		all = append(all, ss)
	}
	s.mu.RUnlock()
	for _, ss := range all {
		ss.end()
	}
}

// Deadlocks when a writer waits in between: elements of slices that are values of a map.
func (s *Store) Print(k string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, e := range s.chains[k] {
		fmt.Println(e.text, e.String()) // want `\[recursive-rlock\]`
	}
}

// Deadlocks: values of maps that are values of a map.
func (s *Store) Zone(zone string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.byZone[zone] {
		r.sync() // want `\[downgrade\]`
	}
}

// Fine: the replicas of another store.
func (s *Store) Mirror(t *Store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range t.reps {
		r.sync()
	}
}

// A Hotel has rooms, which may be given to another hotel.
type Hotel struct {
	mu    sync.Mutex
	rooms map[int]*Room
	guest int
}

// A Room belongs to a hotel.
type Room struct{ hotel *Hotel }

func (h *Hotel) build(n int) { h.rooms[n] = &Room{hotel: h} }

// merge breaks the rule: the rooms of o keep o as their hotel.
func (h *Hotel) merge(o *Hotel) {
	for n, r := range o.rooms {
		h.rooms[n] = r
	}
}

func (r *Room) enter() {
	r.hotel.mu.Lock()
	defer r.hotel.mu.Unlock()
	r.hotel.guest++
}

// Fine, as far as one can know: the room may belong to another hotel.
func (h *Hotel) CheckIn(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rooms[n].enter()
}
