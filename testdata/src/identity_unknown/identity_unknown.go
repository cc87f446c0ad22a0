// Package identity_unknown holds cases of one lock class and unknown identity: silent, but for -possible.
package identity_unknown

import "sync"

// An Actor knows other actors.
type Actor struct {
	mu      sync.Mutex
	friend  *Actor
	friends []*Actor
	inbox   chan *Actor
	mail    int
	room    *Room
}

// A Room has actors that come and go.
type Room struct {
	mu     sync.RWMutex
	actors map[int]*Actor
}

func (a *Actor) letters() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.mail
}

// enter stores any room.
func (a *Actor) enter(r *Room) { a.room = r }

func (a *Actor) size() int {
	a.room.mu.RLock()
	defer a.room.mu.RUnlock()
	return len(a.room.actors)
}

// Unknown: the friend may be the actor itself.
func (a *Actor) Compare() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.friend.letters() > a.mail // possible: [relock]
}

// Unknown: one of the friends may be the actor itself.
func (a *Actor) Sum() (n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, f := range a.friends {
		n += f.letters() // possible: [relock]
	}
	return n
}

// Unknown: the parameter may be the receiver.
func (a *Actor) With(b *Actor) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.mail + b.letters() // possible: [relock]
}

// Unknown: what is received may be the receiver.
func (a *Actor) Next() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	b := <-a.inbox
	return b.letters() // possible: [relock]
}

// Unknown: the actors of the room may have entered another one.
func (r *Room) Crowd() (n int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, a := range r.actors {
		n += a.size() // possible: [recursive-rlock]
	}
	return n
}

// Fine: another object for sure, and not even possible.
func (a *Actor) Fork() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	b := &Actor{}
	return b.letters()
}

// Fine: the test excludes the receiver, and so it is not even possible.
func (a *Actor) Others() (n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, f := range a.friends {
		if f != a {
			n += f.letters()
		}
	}
	return n
}

// Deadlocks: here the identity is known.
func (a *Actor) Self() int {
	me := a
	a.mu.Lock()
	defer a.mu.Unlock()
	return me.letters() // want `\[relock\]`
}

// A Shift has one actor at work, and changes it.
type Shift struct{ now *Actor }

// finish ends the work of whoever is at work after the change, and does not know who.
func (s *Shift) finish() {
	s.now = next()
	s.now.mu.Unlock()
}

// swap changes the actor, whose lock nobody takes here.
func (s *Shift) swap() { s.now = next() }

var waiting = make(chan *Actor, 1)

func next() *Actor { return <-waiting }

// Fine: the actor that finish unlocks may be this one.
func (s *Shift) Change(a *Actor) {
	a.mu.Lock()
	s.finish()
	a.mu.Lock()
	a.mail++
	a.mu.Unlock()
}

// Deadlocks: swap unlocks nothing.
func (s *Shift) Swap(a *Actor) {
	a.mu.Lock()
	s.swap()
	a.mu.Lock() // want `\[relock\]`
	a.mail++
	a.mu.Unlock()
}
