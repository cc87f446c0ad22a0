// Package get_or_create has containers whose elements are looked up, and made and
// put there if they are missing.
package get_or_create

import "sync"

// A Broker has topics, and these have subscriptions.
type Broker struct {
	mu     sync.Mutex
	topics map[string]*Topic
	byID   map[string]map[int]*Sub
	rooms  map[string]*Room
	halls  map[string]*Hall
}

// A Topic has subscriptions.
type Topic struct{ subs []*Sub }

// A Sub knows the broker.
type Sub struct{ broker *Broker }

func (s *Sub) close() {
	s.broker.mu.Lock()
	delete(s.broker.topics, "")
	s.broker.mu.Unlock()
}

// Subscribe puts a subscription into a topic of the broker.
func (b *Broker) Subscribe(name string) *Sub {
	t, ok := b.topics[name]
	if !ok {
		t = &Topic{}
		b.topics[name] = t
	}
	s := &Sub{broker: b}
	t.subs = append(t.subs, s)
	return s
}

// Number puts a subscription into a map in a map.
func (b *Broker) Number(name string, id int) *Sub {
	m := b.byID[name]
	if m == nil {
		m = map[int]*Sub{}
		b.byID[name] = m
	}
	m[id] = &Sub{broker: b}
	return m[id]
}

// Deadlocks: all subscriptions of all topics are of the broker.
func (b *Broker) CloseAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, t := range b.topics {
		for _, s := range t.subs {
			s.close() // want `\[relock\]`
		}
	}
}

// Deadlocks: so are those by number.
func (b *Broker) CloseNumbered() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.byID {
		for _, s := range m {
			s.close() // want `\[relock\]`
		}
	}
}

// A Room has guests.
type Room struct{ guests []*Guest }

// A Guest knows the broker.
type Guest struct{ broker *Broker }

func (g *Guest) leave() {
	g.broker.mu.Lock()
	g.broker.mu.Unlock()
}

// room looks up a room, or makes it.
func (b *Broker) room(name string) *Room {
	if r, ok := b.rooms[name]; ok {
		return r
	}
	r := &Room{}
	b.rooms[name] = r
	return r
}

// Enter lets a guest in.
func (b *Broker) Enter(name string) {
	r := b.room(name)
	r.guests = append(r.guests, &Guest{broker: b})
}

// Deadlocks: the guests of all rooms are of the broker.
func (b *Broker) Empty() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.rooms {
		for _, g := range r.guests {
			g.leave() // want `\[relock\]`
		}
	}
}

// A Hall has visitors.
type Hall struct{ visitors []*Visitor }

// A Visitor knows the broker.
type Visitor struct{ broker *Broker }

func (v *Visitor) leave() {
	v.broker.mu.Lock()
	v.broker.mu.Unlock()
}

// Share makes a hall of one broker one of another one, too.
func (b *Broker) Share(name string, other *Broker) {
	h, ok := b.halls[name]
	if !ok {
		h = &Hall{}
		b.halls[name] = h
		other.halls[name] = h
	}
	h.visitors = append(h.visitors, &Visitor{broker: b})
}

// Fine, as far as one can know: the visitor may be one of the other broker.
func (b *Broker) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, h := range b.halls {
		for _, v := range h.visitors {
			v.leave()
		}
	}
}

// A Store has shelves.
type Store struct {
	mu      sync.Mutex
	shelves map[string]*Shelf
}

// A Shelf has books.
type Shelf struct{ books []*Book }

// A Book knows a store.
type Book struct{ store *Store }

func (b *Book) read() {
	b.store.mu.Lock()
	b.store.mu.Unlock()
}

// Lend puts a book of this store onto a shelf of another.
func (s *Store) Lend(name string, other *Store) {
	shelf, ok := other.shelves[name]
	if !ok {
		shelf = &Shelf{}
		other.shelves[name] = shelf
	}
	shelf.books = append(shelf.books, &Book{store: s})
}

// Fine: the books may be lent by another store.
func (s *Store) Read() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, shelf := range s.shelves {
		for _, b := range shelf.books {
			b.read()
		}
	}
}
