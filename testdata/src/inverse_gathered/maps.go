package inverse_gathered

import "sync"

// A Quay has boats, by number.
type Quay struct {
	mu    sync.Mutex
	boats map[int]*boat
}

type boat struct {
	at    *Quay
	n     int
	ready bool
}

// Moor adds a boat.
func (q *Quay) Moor(n int) { q.boats[n] = &boat{at: q, n: n} }

func (b *boat) leave() {
	b.at.mu.Lock()
	defer b.at.mu.Unlock()
	delete(b.at.boats, b.n)
}

// Deadlocks: the copy has the boats of the quay.
func (q *Quay) LeaveAll() {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := make(map[int]*boat)
	for n, b := range q.boats {
		all[n] = b
	}
	for _, b := range all {
		b.leave() // want `\[relock\]`
	}
}

// Deadlocks: so does a set of some of them.
func (q *Quay) LeaveReady() {
	q.mu.Lock()
	defer q.mu.Unlock()
	ready := map[*boat]bool{}
	for _, b := range q.boats {
		if b.ready {
			ready[b] = true
		}
	}
	for b := range ready {
		b.leave() // want `\[relock\]`
	}
}

// Fine: the boats of another quay.
func (q *Quay) LeaveOther(o *Quay) {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := make(map[int]*boat)
	for n, b := range o.boats {
		all[n] = b
	}
	for _, b := range all {
		b.leave()
	}
}

// Fine: there may be others among them.
func (q *Quay) LeaveSome(add func(map[int]*boat)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := make(map[int]*boat)
	for n, b := range q.boats {
		all[n] = b
	}
	add(all)
	for _, b := range all {
		b.leave()
	}
}

// Fine: one of them is of another quay.
func (q *Quay) LeaveWith(o *boat) {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := map[int]*boat{0: o}
	all[1] = q.boats[1]
	for _, b := range all {
		b.leave()
	}
}
