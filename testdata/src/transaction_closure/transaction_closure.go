// Package transaction_closure holds cases of transactions that hold their
// database's lock and are ended by a function literal, or kept in a local variable.
package transaction_closure

import (
	"io"
	"sync"
)

// A DB is locked while a transaction is open.
type DB struct {
	mu sync.Mutex
	n  int
}

// A Tx is open until End.
type Tx struct{ db *DB }

// Begin opens a transaction.
func (db *DB) Begin() *Tx {
	db.mu.Lock()
	return &Tx{db}
}

// End closes it.
func (tx *Tx) End() { tx.db.mu.Unlock() }

// Close closes it, too.
func (tx *Tx) Close() error {
	tx.db.mu.Unlock()
	return nil
}

// Len locks the database.
func (db *DB) Len() int {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.n
}

// Deadlocks: the literal ends the transaction only when the function returns.
func (db *DB) Deferred() int {
	tx := db.Begin()
	defer func() { tx.End() }()
	return db.Len() // want `\[relock\]`
}

// Deadlocks: whatever becomes of it later.
func (db *DB) Rollback(apply func() error) (err error) {
	tx := db.Begin()
	defer func() {
		if err != nil {
			tx.End()
		}
	}()
	db.Len() // want `\[relock\]`
	return apply()
}

// Fine: the literal has run.
func (db *DB) Called() int {
	tx := db.Begin()
	func() { tx.End() }()
	return db.Len()
}

// Deadlocks: the literal runs afterwards.
func (db *DB) CalledLate() int {
	tx := db.Begin()
	end := func() { tx.End() }
	n := db.Len() // want `\[relock\]`
	end()
	return n
}

func run(f func()) { f() }

// Fine: run calls it.
func (db *DB) Passed() int {
	tx := db.Begin()
	end := func() { tx.End() }
	run(end)
	return db.Len()
}

// Fine: the goroutine ends it.
func (db *DB) Concurrent() int {
	tx := db.Begin()
	done := make(chan bool)
	go func() {
		tx.End()
		done <- true
	}()
	<-done
	return db.Len()
}

// Fine: whoever gets the literal may call it.
func (db *DB) Kept(keep func(func())) int {
	tx := db.Begin()
	keep(func() { tx.End() })
	return db.Len()
}

// Update runs apply in a transaction.
func (db *DB) Update(apply func(*Tx) error) error {
	tx := db.Begin()
	defer func() { tx.End() }()
	return apply(tx)
}

// Deadlocks: Update holds the lock.
func (db *DB) Nested() error {
	return db.Update(func(*Tx) error { // want `\[relock\]`
		db.Len()
		return nil
	})
}

// Fine: the transaction may be ended by what it is passed to.
func (db *DB) EndedInside() error {
	return db.Update(func(tx *Tx) error {
		tx.End()
		db.Len()
		tx.db.mu.Lock()
		return nil
	})
}

type session struct{ tx *Tx }

// Deadlocks: the transaction is in a local struct.
func (db *DB) InStruct() int {
	s := session{db.Begin()}
	n := db.Len() // want `\[relock\]`
	s.tx.End()
	return n
}

// Fine: it has ended.
func (db *DB) InStructEnded() int {
	s := session{db.Begin()}
	s.tx.End()
	return db.Len()
}

// Fine: one of the closers is the transaction.
func (db *DB) InSlice() int {
	closers := []io.Closer{db.Begin()}
	for _, c := range closers {
		c.Close()
	}
	return db.Len()
}

// Fine: the pointer leads to it.
func (db *DB) ByAddress() int {
	tx := db.Begin()
	p := &tx
	(*p).End()
	return db.Len()
}

// Deadlocks: not yet.
func (db *DB) ByAddressLate() int {
	tx := db.Begin()
	p := &tx
	n := db.Len() // want `\[relock\]`
	(*p).End()
	return n
}

func end(tx **Tx) { (*tx).End() }

// Fine: end gets the address of the variable.
func (db *DB) AddressPassed() int {
	tx := db.Begin()
	end(&tx)
	return db.Len()
}
