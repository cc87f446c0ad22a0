// Package locked_result holds cases of functions that return an object whose lock they have taken.
package locked_result

import (
	"errors"
	"fmt"
	"sync"
)

// A Row is one record.
type Row struct {
	mu   sync.Mutex
	cols []string
	dead bool
}

// A Table finds rows.
type Table struct {
	mu   sync.RWMutex
	rows map[int]*Row
}

func (r *Row) width() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.cols)
}

func (r *Row) release() { r.mu.Unlock() }

// find returns the row locked, unless it returns an error.
func (t *Table) find(id int) (*Row, error) {
	t.mu.RLock()
	r := t.rows[id]
	t.mu.RUnlock()
	if r == nil {
		return nil, errors.New("no row")
	}
	r.mu.Lock()
	if r.dead {
		r.mu.Unlock()
		return r, errors.New("dead row")
	}
	return r, nil
}

// Deadlocks: there is no error, so the row is locked.
func (t *Table) Widen(id int) error {
	r, err := t.find(id)
	if err != nil {
		return err
	}
	defer r.mu.Unlock()
	r.cols = append(r.cols, fmt.Sprint(r.width())) // want `\[relock\]`
	return nil
}

// Fine: there is an error, so the row is not locked.
func (t *Table) Width(id int) int {
	r, err := t.find(id)
	if err != nil {
		if r == nil {
			return 0
		}
		return r.width()
	}
	defer r.mu.Unlock()
	return len(r.cols)
}

// Fine: released before width.
func (t *Table) Clear(id int) int {
	r, err := t.find(id)
	if err != nil {
		return 0
	}
	r.cols = nil
	r.release()
	return r.width()
}

// must hands on the row and its lock.
func (t *Table) must(id int) *Row {
	r, err := t.find(id)
	if err != nil {
		panic(err)
	}
	return r
}

// Deadlocks: must returns only with the row locked.
func (t *Table) Kill(id int) {
	r := t.must(id)
	defer r.release()
	r.dead = r.width() == 0 // want `\[relock\]`
}

// Fine: two rows may be two objects.
func (t *Table) Copy(from, to int) {
	r := t.must(from)
	defer r.release()
	s := t.must(to)
	s.cols = append(s.cols, r.cols...)
	s.release()
}

// row returns the row locked, or nil.
func (t *Table) row(id int) *Row {
	r := t.rows[id]
	if r != nil {
		r.mu.Lock()
	}
	return r
}

// Deadlocks: the row is not nil, so it is locked.
func (t *Table) Set(id int, c string) {
	if r := t.row(id); r != nil {
		defer r.release()
		r.cols[r.width()-1] = c // want `\[relock\]`
	}
}

// Fine: nothing is locked when the row is nil.
func (t *Table) Has(id int) bool {
	r := t.row(id)
	if r == nil {
		return t.count() > id
	}
	r.release()
	return r.width() > 0
}

func (t *Table) count() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.rows)
}

// fresh returns a new row, locked.
func fresh() *Row {
	r := &Row{}
	r.mu.Lock()
	return r
}

// Deadlocks: the new row is locked.
func (t *Table) Insert(id int) int {
	r := fresh()
	t.rows[id] = r
	return r.width() // want `\[relock\]`
}

// Fine: the new row is unlocked before it is used.
func (t *Table) Append() int {
	r := fresh()
	r.mu.Unlock()
	t.rows[len(t.rows)] = r
	return r.width()
}

// view returns the table read-locked.
func (t *Table) view() *Table {
	t.mu.RLock()
	return t
}

// Deadlocks when a writer waits in between: v is t.
func (t *Table) Last() *Row {
	v := t.view()
	defer v.mu.RUnlock()
	return v.rows[t.count()-1] // want `\[recursive-rlock\]`
}

// Fine: v is unlocked.
func (t *Table) Size() int {
	v := t.view()
	v.mu.RUnlock()
	return v.count()
}
