// Package objects_made_here holds cases of objects that one function builds, so that it knows what points where.
package objects_made_here

import (
	"fmt"
	"sync"
)

// A Store has replicas, of itself or of others.
type Store struct {
	mu   sync.RWMutex
	reps map[int]*Replica
	rev  int
}

// A Replica follows any store.
type Replica struct {
	mu    sync.Mutex
	store *Store
	rev   int
	next  *Replica
}

func newReplica(st *Store) *Replica { return &Replica{store: st} }

// SetStore makes r follow st.
func (r *Replica) SetStore(st *Store) { r.store = st }

func (r *Replica) pull() {
	r.store.mu.RLock()
	defer r.store.mu.RUnlock()
	r.rev = r.store.rev
}

func (r *Replica) push() {
	r.store.mu.Lock()
	defer r.store.mu.Unlock()
	r.store.rev = r.rev
}

func (s *Store) pullAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.reps {
		// Fine: the stores of replicas change, see SetStore.
		r.pull()
	}
}

// Deadlocks: r was made to follow st.
func Single() {
	st := &Store{reps: map[int]*Replica{}}
	r := &Replica{store: st}
	st.mu.Lock()
	defer st.mu.Unlock()
	r.push() // want `\[relock\]`
}

// Deadlocks: the constructor has stored st.
func Made() int {
	st := new(Store)
	r := newReplica(st)
	st.mu.RLock()
	defer st.mu.RUnlock()
	r.pull() // want `\[recursive-rlock\]`
	return r.rev
}

// Fine: r follows the other store.
func Two() {
	st, other := &Store{}, &Store{}
	r := newReplica(other)
	st.mu.Lock()
	defer st.mu.Unlock()
	r.push()
}

// Deadlocks: r.store == st, through the map of replicas.
func Mapped() {
	st := &Store{reps: map[int]*Replica{}}
	st.reps[1] = newReplica(st)
	st.mu.RLock()
	defer st.mu.RUnlock()
	st.reps[1].push() // want `\[upgrade\]`
}

// Fine: the replica in the map follows another store.
func Foreign() {
	st := &Store{reps: map[int]*Replica{}}
	st.reps[1] = newReplica(&Store{})
	st.mu.RLock()
	defer st.mu.RUnlock()
	st.reps[1].push()
}

// Deadlocks: pullAll locks st and pulls r, which follows st.
func All() {
	st := &Store{reps: map[int]*Replica{}}
	r := newReplica(st)
	st.reps[1] = r
	fmt.Println(r.rev)
	st.mu.Lock()
	st.rev = 1
	st.mu.Unlock()
	st.pullAll() // want `\[downgrade\]`
}

// Fine: the replica that pullAll pulls follows another store.
func AllForeign() {
	st := &Store{reps: map[int]*Replica{}}
	st.reps[1] = newReplica(&Store{})
	st.pullAll()
}

// Fine: the replica was taken out again.
func AllGone() {
	st := &Store{reps: map[int]*Replica{}}
	st.reps[1] = newReplica(st)
	delete(st.reps, 1)
	st.pullAll()
}

// Fine: the store was changed before.
func Switched() {
	st, other := &Store{}, &Store{}
	r := newReplica(st)
	r.SetStore(other)
	st.mu.Lock()
	defer st.mu.Unlock()
	r.push()
}

// Deadlocks: the store was changed to the locked one.
func SwitchedBack() {
	st, other := &Store{}, &Store{}
	r := newReplica(other)
	r.SetStore(st)
	st.mu.Lock()
	defer st.mu.Unlock()
	r.push() // want `\[relock\]`
}

// Deadlocks: a chain of objects made here leads back to the first.
func Chain() {
	st := &Store{}
	a := newReplica(&Store{})
	a.next = newReplica(st)
	st.mu.Lock()
	a.next.pull() // want `\[downgrade\]`
	st.mu.Unlock()
}

// Fine: the first link of the chain has a store of its own.
func ChainStart() {
	st := &Store{}
	a := newReplica(&Store{})
	a.next = newReplica(st)
	st.mu.Lock()
	a.pull()
	st.mu.Unlock()
}

// Deadlocks: a struct of the function's own ties the two.
func Env() {
	var env struct {
		st *Store
		r  Replica
	}
	env.st = &Store{}
	env.r.store = env.st
	env.st.mu.Lock()
	defer env.st.mu.Unlock()
	env.r.push() // want `\[relock\]`
}

// Fine: each turn makes a store and a replica of it; the one of the last turn is locked.
func Turns(n int) {
	var last *Store
	for range n {
		st := &Store{}
		r := newReplica(st)
		r.push()
		last = st
	}
	if last != nil {
		last.mu.Lock()
	}
}
