// Package corpus_transaction holds cases of functions that return, with a lock
// held, an object whose method releases it.
package corpus_transaction

import "sync"

type store struct {
	mu sync.RWMutex
}

// A Txn is a transaction; End releases the store.
type Txn interface {
	Put(k string)
	End()
}

type txn struct {
	s       *store
	changes int
}

func (t *txn) Put(k string) { t.changes++ }
func (t *txn) End()         { t.s.mu.RUnlock() }

// counted counts what it passes on.
type counted struct {
	Txn
	puts int
}

func newCounted(t Txn) Txn { return &counted{t, 0} }

var ends int

func count(n int) { ends += n }

func (c *counted) Put(k string) {
	c.puts++
	c.Txn.Put(k)
}

func (c *counted) End() {
	defer count(c.puts)
	c.Txn.End()
}

func (s *store) write() Txn {
	s.mu.RLock()
	return newCounted(&txn{s: s})
}

// Fine: each transaction ends before the next begins.
func Each(s *store, keys []string) {
	for _, k := range keys {
		t := s.write()
		t.Put(k)
		t.End()
	}
}

// Fine: the same through an interface for the store.
type Writer interface{ write() Txn }

func EachOf(w Writer, keys []string) {
	for _, k := range keys {
		t := w.write()
		t.Put(k)
		t.End()
	}
}

// The first transaction has not ended when the second begins.
func Two(s *store) {
	t := s.write()
	u := s.write() // want `s\.mu is read-locked again .*\[recursive-rlock\]`
	u.End()
	t.End()
}
