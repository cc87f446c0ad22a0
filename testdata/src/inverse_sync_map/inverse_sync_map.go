// Package inverse_sync_map holds cases of values in a sync.Map, a sync.Pool and an atomic.Value.
package inverse_sync_map

import (
	"sync"
	"sync/atomic"
)

// A Directory has users in a sync.Map and its policy in an atomic.Value.
type Directory struct {
	mu     sync.RWMutex
	users  sync.Map
	policy atomic.Value
	count  int
}

// A User belongs to a directory.
type User struct {
	dir  *Directory
	name string
}

// A Policy belongs to a directory.
type Policy struct{ dir *Directory }

// Add adds a user.
func (d *Directory) Add(name string) *User {
	u := &User{dir: d, name: name}
	d.users.Store(name, u)
	d.mu.Lock()
	d.count++
	d.mu.Unlock()
	return u
}

// Get returns a user, and makes it when there is none.
func (d *Directory) Get(name string) *User {
	v, _ := d.users.LoadOrStore(name, &User{dir: d, name: name})
	return v.(*User)
}

func (d *Directory) setPolicy() { d.policy.Store(&Policy{dir: d}) }

func (u *User) expire() {
	u.dir.mu.Lock()
	defer u.dir.mu.Unlock()
	u.dir.count--
}

func (p *Policy) quota() int {
	p.dir.mu.RLock()
	defer p.dir.mu.RUnlock()
	return 100 / p.dir.count
}

// Deadlocks: each value in d.users has d as its directory; Range calls the literal here.
func (d *Directory) ExpireAll() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.users.Range(func(_, v any) bool { v.(*User).expire(); return true }) // want `\[relock\]`
}

// Fine: Range without the lock.
func (d *Directory) Clean() {
	d.users.Range(func(_, v any) bool {
		v.(*User).expire()
		return true
	})
}

// Deadlocks: the value that Load returns.
func (d *Directory) Expire(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if v, ok := d.users.Load(name); ok {
		v.(*User).expire() // want `\[relock\]`
	}
}

// Fine: loaded under the lock, expired without it.
func (d *Directory) Kick(name string) {
	d.mu.RLock()
	v, ok := d.users.LoadAndDelete(name)
	d.mu.RUnlock()
	if ok {
		v.(*User).expire()
	}
}

// Deadlocks when a writer waits in between: the value in the atomic.Value.
func (d *Directory) Room() int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	p := d.policy.Load().(*Policy)
	return p.quota() - d.count // want `\[recursive-rlock\]`
}

// Deadlocks: the user is looked up by a method.
func (d *Directory) Ban(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Get(name).expire() // want `\[relock\]`
}

// Fine: the users of another directory.
func (d *Directory) Sync(o *Directory) {
	d.mu.Lock()
	defer d.mu.Unlock()
	o.users.Range(func(_, v any) bool { v.(*User).expire(); return true })
}

// A Cache has buffers of any cache in a pool of the package.
type Cache struct {
	mu   sync.Mutex
	used int
}

type buffer struct{ cache *Cache }

var pool = sync.Pool{New: func() any { return new(buffer) }}

func (c *Cache) get() *buffer {
	b := pool.Get().(*buffer)
	b.cache = c
	return b
}

func (b *buffer) release() {
	b.cache.mu.Lock()
	b.cache.used--
	b.cache.mu.Unlock()
	pool.Put(b)
}

// Fine: the buffer in the package's pool is of any cache.
func (c *Cache) Trim() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if b, _ := pool.Get().(*buffer); b.cache != nil && b.cache != c {
		b.release()
	}
}

// Deadlocks: get has stored c in the buffer.
func (c *Cache) Use() {
	b := c.get()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.used++
	b.release() // want `\[relock\]`
}

// A Lobby has guests, of any lobby.
type Lobby struct {
	mu     sync.Mutex
	guests sync.Map
	seen   int
}

// A Guest came by some lobby.
type Guest struct{ lobby *Lobby }

func (l *Lobby) enter(name string) { l.guests.Store(name, &Guest{lobby: l}) }

// hand breaks the rule: the guest is in two lobbies.
func (l *Lobby) hand(name string, to *Lobby) {
	if g, ok := l.guests.LoadAndDelete(name); ok {
		to.guests.LoadOrStore(name, g)
	}
}

func (g *Guest) greet() {
	g.lobby.mu.Lock()
	g.lobby.seen++
	g.lobby.mu.Unlock()
}

// Fine, as far as one can know: the guests may have come by another lobby.
func (l *Lobby) Greet() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.guests.Range(func(_, g any) bool { g.(*Guest).greet(); return true })
}

// Fine: the buffer is fresh from the pool, and of nobody yet.
func (c *Cache) Borrow(o *Cache) {
	c.mu.Lock()
	defer c.mu.Unlock()
	b := pool.Get().(*buffer)
	b.cache = o
	b.release()
}
