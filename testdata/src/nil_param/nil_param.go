// Package nil_param holds cases of pointers whose nil-ness tells the lock state.
package nil_param

import (
	"os"
	"sync"
)

// A Tx is a transaction; who has one has the lock.
type Tx struct {
	db  *DB
	ops []string
}

// A DB is a database.
type DB struct {
	mu   sync.RWMutex
	rows map[string]int
	log  []string
}

// get uses the transaction when there is one.
func (db *DB) get(tx *Tx, k string) int {
	if tx == nil {
		db.mu.RLock()
		defer db.mu.RUnlock()
	} else {
		tx.ops = append(tx.ops, k)
	}
	return db.rows[k]
}

// Fine: there is a transaction.
func (db *DB) Incr(k string) int {
	db.mu.Lock()
	defer db.mu.Unlock()
	tx := &Tx{db: db}
	db.rows[k] = db.get(tx, k) + 1
	return len(tx.ops)
}

// Deadlocks: there is none.
func (db *DB) Decr(k string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.rows[k] = db.get(nil, k) - 1 // want `\[downgrade\]`
}

// Fine: nothing is held.
func (db *DB) Get(k string) int { return db.get(nil, k) }

// Deadlocks when a writer waits in between: the variable is nil.
func (db *DB) Sum(ks ...string) (n int) {
	var tx *Tx
	db.mu.RLock()
	defer db.mu.RUnlock()
	for _, k := range ks {
		n += db.get(tx, k) // want `\[recursive-rlock\]`
	}
	return n
}

// both hands the transaction on.
func (db *DB) both(tx *Tx, a, b string) int {
	return db.get(tx, a) + db.get(tx, b)
}

// Fine: the transaction is handed on.
func (tx *Tx) Pair(a, b string) int {
	tx.db.mu.Lock()
	defer tx.db.mu.Unlock()
	return tx.db.both(tx, a, b)
}

// Deadlocks: nil is handed on.
func (tx *Tx) Split(a, b string) int {
	tx.db.mu.Lock()
	defer tx.db.mu.Unlock()
	return tx.db.both(nil, a, b) // want `\[downgrade\]`
}

// flush locks for the log when there is a db.
func flush(db *DB) {
	if db != nil {
		db.mu.Lock()
		defer db.mu.Unlock()
		db.log = nil
	}
}

// Fine: no db, no lock.
func (db *DB) Rotate(keep bool) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if keep {
		flush(nil)
	}
}

// Deadlocks: db is not nil, it was locked.
func (db *DB) Trim() {
	db.mu.Lock()
	defer db.mu.Unlock()
	if len(db.log) > 100 {
		flush(db) // want `\[relock\]`
	}
}

// note locks through an interface value, when there is one.
func note(l sync.Locker, db *DB, s string) {
	if l != nil {
		l.Lock()
		defer l.Unlock()
	}
	db.log = append(db.log, s)
}

// Fine: no locker.
func (db *DB) Note(s string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	note(nil, db, s)
}

// Deadlocks: the locker is the lock that is held.
func (db *DB) Warn(s string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	note(&db.mu, db, s) // want `\[relock\]`
}

// Fine: the transaction is not nil, it has been used.
func (tx *Tx) Incr(db *DB, k string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	tx.ops = nil
	db.rows[k] = db.get(tx, k) + 1
}

// Deadlocks: it is used only where it is not nil.
func (tx *Tx) Decr(db *DB, k string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if tx != nil {
		tx.ops = nil
	}
	db.rows[k] = db.get(tx, k) - 1 // want `\[downgrade\]`
}

// Deadlocks: it is used too late.
func (tx *Tx) Late(db *DB, k string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.rows[k] = db.get(tx, k) // want `\[downgrade\]`
	tx.ops = nil
}

func (db *DB) begin() *Tx { return &Tx{db: db} }

// Fine: begin returns a transaction.
func (db *DB) Clear(k string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.rows[k] = db.get(db.begin(), k)
}

// view runs f with a new transaction.
func (db *DB) view(f func(*Tx)) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	f(&Tx{db: db})
}

// find makes itself a transaction if it has none.
func (db *DB) find(tx *Tx, k string) (n int) {
	if tx == nil {
		db.view(func(tx *Tx) { n = db.find(tx, k) })
		return n
	}
	return db.rows[k]
}

// Fine: view has made a transaction.
func (db *DB) Total() (n int) {
	db.view(func(tx *Tx) { n = db.find(tx, "a") + db.find(tx, "b") })
	return n
}

// Deadlocks when a writer waits in between: the transaction is not handed on.
func (db *DB) Rest() (n int) {
	db.view(func(*Tx) { n = db.find(nil, "a") }) // want `\[recursive-rlock\]`
	return n
}

// Fine: two transactions may be one or not.
func (db *DB) Same() {
	var first *Tx
	db.view(func(tx *Tx) {
		if tx != first {
			first = tx
		}
	})
	db.view(func(tx *Tx) { first.ops = tx.ops })
}

// store writes to a file; without one it logs.
func (db *DB) store(f *os.File) {
	if f == nil {
		db.mu.Lock()
		defer db.mu.Unlock()
		db.log = append(db.log, "no file")
	}
}

// Fine: a file that was opened without an error is not nil.
func (db *DB) Dump(name string) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	db.store(f)
	return f.Close()
}

// Fine, too.
func (db *DB) Append(name string) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	f, err := os.OpenFile(name, os.O_APPEND, 0o666)
	if err != nil {
		return err
	}
	db.store(f)
	return f.Close()
}

// Deadlocks: there is no file if there was an error.
func (db *DB) Backup(name string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	f, _ := os.Create(name)
	db.store(f) // want `\[relock\]`
}

// with opens a file for f.
func (db *DB) with(name string, f func(*os.File)) (err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = file.Close() }()
	f(file)
	return nil
}

// Fine: f gets a file.
func (db *DB) Export(name string) { db.with(name, func(f *os.File) { db.store(f) }) }

// A Cell is an element of a list.
type Cell struct {
	mu   sync.Mutex
	next *Cell
	n    int
}

func (c *Cell) bump() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

// Fine: where there is no next cell, locking it panics.
func (c *Cell) Bump() {
	if c.next == nil {
		c.mu.Lock()
	}
	c.next.mu.Lock()
	c.bump()
	c.next.mu.Unlock()
}

// Deadlocks: where there is a next cell it is locked, and this one, too.
func (c *Cell) BumpBoth() {
	if c.next != nil {
		c.mu.Lock()
	}
	c.next.mu.Lock()
	c.bump() // want `\[relock\]`
	c.next.mu.Unlock()
}
