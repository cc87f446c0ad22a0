// Package reentrant_lock holds cases of locks whose owner may take them again, and of ones that only look so.
package reentrant_lock

import (
	"sync"
	"sync/atomic"
)

// A Recursive lock counts how often its owner has taken it.
type Recursive struct {
	mu    sync.Mutex
	owner int64
	depth int
}

// Lock locks r for the task id.
func (r *Recursive) Lock(id int64) {
	if atomic.LoadInt64(&r.owner) == id {
		r.depth++
		return
	}
	r.mu.Lock()
	atomic.StoreInt64(&r.owner, id)
	r.depth = 1
}

// Unlock unlocks r.
func (r *Recursive) Unlock(id int64) {
	r.depth--
	if r.depth == 0 {
		atomic.StoreInt64(&r.owner, 0)
		r.mu.Unlock()
	}
}

// A Plan is guarded by a recursive lock.
type Plan struct {
	lock  Recursive
	steps []string
}

func (p *Plan) len(id int64) int {
	p.lock.Lock(id)
	defer p.lock.Unlock(id)
	return len(p.steps)
}

// Fine: the owner takes its lock again and is let in.
func (p *Plan) Add(id int64, s string) int {
	p.lock.Lock(id)
	defer p.lock.Unlock(id)
	p.steps = append(p.steps, s)
	return p.len(id)
}

// A Page says in a field whether it is locked.
type Page struct {
	mu     sync.Mutex
	pinned bool
	body   []byte
}

func (p *Page) pin() {
	if !p.pinned {
		p.mu.Lock()
		p.pinned = true
	}
}

func (p *Page) unpin() {
	if p.pinned {
		p.pinned = false
		p.mu.Unlock()
	}
}

// Fine: the second pin sees that the page is pinned.
func (p *Page) Write(b []byte) {
	p.pin()
	p.body = append(p.body, b...)
	p.pin()
	p.body = append(p.body, '\n')
	p.unpin()
}

// Traced counts how often it was taken, which lets nobody in.
type Traced struct {
	mu    sync.Mutex
	taken atomic.Int64
}

// Lock locks t.
func (t *Traced) Lock() {
	t.taken.Add(1)
	t.mu.Lock()
}

// Unlock unlocks t.
func (t *Traced) Unlock() { t.mu.Unlock() }

// A Draft is guarded by a lock that counts.
type Draft struct {
	lock Traced
	text string
}

func (d *Draft) size() int {
	d.lock.Lock()
	defer d.lock.Unlock()
	return len(d.text)
}

// Deadlocks: counting does not make the lock reentrant.
func (d *Draft) Append(s string) int {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.text += s
	return d.size() // want `\[relock\]`
}

// Fine: released before size.
func (d *Draft) Set(s string) int {
	d.lock.Lock()
	d.text = s
	d.lock.Unlock()
	return d.size()
}
