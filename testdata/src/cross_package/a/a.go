// Package a exports types that lock.
package a

import (
	"errors"
	"sync"
)

// Mu guards Tables.
var Mu sync.RWMutex

// Tables are the tables of the program.
var Tables = map[string]*Table{}

// Find returns a table.
func Find(name string) *Table {
	Mu.RLock()
	defer Mu.RUnlock()
	return Tables[name]
}

// A Table is a table of rows.
type Table struct {
	Mu   sync.Mutex
	Rows []string

	state sync.RWMutex
	open  bool
}

// Len returns the number of rows.
func (t *Table) Len() int {
	t.Mu.Lock()
	defer t.Mu.Unlock()
	return len(t.Rows)
}

// Open reports whether the table is open.
func (t *Table) Open() bool {
	t.state.RLock()
	defer t.state.RUnlock()
	return t.open
}

// Describe describes the table, two calls deep.
func (t *Table) Describe() string {
	if t.Open() {
		return "open"
	}
	return "closed"
}

// SetOpen stores the state.
func (t *Table) SetOpen(open bool) {
	t.state.Lock()
	defer t.state.Unlock()
	t.open = open
}

// Lock locks the state.
func (t *Table) Lock() { t.state.Lock() }

// Unlock unlocks the state.
func (t *Table) Unlock() { t.state.Unlock() }

// View locks the state for reading and returns the function that unlocks it.
func (t *Table) View() func() {
	t.state.RLock()
	return t.state.RUnlock
}

// Update runs f under the lock of the state.
func (t *Table) Update(f func()) {
	t.state.Lock()
	defer t.state.Unlock()
	f()
}

// Later runs f without a lock.
func (t *Table) Later(f func()) {
	t.state.Lock()
	t.open = true
	t.state.Unlock()
	f()
}

// Append appends a row; locked says that the caller holds Mu.
func (t *Table) Append(row string, locked bool) {
	if !locked {
		t.Mu.Lock()
		defer t.Mu.Unlock()
	}
	t.Rows = append(t.Rows, row)
}

// Begin locks the state unless it returns an error.
func (t *Table) Begin() error {
	t.state.Lock()
	if !t.open {
		t.state.Unlock()
		return errors.New("closed")
	}
	return nil
}

// Commit unlocks the state.
func (t *Table) Commit() { t.state.Unlock() }

// Yield gives the state's lock up and takes it again.
func (t *Table) Yield() {
	t.state.Unlock()
	defer t.state.Lock()
}

// Watch runs f later.
func (t *Table) Watch(f func()) { go f() }

// Close forgets to unlock a table that is closed already.
func (t *Table) Close() {
	t.state.Lock()
	if !t.open {
		return
	}
	t.open = false
	t.state.Unlock()
}
