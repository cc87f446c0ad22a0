// Package inverse_list_places holds cases of objects that know their place in a list, in which each of them is one of many.
package inverse_list_places

import (
	"container/list"
	"sync"
)

// A Train has its cars in a list; each car knows its place in it.
type Train struct {
	mu   sync.Mutex
	cars *list.List
	load int
}

// A Car is one of many in the list of its train.
type Car struct {
	mu    sync.Mutex
	train *Train
	place *list.Element
}

// NewTrain makes a train.
func NewTrain() *Train { return &Train{cars: list.New()} }

// Couple adds a car.
func (t *Train) Couple() *Car {
	c := &Car{train: t}
	c.place = t.cars.PushBack(c)
	return c
}

func (c *Car) fill() {
	c.train.mu.Lock()
	c.train.load++
	c.train.mu.Unlock()
}

// Deadlocks: each car in t.cars has t as its train.
func (t *Train) FillAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for e := t.cars.Front(); e != nil; e = e.Next() {
		e.Value.(*Car).fill() // want `\[relock\]`
	}
}

// Deadlocks: the value in c.place is c.
func (c *Car) Shake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	o := c.place.Value.(*Car)
	o.mu.Lock() // want `\[relock\]`
	o.mu.Unlock()
}

// Fine: c.place has c, and the place after it another car.
func (c *Car) Push() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := c.place.Next(); n != nil {
		n.Value.(*Car).mu.Lock()
		n.Value.(*Car).mu.Unlock()
	}
}

// Fine: only one of the cars in c.train.cars is c, and it is left out.
func (c *Car) Signal() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for e := c.train.cars.Front(); e != nil; e = e.Next() {
		if o := e.Value.(*Car); o != c {
			o.mu.Lock()
			o.mu.Unlock()
		}
	}
}

// A Yard is a list of wagons that each wagon refers to.
type Yard struct{ l *list.List }

// A Truck stands in a yard.
type Truck struct {
	mu   sync.Mutex
	yard *Yard
	at   *list.Element
}

// NewYard makes a yard.
func NewYard() *Yard { return &Yard{l: list.New()} }

// Enter adds a truck.
func (y *Yard) Enter() *Truck {
	t := &Truck{yard: y}
	t.at = y.l.PushBack(t)
	return t
}

// Fine: t has left the list before it meets the others.
func (t *Truck) Leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.yard.l.Remove(t.at)
	for e := t.yard.l.Front(); e != nil; e = e.Next() {
		e.Value.(*Truck).mu.Lock()
		e.Value.(*Truck).mu.Unlock()
	}
}

// A Memo is a cache: its list has one entry for each key in its map.
type Memo struct {
	mu    sync.Mutex
	order *list.List
	byKey map[string]*list.Element
}

// An Entry belongs to a memo.
type Entry struct {
	memo *Memo
	hits int
}

// NewMemo makes a cache.
func NewMemo() *Memo { return &Memo{order: list.New(), byKey: map[string]*list.Element{}} }

// Add adds an entry.
func (m *Memo) Add(key string) { m.byKey[key] = m.order.PushFront(&Entry{memo: m}) }

func (e *Entry) hit() {
	e.memo.mu.Lock()
	e.hits++
	e.memo.mu.Unlock()
}

// Deadlocks: the entry after that of a key is one of m, too.
func (m *Memo) HitNext(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.byKey[key].Next(); e != nil {
		e.Value.(*Entry).hit() // want `\[relock\]`
	}
}

// A Note is in a list of all notes; each memo book knows the place of one.
type Note struct{ book *Book }

// A Book has the place of its note.
type Book struct {
	mu   sync.Mutex
	note *list.Element
}

// Open makes a book with its note in a list of any books.
func Open(all *list.List) *Book {
	b := &Book{}
	b.note = all.PushBack(&Note{book: b})
	return b
}

// Deadlocks: the note of b has b as its book.
func (b *Book) Own() {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := b.note.Value.(*Note)
	n.book.mu.Lock() // want `\[relock\]`
	n.book.mu.Unlock()
}

// Fine: the note after that of b is another book's.
func (b *Book) Following() {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := b.note.Next().Value.(*Note)
	n.book.mu.Lock()
	n.book.mu.Unlock()
}
