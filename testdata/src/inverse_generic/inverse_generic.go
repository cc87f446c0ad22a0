// Package inverse_generic holds cases of elements of generic containers of another package.
package inverse_generic

import (
	"sync"

	"inverse_generic/queue"
)

// A Router has routes in a tree and messages in a queue.
type Router struct {
	mu     sync.RWMutex
	routes queue.Tree[*Route]
	msgs   *queue.Queue[*Msg]
	spill  queue.Queue[*Msg]
	hits   int
}

// A Route belongs to a router.
type Route struct {
	router *Router
	id     int
}

// A Msg belongs to a router.
type Msg struct{ via *Router }

// NewRouter makes a router.
func NewRouter() *Router { return &Router{msgs: new(queue.Queue[*Msg])} }

// Add adds a route.
func (r *Router) Add(id int) *Route {
	rt := &Route{router: r, id: id}
	r.routes.Put(id, rt)
	return rt
}

// NewMsg makes a message.
func (r *Router) NewMsg() *Msg { return &Msg{via: r} }

// send queues m where the caller says.
func send(m *Msg, q *queue.Queue[*Msg]) { q.Push(m) }

// Send queues a message, in one of two queues.
func (r *Router) Send(m *Msg, full bool) {
	via := m.via
	if full {
		send(m, &via.spill)
		return
	}
	send(m, via.msgs)
}

func (rt *Route) hit() {
	rt.router.mu.Lock()
	defer rt.router.mu.Unlock()
	rt.router.hits++
}

func (m *Msg) hops() int {
	m.via.mu.RLock()
	defer m.via.mu.RUnlock()
	return m.via.hits
}

// Deadlocks: the tree calls the literal for each route of r.
func (r *Router) HitAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.routes.Walk(func(rt *Route) { rt.hit() }) // want `\[relock\]`
}

// Deadlocks: what Get returns is a route of r.
func (r *Router) Hit(id int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if rt, ok := r.routes.Get(id); ok {
		rt.hit() // want `\[upgrade\]`
	}
}

// Fine: the route is looked up under the lock and hit without it.
func (r *Router) HitLater(id int) {
	r.mu.RLock()
	rt, ok := r.routes.Get(id)
	r.mu.RUnlock()
	if ok {
		rt.hit()
	}
}

// Deadlocks: each message in r.spill is sent via r.
func (r *Router) Drain() (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		m, ok := r.spill.Pop()
		if !ok {
			return n
		}
		n += m.hops() // want `\[downgrade\]`
	}
}

// Deadlocks when a writer waits in between: the queue behind the pointer.
func (r *Router) Peek() (n int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.msgs.Do(func(m *Msg) { n += m.hops() }) // want `\[recursive-rlock\]`
	return n
}

// Fine: the messages of another router.
func (r *Router) Take(from *Router) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	m, _ := from.spill.Pop()
	return m.hops()
}

// An Office has letters for any office.
type Office struct {
	mu  sync.Mutex
	out queue.Queue[*Letter]
	n   int
}

// A Letter is for an office.
type Letter struct{ to *Office }

// Post breaks the rule: the letter in o.out is for another office.
func (o *Office) Post(to *Office) { o.out.Push(&Letter{to: to}) }

func (l *Letter) deliver() {
	l.to.mu.Lock()
	l.to.n++
	l.to.mu.Unlock()
}

// Fine: the letter is for another office, or nothing says otherwise.
func (o *Office) Deliver() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.out.Do(func(l *Letter) { l.deliver() })
}

// Fine: the route of another router.
func (r *Router) HitOther(from *Router, id int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if rt, ok := from.routes.Get(id); ok {
		rt.hit()
	}
}

// An Atlas has maps of any atlas.
type Atlas struct {
	mu   sync.Mutex
	maps queue.Tree[*Map]
	n    int
}

// A Map belongs to an atlas.
type Map struct{ atlas *Atlas }

// Bind breaks the rule: the map stays in the tree of a.
func (a *Atlas) Bind(to *Atlas, page int) { a.maps.Put(page, &Map{atlas: to}) }

func (m *Map) open() {
	m.atlas.mu.Lock()
	m.atlas.n++
	m.atlas.mu.Unlock()
}

// Fine, as far as one can know: the map may be of another atlas.
func (a *Atlas) Open(page int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if m, ok := a.maps.Get(page); ok {
		m.open()
	}
}

type link[T any] struct {
	val  T
	next *link[T]
}

type chain[T any] struct{ head *link[T] }

func (c *chain[T]) push(v T) *link[T] {
	l := &link[T]{val: v, next: c.head}
	c.head = l
	return l
}

// A Post is one of a chain, and knows its place in it.
type Post struct {
	mu sync.Mutex
	at *link[*Post]
}

// A Fence has posts.
type Fence struct {
	mu    sync.Mutex
	posts chain[*Post]
	rails chain[*Rail]
	n     int
}

// Add adds a post.
func (f *Fence) Add() *Post {
	p := &Post{}
	p.at = f.posts.push(p)
	return p
}

// Deadlocks: p.at has p.
func (p *Post) Paint() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at.val.mu.Lock() // want `\[relock\]`
	p.at.val.mu.Unlock()
}

// Fine: p.at has p, and the next link another post.
func (p *Post) Pass() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := p.at.next; n != nil {
		n.val.mu.Lock()
		n.val.mu.Unlock()
	}
}

// A Rail belongs to a fence.
type Rail struct{ fence *Fence }

func (f *Fence) rail() { f.rails.push(&Rail{fence: f}) }

func (r *Rail) nail() {
	r.fence.mu.Lock()
	r.fence.n++
	r.fence.mu.Unlock()
}

// Deadlocks: every link of the chain has a rail of f.
func (f *Fence) Nail() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for l := f.rails.head; l != nil; l = l.next {
		l.val.nail() // want `\[relock\]`
	}
}
