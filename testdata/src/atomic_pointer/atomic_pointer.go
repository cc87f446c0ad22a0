// Package atomic_pointer holds cases of objects in atomic pointers that point back to their owner.
package atomic_pointer

import (
	"sync"
	"sync/atomic"
)

// A DB has a current table and, for a while, a frozen one.
type DB struct {
	mu     sync.RWMutex
	cur    atomic.Pointer[Table]
	frozen atomic.Pointer[Table]
	seq    int
}

// A Table belongs to a database.
type Table struct {
	db   *DB
	rows []int
}

func (db *DB) newTable() *Table { return &Table{db: db} }

// Open makes a database.
func Open() *DB {
	db := &DB{}
	db.cur.Store(db.newTable())
	return db
}

// Rotate freezes the current table.
func (db *DB) Rotate() {
	old := db.cur.Swap(db.newTable())
	db.frozen.Store(old)
}

func (t *Table) insert(n int) {
	t.db.mu.Lock()
	defer t.db.mu.Unlock()
	t.db.seq++
	t.rows = append(t.rows, n)
}

func (t *Table) last() int {
	t.db.mu.RLock()
	defer t.db.mu.RUnlock()
	return t.db.seq
}

// Deadlocks: the current table of db points back to db.
func (db *DB) Put(n int) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.cur.Load().insert(n) // want `\[relock\]`
}

// Fine: loaded under the lock, used without it.
func (db *DB) Add(n int) {
	db.mu.RLock()
	t := db.cur.Load()
	db.mu.RUnlock()
	t.insert(n)
}

// Deadlocks when a writer waits in between: the frozen table was the current one.
func (db *DB) Flush() int {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if t := db.frozen.Load(); t != nil {
		return t.last() // want `\[recursive-rlock\]`
	}
	return 0
}

// Deadlocks: the table that Swap returns.
func (db *DB) Drop() int {
	db.mu.Lock()
	defer db.mu.Unlock()
	old := db.frozen.Swap(nil)
	if old == nil {
		return 0
	}
	return old.last() // want `\[downgrade\]`
}

// Fine: the table of another database.
func (db *DB) Copy(from *DB) int {
	db.mu.Lock()
	defer db.mu.Unlock()
	return from.cur.Load().last()
}

// A View shows the table of any database.
type View struct {
	mu  sync.Mutex
	pos atomic.Pointer[Cursor]
	n   int
}

// A Cursor moves in a view.
type Cursor struct{ view *View }

func (v *View) open() { v.pos.Store(&Cursor{view: v}) }

// share breaks the rule: the cursor of v becomes that of w too.
func (v *View) share(w *View) { w.pos.Store(v.pos.Load()) }

func (c *Cursor) step() {
	c.view.mu.Lock()
	c.view.n++
	c.view.mu.Unlock()
}

// Fine, as far as one can know: the cursor may be that of another view.
func (v *View) Step() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.pos.Load().step()
}

// A Tab shows pages; the page that goes back may be of another tab.
type Tab struct {
	mu   sync.Mutex
	page atomic.Pointer[Page]
	back atomic.Pointer[Page]
	n    int
}

// A Page is of a tab.
type Page struct{ tab *Tab }

func (t *Tab) open() { t.page.Store(&Page{tab: t}) }

// drag breaks the rule for t.back.
func (t *Tab) drag(from *Tab) { t.back.CompareAndSwap(nil, from.page.Swap(nil)) }

func (p *Page) view() {
	p.tab.mu.Lock()
	p.tab.n++
	p.tab.mu.Unlock()
}

// Fine, as far as one can know: the page may be another tab's.
func (t *Tab) Back() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.back.Load().view()
}
