// Package two_objects holds cases of two objects of one type, of which one is locked.
package two_objects

import (
	"fmt"
	"sync"
)

// A Replica is one copy of a log.
type Replica struct {
	mu   sync.RWMutex
	id   int
	log  []string
	peer *Replica
	all  []*Replica
}

func (r *Replica) length() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.log)
}

func (r *Replica) append(s string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log = append(r.log, s)
}

// Fine: the peer is locked.
func (r *Replica) Lag() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.peer.length() - len(r.log)
}

// Deadlocks when a writer waits in between: r itself is locked.
func (r *Replica) Show() string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return fmt.Sprint(r.id, ":", r.length(), ":", r.peer.length()) // want `\[recursive-rlock\]`
}

// Fine: the other parameter.
func (r *Replica) CopyTo(to *Replica) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, s := range r.log {
		to.append(s)
	}
}

// Deadlocks: to is r.
func (r *Replica) Echo() {
	to := r
	r.mu.RLock()
	defer r.mu.RUnlock()
	to.append("echo") // want `\[upgrade\]`
}

// Fine: a new replica.
func (r *Replica) Fork() *Replica {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := &Replica{id: r.id + 1, peer: r}
	f.append("forked")
	return f
}

// Fine: the elements may be r or not, nothing says so.
func (r *Replica) Broadcast(s string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, o := range r.all {
		if o != r {
			o.append(s)
		}
	}
}

// Deadlocks: the test says that o is r.
func (r *Replica) Unicast(s string, to int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, o := range r.all {
		if o == r {
			o.append(s) // want `\[relock\]`
		}
	}
}

// Fine: o is another one on the path that appends.
func (r *Replica) Others(s string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, o := range r.all {
		if o == r {
			continue
		}
		o.append(s)
	}
}

// A Pair has two replicas by value.
type Pair struct{ left, right Replica }

// Fine: left and right are two.
func (p *Pair) Sync() {
	p.left.mu.Lock()
	defer p.left.mu.Unlock()
	if p.right.length() > 0 {
		p.left.log = nil
	}
}

// Deadlocks: left is locked twice.
func (p *Pair) Wipe() {
	p.left.mu.Lock()
	defer p.left.mu.Unlock()
	p.right.append("wiped")
	p.left.append("wiped") // want `\[relock\]`
}

func move(from, to *Replica) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.append(from.log[0])
}

// Fine: two arguments, two objects.
func (p *Pair) Shift() { move(&p.left, &p.right) }

// Deadlocks: one object as both arguments.
func (p *Pair) Turn() {
	move(&p.left, &p.left) // want `\[relock\]`
}

// A stamp points to its mutex.
type stamp struct {
	mu *sync.Mutex
	n  int
}

func (s stamp) get() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

// Deadlocks: a copy of the struct shares the mutex it points to.
func (s stamp) twice() int {
	c := s
	s.mu.Lock()
	defer s.mu.Unlock()
	return c.get() * 2 // want `\[relock\]`
}

func (r *Replica) merge(from *Replica) {
	if from != r {
		from.mu.RLock()
		defer from.mu.RUnlock()
	}
	r.log = append(r.log, from.log...)
}

// Fine: a new object is another one than the receiver.
func (r *Replica) Reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := (&Replica{}); n == r {
		r.append("")
	}
}

// Fine: merge does not lock the object that it is a method of.
func Double() {
	r := &Replica{}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.merge(r)
}

// Deadlocks: the other object is locked, too.
func Join() {
	r, o := &Replica{}, &Replica{}
	o.mu.Lock()
	defer o.mu.Unlock()
	r.merge(o) // want `\[downgrade\]`
}
