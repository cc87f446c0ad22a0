// Package corpus_conditional_close holds cases of an object that releases a
// lock when it is closed, by what it remembers of how it was opened.
package corpus_conditional_close

import (
	"errors"
	"sync"
)

type DB struct {
	maps   sync.RWMutex
	writer sync.Mutex
	opened bool
}

type Tx struct {
	db       *DB
	writable bool
	root     []int
}

var errClosed = errors.New("closed")

func (db *DB) begin() (*Tx, error) {
	db.maps.RLock()
	if !db.opened {
		db.maps.RUnlock()
		return nil, errClosed
	}
	t := &Tx{}
	t.db = db
	return t, nil
}

func (db *DB) beginWrite() (*Tx, error) {
	db.writer.Lock()
	if !db.opened {
		db.writer.Unlock()
		return nil, errClosed
	}
	t := &Tx{writable: true}
	t.db = db
	return t, nil
}

func (t *Tx) Rollback() error {
	if t.db == nil {
		return errClosed
	}
	if t.writable {
		t.db.writer.Unlock()
	} else {
		t.db.maps.RUnlock()
	}
	t.db = nil
	return nil
}

func (t *Tx) scan(out chan error) {
	defer close(out)
	for range t.root {
		out <- nil
	}
}

// pages returns with nothing locked.
func (db *DB) pages() int {
	t, err := db.begin()
	defer func() {
		err = t.Rollback()
		if err != nil {
			panic("cannot roll back")
		}
	}()
	if err != nil {
		panic("cannot begin")
	}
	out := make(chan error)
	go t.scan(out)
	n := 0
	for range out {
		n++
	}
	return n
}

// Close closes the database.
func (db *DB) Close() {
	db.writer.Lock()
	defer db.writer.Unlock()
	db.maps.Lock()
	defer db.maps.Unlock()
	db.opened = false
}

// Fine: the transaction is closed as it was opened, although a goroutine has
// seen it.
func Open(db *DB) int {
	defer db.Close()
	return db.pages()
}

// update is like pages, with a function that could do anything to t.
func (db *DB) update(f func(*Tx) error) error {
	t, err := db.beginWrite()
	if err != nil {
		return err
	}
	defer func() {
		if t.db != nil {
			_ = t.Rollback()
		}
	}()
	if err := f(t); err != nil {
		_ = t.Rollback()
		return err
	}
	return t.Rollback()
}

// Fine: update rolls back whatever the function says.
func Update(db *DB) error {
	defer db.Close()
	return db.update(func(t *Tx) error {
		if len(t.root) == 0 {
			return errClosed
		}
		t.root[0]++
		return nil
	})
}

// The transaction is not over when the database is closed.
func Forget(db *DB) {
	t, err := db.begin()
	if err != nil {
		return
	}
	t.root = nil
	db.Close() // want `maps is write-locked while read-locked: .*\[upgrade\]`
}
