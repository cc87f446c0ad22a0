// Package inverse_slice holds cases of elements of slices and arrays that point back to their owner.
package inverse_slice

import (
	"slices"
	"sync"
)

// A Topic has subscriptions in a slice, a fixed number of shards, and groups of them.
type Topic struct {
	mu     sync.RWMutex
	subs   []*Sub
	shards [4]*Shard
	cells  []Cell
	groups [][]*Sub
	size   int
}

// A Sub is a subscription.
type Sub struct {
	topic *Topic
	pos   int
}

// A Shard is a part of a topic.
type Shard struct{ of *Topic }

// A Cell is kept by value.
type Cell struct {
	t *Topic
	n int
}

// NewTopic makes a topic with its shards and cells.
func NewTopic(n int) *Topic {
	t := &Topic{cells: make([]Cell, 0, n)}
	for i := range t.shards {
		t.shards[i] = &Shard{of: t}
	}
	for i := range n {
		t.cells = append(t.cells, Cell{t: t, n: i})
	}
	return t
}

// Subscribe adds a subscription.
func (t *Topic) Subscribe() *Sub {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := &Sub{topic: t, pos: t.size}
	t.subs = append(t.subs, s)
	t.groups = append(t.groups, []*Sub{s})
	return s
}

// remove removes a subscription; removals do not matter.
func (t *Topic) remove(i int) {
	copy(t.subs[i:], t.subs[i+1:])
	t.subs[len(t.subs)-1] = nil
	t.subs = t.subs[:len(t.subs)-1]
}

func (s *Sub) seek(pos int) {
	s.topic.mu.Lock()
	defer s.topic.mu.Unlock()
	s.pos = min(pos, s.topic.size)
}

func (s *Sub) lag() int {
	s.topic.mu.RLock()
	defer s.topic.mu.RUnlock()
	return s.topic.size - s.pos
}

func (s *Shard) len() int {
	s.of.mu.RLock()
	defer s.of.mu.RUnlock()
	return s.of.size
}

func (c *Cell) len() int {
	c.t.mu.RLock()
	defer c.t.mu.RUnlock()
	return c.t.size + c.n
}

// Deadlocks: each element of t.subs has t as its topic.
func (t *Topic) Truncate() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.size = 0
	for _, s := range t.subs {
		s.seek(0) // want `\[relock\]`
	}
}

// Fine: unlocked before the loop.
func (t *Topic) Rewind() {
	t.mu.Lock()
	subs := t.subs
	t.mu.Unlock()
	for _, s := range subs {
		s.seek(0)
	}
}

// Deadlocks when a writer waits in between: the element is copied to a variable.
func (t *Topic) Slowest() (slow *Sub) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for i := range t.subs {
		s := t.subs[i]
		if slow == nil || s.lag() > slow.pos { // want `\[recursive-rlock\]`
			slow = s
		}
	}
	return slow
}

// Deadlocks: an element by index, of an array.
func (t *Topic) Shrink(i int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.shards[i%4].len() > 10 { // want `\[downgrade\]`
		t.size--
	}
}

// Deadlocks: elements kept by value.
func (t *Topic) Cells() (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range t.cells {
		n += t.cells[i].len() // want `\[downgrade\]`
	}
	return n
}

// Deadlocks: elements of elements.
func (t *Topic) Groups() (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, g := range t.groups {
		for _, s := range g {
			n += s.lag() // want `\[downgrade\]`
		}
	}
	return n
}

// Deadlocks: the slice is copied, the elements are the same.
func (t *Topic) Reverse() {
	t.mu.Lock()
	defer t.mu.Unlock()
	subs := append([]*Sub(nil), t.subs...)
	for i := len(subs) - 1; i >= 0; i-- {
		subs[i].seek(i) // want `\[relock\]`
	}
}

// Deadlocks: slices.Clone copies the slice, too.
func (t *Topic) Sorted() (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range slices.Clone(t.subs) {
		n += s.lag() // want `\[downgrade\]`
	}
	return n
}

// Fine: the copy is of another topic's slice, and a sub of u is added to it, not to t.subs.
func (t *Topic) Merge(u *Topic) (n int) {
	t.mu.Lock()
	subs := append([]*Sub(nil), t.subs...)
	t.mu.Unlock()
	subs = append(subs, u.subs...)
	for _, s := range append([]*Sub(nil), u.subs...) {
		n += s.lag()
	}
	return n + len(subs)
}

// Fine: the elements of another topic.
func (t *Topic) Follow(u *Topic) (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range u.subs {
		n += s.lag()
	}
	return n
}

// Fine: the elements that are given are of any topic.
func (t *Topic) Sum(subs []*Sub) (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range subs {
		n += s.lag()
	}
	return n
}

// A Mix has subscriptions of any topic.
type Mix struct {
	mu    sync.Mutex
	parts []*Part
	total int
}

// A Part belongs to a mix.
type Part struct{ mix *Mix }

func (m *Mix) own() { m.parts = append(m.parts, &Part{mix: m}) }

// take breaks the rule: p belongs to any mix.
func (m *Mix) take(p *Part) { m.parts = append(m.parts, p) }

func (p *Part) add() {
	p.mix.mu.Lock()
	p.mix.total++
	p.mix.mu.Unlock()
}

// Share gives the first part of a to b.
func Share(a, b *Mix) { b.take(a.parts[0]) }

// Fine, as far as one can know: the part may belong to another mix.
func (m *Mix) All() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.parts {
		p.add()
	}
}

// A ward has beds, and a bed can become a copy of another one.
type ward struct {
	mu   sync.Mutex
	beds []*bed
}

type bed struct {
	ward *ward
	used bool
}

func (w *ward) add() { w.beds = append(w.beds, &bed{ward: w}) }

// Copy makes b what o is, in the ward of o.
func (b *bed) Copy(o *bed) { *b = *o }

func (b *bed) free() {
	b.ward.mu.Lock()
	defer b.ward.mu.Unlock()
	b.used = false
}

// Fine: a bed may be a copy of one of another ward.
func (w *ward) freeAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, b := range w.beds {
		b.free()
	}
}

// A room has seats, and a seat can be made new.
type room struct {
	mu    sync.Mutex
	seats []*seat
}

type seat struct {
	room *room
	used bool
}

func (r *room) add() { r.seats = append(r.seats, &seat{room: r}) }

// Reset keeps the room.
func (s *seat) Reset() { *s = seat{room: s.room} }

// Clear leaves no room.
func (s *seat) Clear() { *s = seat{} }

func (s *seat) free() {
	s.room.mu.Lock()
	defer s.room.mu.Unlock()
	s.used = false
}

// Deadlocks: a seat of the room has no other room.
func (r *room) freeAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.seats {
		s.free() // want `\[relock\]`
	}
}

// each has the loop for its callers.
func (r *room) each() {
	for i := range r.seats {
		r.seats[i].free()
	}
}

// Deadlocks: each frees seats of this room.
func (r *room) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.each() // want `\[relock\]`
}

// Fine: the room is not locked.
func (r *room) tidy() {
	r.mu.Lock()
	r.mu.Unlock()
	r.each()
}

// A Cache has its parts by value: an array and a slice of them.
type Cache struct {
	mu    sync.RWMutex
	parts [8]part
	more  []part
	hits  int
}

type part struct {
	cache *Cache
	hits  int
}

// NewCache makes a cache.
func NewCache(n int) *Cache {
	c := &Cache{more: make([]part, n)}
	for i := range c.parts {
		c.parts[i].cache = c
	}
	for i := range c.more {
		c.more[i].cache = c
	}
	return c
}

func (p *part) put() {
	p.cache.mu.Lock()
	p.cache.hits += p.hits
	p.cache.mu.Unlock()
}

// Deadlocks: each part of the array has c as its cache.
func (c *Cache) Put(k int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.parts[k%8].put() // want `\[upgrade\]`
}

// Deadlocks: each part of the slice has c as its cache.
func (c *Cache) PutMore() {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for i := range c.more {
		c.more[i].put() // want `\[upgrade\]`
	}
}

// Fine: the part of another cache.
func (c *Cache) PutInto(o *Cache) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	o.parts[0].put()
}

// A Mirror has its faces by value, and the last one shows another mirror.
type Mirror struct {
	mu    sync.Mutex
	faces [4]face
	backs []face
	n     int
}

type face struct{ of *Mirror }

// NewMirror breaks the rule for the last face and the last back.
func NewMirror(other *Mirror, n int) *Mirror {
	m := &Mirror{backs: make([]face, n)}
	for i := range m.faces {
		m.faces[i].of = m
		m.backs[i].of = m
	}
	m.faces[3].of = other
	m.backs[3].of = other
	return m
}

func (f *face) show() {
	f.of.mu.Lock()
	f.of.n++
	f.of.mu.Unlock()
}

// Fine: the last face shows the other mirror.
func (m *Mirror) Show(i int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.faces[3].show()
	m.backs[3].show()
}
