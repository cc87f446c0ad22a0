package objects_made_here

import "sync"

// The table that all share is locked by a lock of its own.
type table struct{ n int }

var (
	sharedMu sync.RWMutex
	shared   = new(table)
)

func (t *table) add() {
	if t == shared {
		sharedMu.Lock()
		defer sharedMu.Unlock()
	}
	t.n++
}

func (t *table) each(f func()) {
	if t == shared {
		sharedMu.RLock()
		defer sharedMu.RUnlock()
	}
	f()
}

// A copier has a table of its own, and another one.
type copier struct {
	own   table
	other *table
}

func (c *copier) add()      { c.own.add() }
func (c *copier) addOther() { c.other.add() }

func newTable() *table { return &table{} }

// share makes the shared table.
func share() *table {
	t := &table{}
	shared = t
	return t
}

// Fine: a new table is not the shared one.
func addNew() {
	t := &table{}
	sharedMu.Lock()
	defer sharedMu.Unlock()
	t.add()
	newTable().add()
}

// Fine: neither is one in a new copier.
func addOwn(t *table) *copier {
	if t != shared {
		return nil
	}
	c := &copier{}
	t.each(func() { c.add() })
	return c
}

// Deadlocks: it is the shared table.
func addShared(t *table) {
	if t == shared {
		t.each(func() { t.add() }) // want `\[upgrade\]`
	}
}

// Deadlocks: the other table of a new copier is the shared one.
func addOtherShared() {
	c := &copier{other: shared}
	sharedMu.Lock()
	defer sharedMu.Unlock()
	c.addOther() // want `\[relock\]`
}

// Fine: the other table is new, too.
func addOtherNew() {
	c := &copier{other: newTable()}
	sharedMu.Lock()
	defer sharedMu.Unlock()
	c.addOther()
}

// Deadlocks: the new table has become the shared one.
func addMade() {
	t := share()
	sharedMu.Lock()
	defer sharedMu.Unlock()
	t.add() // want `\[relock\]`
}

// Deadlocks: the other table of someone's copier may be the shared one.
func addOf(c *copier) {
	sharedMu.Lock()
	defer sharedMu.Unlock()
	c.addOther() // want `\[relock\]`
}
