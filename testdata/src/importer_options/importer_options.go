// Package importer_options holds cases of callbacks that get into an object by an option of its package.
package importer_options

import (
	"sync"

	"importer_options/lru"
)

// A Store counts what its cache drops.
type Store struct {
	mu    sync.Mutex
	cache *lru.Cache[string, int]
	size  int
}

// NewStore makes a store.
func NewStore() *Store {
	s := &Store{}
	s.cache = lru.New(lru.Max[string, int](10), lru.OnEvict(s.dropped))
	return s
}

func (s *Store) dropped(_ string, n int) {
	s.mu.Lock()
	s.size -= n
	s.mu.Unlock()
}

// Deadlocks: the cache calls dropped.
func (s *Store) Put(k string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cache.Put(k, n) // want `\[relock\]`
}

// Fine: the store is not locked.
func (s *Store) PutLater(k string, n int) {
	s.mu.Lock()
	s.size += n
	s.mu.Unlock()
	s.cache.Put(k, n)
}

// A Shelf gathers its options first, one of them in a function of its own.
type Shelf struct {
	mu    sync.Mutex
	cache *lru.Cache[string, int]
	size  int
}

func (s *Shelf) counting() lru.Option[string, int] { return lru.OnEvict(s.dropped) }

// NewShelf makes a shelf.
func NewShelf(max int) *Shelf {
	s := &Shelf{}
	opts := []lru.Option[string, int]{s.counting()}
	if max > 0 {
		opts = append(opts, lru.Max[string, int](max))
	}
	s.cache = lru.New(opts...)
	return s
}

func (s *Shelf) dropped(_ string, n int) {
	s.mu.Lock()
	s.size -= n
	s.mu.Unlock()
}

// Deadlocks: the cache calls dropped.
func (s *Shelf) Put(k string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cache.Put(k, n) // want `\[relock\]`
}

// A Mirror tells another mirror what it drops.
type Mirror struct {
	mu    sync.Mutex
	cache *lru.Cache[string, int]
	size  int
}

// NewMirror makes a mirror of o.
func NewMirror(o *Mirror) *Mirror {
	m := &Mirror{}
	m.cache = lru.New(lru.OnEvict(o.dropped))
	return m
}

func (m *Mirror) dropped(_ string, n int) {
	m.mu.Lock()
	m.size -= n
	m.mu.Unlock()
}

// Fine: the cache calls dropped of another mirror.
func (m *Mirror) Put(k string, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cache.Put(k, n)
}

// A Group keeps an option, which is applied to the caches of others.
type Group struct {
	mu    sync.Mutex
	cache *lru.Cache[string, int]
	kept  lru.Option[string, int]
	size  int
}

// NewGroup makes a group; the cache of a second one calls the first.
func NewGroup(first *Group) *Group {
	g := &Group{}
	g.kept = lru.OnEvict(g.dropped)
	if first != nil {
		g.cache = lru.New(first.kept)
	} else {
		g.cache = lru.New(lru.OnEvict(g.dropped))
	}
	return g
}

func (g *Group) dropped(_ string, n int) {
	g.mu.Lock()
	g.size -= n
	g.mu.Unlock()
}

// Fine, as far as one can know: the cache may be that of another group.
func (g *Group) Put(k string, n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.cache.Put(k, n)
}

// A Meter is told by an option that its package may apply again, to other caches.
type Meter struct {
	mu    sync.Mutex
	cache *lru.Cache[string, int]
	size  int
}

// NewMeter makes a meter.
func NewMeter() *Meter {
	m := &Meter{}
	m.cache = lru.New(lru.OnGrow[string, int](m.grown))
	return m
}

func (m *Meter) grown(n int) {
	m.mu.Lock()
	m.size = n
	m.mu.Unlock()
}

// Fine, as far as one can know here.
func (m *Meter) Put(k string, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cache.Put(k, n)
}
