// Package inverse_helpers holds cases of functions that fill, copy, shorten and
// re-order containers for others.
package inverse_helpers

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"inverse_helpers/lib"
)

type pool struct {
	mu      sync.Mutex
	workers []*worker
}

type worker struct{ pool *pool }

func (p *pool) hire() { p.workers = append(p.workers, &worker{pool: p}) }

func (w *worker) stop() {
	w.pool.mu.Lock()
	w.pool.mu.Unlock()
}

func (p *pool) remove(w *worker) {
	p.workers = slices.DeleteFunc(p.workers, func(x *worker) bool { return x == w })
}
func (p *pool) removeAt(i int) { p.workers = slices.Delete(p.workers, i, i+1) }
func (p *pool) compact()       { p.workers = slices.Compact(p.workers) }
func (p *pool) cut(i int)      { p.workers = slices.Concat(p.workers[:i], p.workers[i+1:]) }
func (p *pool) hireAt(i int)   { p.workers = slices.Insert(p.workers, i, &worker{pool: p}) }
func (p *pool) replace(i int)  { p.workers = slices.Replace(p.workers, i, i+1, &worker{pool: p}) }
func (p *pool) copyAll()       { p.workers = slices.Collect(slices.Values(p.workers)) }
func (p *pool) double()        { p.workers = slices.AppendSeq(p.workers, slices.Values(p.workers)) }
func (p *pool) each(f func(*worker)) {
	for _, w := range p.workers {
		f(w)
	}
}

// Deadlocks: whatever the helpers do, each worker in p.workers is one of p.
func (p *pool) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.workers {
		w.stop() // want `\[relock\]`
	}
}

// Each of these pools gets workers of another one, in its own way.
type (
	filled struct {
		mu   sync.Mutex
		list []*ofFilled
	}
	ofFilled struct{ pool *filled }
	visited  struct {
		mu   sync.Mutex
		byID map[int]*ofVisited
		list []*ofVisited
	}
	ofVisited struct{ pool *visited }
	drained   struct {
		mu   sync.Mutex
		list []*ofDrained
	}
	ofDrained struct{ pool *drained }
	merged    struct {
		mu   sync.Mutex
		byID map[int]*ofMerged
	}
	ofMerged struct{ pool *merged }
	gathered struct {
		mu   sync.Mutex
		list []*ofGathered
	}
	ofGathered struct{ pool *gathered }
	spared     struct {
		mu   sync.Mutex
		list []*ofSpared
	}
	ofSpared struct{ pool *spared }
	chosen   struct {
		mu    sync.Mutex
		first *ofChosen
		list  []*ofChosen
	}
	ofChosen struct{ pool *chosen }
	foreign  struct {
		mu   sync.Mutex
		byID map[int]*ofForeign
		list []*ofForeign
	}
	ofForeign struct{ pool *foreign }
	cloned    struct {
		mu   sync.Mutex
		byID map[int]*ofCloned
	}
	ofCloned struct{ pool *cloned }
)

func fill(dst, src []*ofFilled) {
	for i := range src {
		dst[i] = src[i]
	}
}
func (p *filled) hire()          { p.list = append(p.list, &ofFilled{p}) }
func (p *filled) take(q *filled) { fill(p.list, q.list) }
func (w *ofFilled) stop()        { w.pool.mu.Lock(); w.pool.mu.Unlock() }

func (p *filled) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.list {
		w.stop() // Fine: take brings those of another pool.
	}
}

func index(byID map[int]*ofVisited, each func(func(*ofVisited))) {
	each(func(w *ofVisited) { byID[len(byID)] = w })
}
func (p *visited) hire() {
	w := &ofVisited{p}
	p.list, p.byID[0] = append(p.list, w), w
}
func (p *visited) each(f func(*ofVisited)) {
	for _, w := range p.list {
		f(w)
	}
}
func (p *visited) take(q *visited) { index(p.byID, q.each) }
func (w *ofVisited) stop()         { w.pool.mu.Lock(); w.pool.mu.Unlock() }

func (p *visited) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.list {
		w.stop() // want `\[relock\]`
	}
	for _, w := range p.byID {
		w.stop() // Fine: take brings those of another pool.
	}
}

func (p *drained) hire()           { p.list = append(p.list, &ofDrained{p}) }
func (p *drained) take(q *drained) { p.list = slices.AppendSeq(p.list, slices.Values(q.list)) }
func (w *ofDrained) stop()         { w.pool.mu.Lock(); w.pool.mu.Unlock() }

func (p *drained) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.list {
		w.stop() // Fine
	}
}

func (p *merged) hire()          { p.byID[0] = &ofMerged{p} }
func (p *merged) take(q *merged) { maps.Insert(p.byID, maps.All(q.byID)) }
func (w *ofMerged) stop()        { w.pool.mu.Lock(); w.pool.mu.Unlock() }

func (p *merged) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.byID {
		w.stop() // Fine
	}
}

func gather(list []*ofGathered, seq func(func(*ofGathered) bool)) []*ofGathered {
	for w := range seq {
		list = append(list, w)
	}
	return list
}
func (p *gathered) hire() { p.list = append(p.list, &ofGathered{p}) }
func (p *gathered) all(yield func(*ofGathered) bool) {
	for _, w := range p.list {
		if !yield(w) {
			return
		}
	}
}
func (p *gathered) take(q *gathered) { p.list = gather(p.list, q.all) }
func (w *ofGathered) stop()          { w.pool.mu.Lock(); w.pool.mu.Unlock() }

func (p *gathered) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.list {
		w.stop() // Fine
	}
}

var spare = &spared{}

func (p *spared) hire() { p.list = append(p.list, &ofSpared{p}) }
func (p *spared) live() (list []*ofSpared) {
	defer func() {
		if len(list) == 0 {
			list = spare.list
		}
	}()
	return p.list
}
func (p *spared) refresh() { p.list = p.live() }
func (w *ofSpared) stop()  { w.pool.mu.Lock(); w.pool.mu.Unlock() }

func (p *spared) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.list {
		w.stop() // Fine: they may be those of spare.
	}
}

func choose(w *ofChosen, each func(func(*ofChosen))) *ofChosen {
	each(func(x *ofChosen) { w = x })
	return w
}
func (p *chosen) hire() {
	w := &ofChosen{p}
	p.list, p.first = append(p.list, w), w
}
func (p *chosen) each(f func(*ofChosen)) {
	for _, w := range p.list {
		f(w)
	}
}
func (p *chosen) take(q *chosen) { p.first = choose(p.first, q.each) }
func (w *ofChosen) stop()        { w.pool.mu.Lock(); w.pool.mu.Unlock() }

func (p *chosen) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.first.stop() // Fine: it may be one of another pool.
}

func (p *foreign) hire() {
	w := &ofForeign{p}
	p.list, p.byID[0] = append(p.list, w), w
}
func (p *foreign) each(f func(*ofForeign)) {
	for _, w := range p.list {
		f(w)
	}
}
func (p *foreign) take(q *foreign) {
	lib.Index(p.byID, q.each)
	lib.Fill(p.list, q.list)
}
func (w *ofForeign) stop() { w.pool.mu.Lock(); w.pool.mu.Unlock() }

func (p *foreign) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.list {
		w.stop() // Fine
	}
	for _, w := range p.byID {
		w.stop() // Fine
	}
}

func (p *cloned) hire()          { p.byID[0] = &ofCloned{p} }
func (p *cloned) take(q *cloned) { p.byID = maps.Clone(q.byID) }
func (w *ofCloned) stop()        { w.pool.mu.Lock(); w.pool.mu.Unlock() }

func (p *cloned) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.byID {
		w.stop() // Fine
	}
}

// A hub sends messages to its clients.
type hub struct {
	mu      sync.Mutex
	clients map[*client]bool
}

type client struct {
	hub  *hub
	send chan []byte
}

func (h *hub) join() { h.clients[&client{hub: h}] = true }

func (c *client) drop() {
	c.hub.mu.Lock()
	delete(c.hub.clients, c)
	c.hub.mu.Unlock()
}

// Deadlocks: a message is no client.
func (h *hub) Broadcast(message []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.clients {
		select {
		case c.send <- message:
		default:
			c.drop() // want `\[relock\]`
		}
	}
}

// A registry finds its services by their names.
type registry struct {
	mu       sync.Mutex
	services map[string]*service
}

type service struct{ registry *registry }

func (r *registry) add(name string) { r.services[strings.ToLower(name)] = &service{r} }

func (s *service) stop() {
	s.registry.mu.Lock()
	s.registry.mu.Unlock()
}

func (r *registry) size() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.services)
}

// Deadlocks at the first name.
func (r *registry) StopInOrder() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(r.services)) {
		r.services[name].stop() // want `\[relock\]`
	}
}

// Deadlocks if there are services.
func (r *registry) Size() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if names := slices.Collect(maps.Keys(r.services)); names != nil {
		return r.size() // want `\[relock\]`
	}
	return 0
}

// A cache takes entries out of a pool that all caches share.
type cache struct {
	mu      sync.Mutex
	entries []*entry
	reset   []*entry
}

type entry struct{ cache *cache }

var free sync.Pool

func (c *cache) add() {
	e := &entry{c}
	c.entries, c.reset = append(c.entries, e), append(c.reset, e)
}
func (c *cache) park() { free.Put(c.entries[0]) }
func (c *cache) reuse() {
	if e, ok := free.Get().(*entry); ok {
		c.entries = append(c.entries, e)
	}
}
func (c *cache) reuseReset() {
	if e, ok := free.Get().(*entry); ok {
		e.cache = c
		c.reset = append(c.reset, e)
	}
}

func (e *entry) evict() {
	e.cache.mu.Lock()
	e.cache.mu.Unlock()
}

func (c *cache) Evict() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.entries {
		e.evict() // Fine: an entry that was reused is of the cache that it was in.
	}
}

func (c *cache) EvictReset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.reset {
		e.evict() // want `\[relock\]`
	}
}

// A crew lends its members to others, in lists of their own.
type crew struct {
	mu      sync.Mutex
	members []*sailor
}

type sailor struct{ crew *crew }

func (c *crew) hire() { c.members = append(c.members, &sailor{c}) }

func (c *crew) with(s *sailor) []*sailor {
	list := slices.Clone(c.members)
	list[0] = s
	return slices.Insert(slices.Concat(list, c.members), 0, s)
}

func (s *sailor) rest() {
	s.crew.mu.Lock()
	s.crew.mu.Unlock()
}

// Deadlocks: what with puts into its own list is none of the crew's.
func (c *crew) Rest() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.members {
		s.rest() // want `\[relock\]`
	}
}
