package corpus_transaction

// A Store begins transactions.
type Store interface{ write() Txn }

func put(s Store, k string) {
	t := s.write()
	defer t.End()
	t.Put(k)
}

// Fine: put ends the transaction that it has begun by its argument.
func Twice(s *store) {
	put(s, "a")
	put(s, "b")
}

// Deadlocks when a writer waits in between.
func Nested(s *store) {
	t := s.write()
	put(s, "b") // want `\[recursive-rlock\]`
	t.End()
}

type locker struct{ s *store }

func (l locker) begin() { l.s.mu.Lock() }

type beginner interface{ begin() }

func start(b beginner) { b.begin() }

// Deadlocks: nothing can release what begin has locked but who holds the store.
func Started(s *store) {
	start(locker{s})
	s.mu.Lock() // want `\[relock\]`
}
