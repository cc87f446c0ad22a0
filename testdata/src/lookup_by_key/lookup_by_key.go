// Package lookup_by_key holds cases of an object that is looked up under the key that it was stored under.
package lookup_by_key

import (
	"fmt"
	"sync"
)

// A Tracker has peers by name.
type Tracker struct {
	mu    sync.Mutex
	peers map[string]*Peer
	conns sync.Map
}

// A Peer has a lock of its own.
type Peer struct {
	mu   sync.RWMutex
	seen int
}

func (p *Peer) age() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.seen
}

func (t *Tracker) age(name string) int {
	if p, ok := t.peers[name]; ok {
		return p.age()
	}
	return -1
}

// Deadlocks: p is stored under name, and looked up under name.
func (t *Tracker) Add(name string) {
	p := &Peer{}
	p.mu.Lock()
	defer p.mu.Unlock()
	t.peers[name] = p
	fmt.Println(name, t.age(name)) // want `\[downgrade\]`
}

// Fine: looked up under another name.
func (t *Tracker) Replace(name, old string) {
	p := &Peer{}
	p.mu.Lock()
	defer p.mu.Unlock()
	t.peers[name] = p
	fmt.Println(old, t.age(old))
}

// Fine: the entry is deleted before it is looked up.
func (t *Tracker) Forget(name string) {
	p := t.peers[name]
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(t.peers, name)
	fmt.Println(name, t.age(name))
}

// Deadlocks when a writer waits in between: p was looked up under name, and is again.
func (t *Tracker) Show(name string) string {
	p := t.peers[name]
	p.mu.RLock()
	defer p.mu.RUnlock()
	return fmt.Sprint(p.seen, t.age(name)) // want `\[recursive-rlock\]`
}

// Fine: another entry is stored under the name.
func (t *Tracker) Reset(name string) string {
	p := t.peers[name]
	p.mu.RLock()
	defer p.mu.RUnlock()
	t.peers[name] = &Peer{}
	return fmt.Sprint(p.seen, t.age(name))
}

// Fine: unlocked before it is looked up again.
func (t *Tracker) Touch(name string) int {
	p := t.peers[name]
	p.mu.Lock()
	p.seen++
	p.mu.Unlock()
	return t.age(name)
}

// Deadlocks: stored in a constant place of an array, and taken from it.
func Pair() int {
	var ps [2]*Peer
	a, b := &Peer{}, &Peer{}
	ps[0], ps[1] = a, b
	b.mu.Lock()
	defer b.mu.Unlock()
	return ps[1].age() // want `\[downgrade\]`
}

// Fine: the other place of the array.
func Other() int {
	var ps [2]*Peer
	a, b := &Peer{}, &Peer{}
	ps[0], ps[1] = a, b
	b.mu.Lock()
	defer b.mu.Unlock()
	return ps[0].age()
}
