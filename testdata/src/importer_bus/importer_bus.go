// Package importer_bus holds cases of objects that are told by something of another package,
// which they have made and subscribed to.
package importer_bus

import (
	"sync"

	"importer_bus/event"
)

// A Cache observes its hub by a child.
type Cache struct {
	mu  sync.Mutex
	hub event.Hub
}

type child struct{ cache *Cache }

// NewCache makes a cache.
func NewCache() *Cache {
	c := &Cache{}
	c.hub.Add(&child{c})
	return c
}

// Notify locks the cache.
func (c *child) Notify(int) {
	c.cache.mu.Lock()
	c.cache.mu.Unlock()
}

// Deadlocks.
func (c *Cache) Put(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hub.Tell(n) // want `\[relock\]`
}

// Fine: the hub of another cache.
func (c *Cache) PutOther(o *Cache, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	o.hub.Tell(n)
}

// A Store observes its hub, which another package has made.
type Store struct {
	mu  sync.Mutex
	hub *event.Hub
}

// NewStore makes a store.
func NewStore() *Store {
	s := &Store{hub: event.NewHub()}
	s.hub.Add(s)
	return s
}

// Notify locks the store.
func (s *Store) Notify(int) {
	s.mu.Lock()
	s.mu.Unlock()
}

// Deadlocks.
func (s *Store) Put(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hub.Tell(n) // want `\[relock\]`
}

// Fine: without the lock.
func (s *Store) PutLater(n int) {
	s.mu.Lock()
	s.mu.Unlock()
	s.hub.Tell(n)
}

// A Shop shares its hub with others.
type Shop struct {
	mu  sync.Mutex
	hub *event.Hub
}

// NewShop makes a shop.
func NewShop(h *event.Hub) *Shop {
	s := &Shop{hub: h}
	s.hub.Add(s)
	return s
}

// Notify locks the shop.
func (s *Shop) Notify(int) {
	s.mu.Lock()
	s.mu.Unlock()
}

// Fine, as far as one can know: the shop is among those of its hub, and so are others.
func (s *Shop) Put(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hub.Tell(n)
}

// A Queue has a bus.
type Queue struct {
	mu  sync.Mutex
	bus *event.Bus
	n   int
}

// NewQueue makes a queue.
func NewQueue() *Queue {
	q := &Queue{bus: event.NewBus()}
	q.bus.Subscribe("put", q.onPut)
	return q
}

func (q *Queue) onPut(any) {
	q.mu.Lock()
	q.n++
	q.mu.Unlock()
}

// Deadlocks.
func (q *Queue) Put(v any) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.bus.Publish("put", v) // want `\[relock\]`
}

// A Board has a list of functions, among which are those that all have.
type Board struct {
	mu   sync.Mutex
	list *event.List
}

// NewBoard makes a board, which all boards after it tell.
func NewBoard() *Board {
	b := &Board{list: event.NewList()}
	b.list.Add(b.onPut)
	event.Default(b.onPut)
	return b
}

func (b *Board) onPut(any) {
	b.mu.Lock()
	b.mu.Unlock()
}

// Fine, as far as one can know: the functions are those of other boards, too.
func (b *Board) Put(v any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.list.Call(v)
}

// Fine: it has subscribed to another topic.
func (q *Queue) Get() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.bus.Publish("get", q.n)
}

// Deadlocks, as far as one can know: the topic may be this one.
func (q *Queue) Publish(topic string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.bus.Publish(topic, q.n) // want `\[relock\]`
}
