package interface_dispatch

import "sync"

// A lessor asks its owner to write a checkpoint, by a function that the owner
// gives it.
type lessor interface {
	setCheckpointer(f func(id int))
	checkpoint(id int)
	renew(id int)
}

func newLessor() lessor { return &leases{} }

type leases struct {
	mu sync.Mutex
	n  int
	cp func(id int)
}

func (l *leases) setCheckpointer(f func(id int)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cp = f
}

func (l *leases) checkpoint(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n = id
}

func (l *leases) renew(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cp != nil {
		l.cp(id)
	}
}

// Deadlocks: the function that renew calls comes back to the lessor (etcd#10492).
func own() {
	l := newLessor()
	l.setCheckpointer(func(id int) { l.checkpoint(id) })
	l.renew(1) // want `\[relock\]`
}

// Fine: it goes to another lessor.
func other() {
	l, m := newLessor(), newLessor()
	l.setCheckpointer(func(id int) { m.checkpoint(id) })
	l.renew(1)
}

type free struct{}

func (free) setCheckpointer(func(int)) {}
func (free) checkpoint(int)            {}
func (free) renew(int)                 {}

// Fine: this one has no lock.
func without() {
	var l lessor = free{}
	l.setCheckpointer(func(id int) { l.checkpoint(id) })
	l.renew(1)
}

// Fine: the variable refers to another lessor when the function runs.
func changed() {
	l := newLessor()
	first := l
	l.setCheckpointer(func(id int) { l.checkpoint(id) })
	l = newLessor()
	first.renew(1)
}
