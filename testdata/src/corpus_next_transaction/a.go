// Package corpus_next_transaction holds cases of a callback that ends the
// transaction around it and begins the next one.
package corpus_next_transaction

import "sync"

type DB struct {
	writer sync.Mutex
}

type Tx struct {
	db *DB
	n  int
}

func (db *DB) Begin() (*Tx, error) {
	db.writer.Lock()
	return &Tx{db: db}, nil
}

func (t *Tx) Commit() error {
	t.db.writer.Unlock()
	return nil
}

func each(list []int, f func(int) error) error {
	for _, v := range list {
		if err := f(v); err != nil {
			return err
		}
	}
	return nil
}

// Fine: the callback commits the transaction before it begins another.
func Copy(db *DB, list []int) error {
	t, err := db.Begin()
	if err != nil {
		return err
	}
	if err = each(list, func(v int) error {
		if t.n++; t.n > 100 {
			if err := t.Commit(); err != nil {
				return err
			}
			if t, err = db.Begin(); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	return t.Commit()
}

// The callback begins a transaction inside the one around it.
func Nested(db *DB, list []int) error {
	t, err := db.Begin()
	if err != nil {
		return err
	}
	if err = each(list, func(v int) error { // want `writer is locked again while held: .*\[relock\]`
		u, err := db.Begin()
		if err != nil {
			return err
		}
		return u.Commit()
	}); err != nil {
		return err
	}
	return t.Commit()
}
