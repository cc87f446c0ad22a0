// Package corpus_length holds cases of a lock that is taken and released where a slice in a field has elements, as in the
// end of a transaction (etcd, storeTxnWrite.End).
package corpus_length

import "sync"

type batch interface {
	Lock()
	Unlock()
}

type store struct {
	mu  sync.RWMutex
	rev int
}

type txn struct {
	s       *store
	tx      batch
	changes []int
}

type fake struct{}

func (*fake) Lock()   {}
func (*fake) Unlock() {}

func (s *store) begin() *txn { return &txn{s: s, tx: &fake{}, changes: make([]int, 0, 4)} }

func (t *txn) end() {
	if len(t.changes) != 0 {
		t.s.mu.Lock()
		t.s.rev++
	}
	t.tx.Unlock()
	if len(t.changes) != 0 {
		t.s.mu.Unlock()
	}
}

// Fine: the two tests agree.
func twice(s *store) {
	t := s.begin()
	t.changes = append(t.changes, 1)
	t.end()
	t = s.begin()
	t.end()
}

// Fine: what is appended counts at once.
func (t *txn) first(n int) {
	if len(t.changes) == 0 {
		t.s.mu.Lock()
		defer t.s.mu.Unlock()
	}
	t.changes = append(t.changes, n)
	t.note()
}

func (t *txn) note() {
	if len(t.changes) == 0 {
		t.s.mu.Lock()
		t.s.mu.Unlock()
	}
}

// Deadlocks: nothing has been appended yet.
func (t *txn) early() {
	if len(t.changes) == 0 {
		t.s.mu.Lock()
		defer t.s.mu.Unlock()
	}
	t.note() // want `\[relock\]`
}

// Deadlocks: the changes are taken out in between.
func (t *txn) taken() {
	if len(t.changes) != 0 {
		t.s.mu.Lock()
		defer t.s.mu.Unlock()
	}
	t.changes = nil
	t.note() // want `\[relock\]`
}
