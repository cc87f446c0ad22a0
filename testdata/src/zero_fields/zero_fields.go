// Package zero_fields holds cases of objects that a callee has made, and of what it
// has not stored to them: that is zero.
package zero_fields

import (
	"fmt"
	"sync"
)

type db struct {
	mu sync.RWMutex
	n  int
}

type tx struct {
	db       *db
	writable bool
	id       int
}

func (d *db) free() {
	d.mu.RLock()
	d.mu.RUnlock()
}

func (d *db) begin() *tx {
	d.mu.RLock()
	t := &tx{}
	t.init(d)
	return t
}

func (d *db) beginWritable() *tx {
	d.mu.RLock()
	t := &tx{writable: true}
	t.init(d)
	return t
}

func (d *db) beginIf(writable bool) *tx {
	d.mu.RLock()
	t := &tx{writable: writable}
	t.init(d)
	return t
}

func (d *db) beginEven() *tx {
	d.mu.RLock()
	t := &tx{writable: d.n%2 == 0}
	t.init(d)
	return t
}

func (d *db) open(writable bool) *tx {
	if writable {
		return d.beginWritable()
	}
	return d.begin()
}

func (t *tx) init(d *db) { t.db, t.id = d, d.n }

func (t *tx) commit() bool {
	if !t.writable {
		return false
	}
	t.db.free()
	return true
}

func ReadOnly(d *db) bool { return d.begin().commit() }          // Fine: it is not writable.
func OpenReadOnly(d *db)  { t := d.open(false); t.commit() }     // Fine
func Given(d *db)         { t := d.beginIf(false); t.commit() }  // Fine
func Writable(d *db)      { t := d.beginWritable(); t.commit() } // want `\[recursive-rlock\]`
func OpenWritable(d *db)  { t := d.open(true); t.commit() }      // want `\[recursive-rlock\]`
func GivenWritable(d *db) { t := d.beginIf(true); t.commit() }   // want `\[recursive-rlock\]`
func MaybeWritable(d *db) { t := d.beginEven(); t.commit() }     // want `\[recursive-rlock\]`
func MadeWritable(d *db) {
	t := d.begin()
	t.writable = true
	t.commit() // want `\[recursive-rlock\]`
}

func AfterAnother(d *db, other *tx) {
	other.writable = true
	t := d.begin()
	t.commit() // Fine: it is another one.
}

func (t *tx) promote() { t.writable = true }

func (d *db) beginPromoted() *tx {
	d.mu.RLock()
	t := &tx{}
	t.init(d)
	t.promote()
	return t
}

func Promoted(d *db) {
	t := d.beginPromoted()
	t.commit() // want `\[recursive-rlock\]`
}

type flagged struct {
	mu   sync.Mutex
	flag bool
}

var current *flagged

func scanned() *flagged {
	f := &flagged{}
	fmt.Sscan("true", &f.flag)
	return f
}

func sent(pass chan *flagged) *flagged {
	f := &flagged{}
	pass <- f
	<-pass
	return f
}

func published(hook func()) *flagged {
	f := &flagged{}
	current = f
	hook()
	return f
}

func started() *flagged {
	f := &flagged{}
	go func() { f.flag = true }()
	return f
}

func plain() *flagged { return &flagged{} }

func Scanned() {
	f := scanned()
	if f.flag {
		f.mu.Lock()
	}
	f.mu.Lock() // want `\[relock\]`
}

func Sent(pass chan *flagged) {
	f := sent(pass)
	if f.flag {
		f.mu.Lock()
	}
	f.mu.Lock() // want `\[relock\]`
}

func Published(hook func()) {
	f := published(hook)
	if f.flag {
		f.mu.Lock()
	}
	f.mu.Lock() // want `\[relock\]`
}

func Started() {
	f := started()
	if f.flag {
		f.mu.Lock()
	}
	f.mu.Lock() // want `\[relock\]`
}

func Plain() {
	f := plain()
	if f.flag {
		f.mu.Lock()
	}
	f.mu.Lock() // Fine: nobody has set the flag.
	f.mu.Unlock()
}

type source interface{ next() bool }

func (f *flagged) next() bool { return f.flag }

// last returns one of those that it makes in a loop.
func last(n int) source {
	var s source
	for i := range n {
		f := &flagged{}
		f.mu.Lock()
		f.flag = i > 3
		f.mu.Unlock()
		if i%2 == 0 {
			s = f
		}
	}
	return s
}

func Last(n int) bool { return last(n).next() } // Fine: nothing is locked.

type waited struct {
	mu    sync.Mutex
	waits int
}

func (w *waited) notify() {
	if w.waits == 0 {
		return
	}
	w.mu.Lock()
	w.waits--
	w.mu.Unlock()
}

func newWaited() *waited { return &waited{} }

type pooled struct{ w *waited }

func newPooled() *pooled { return &pooled{w: newWaited()} }

func newDefault() *pooled { return newPooled() }

// Fine: nobody waits for what is new, three constructors deep.
func Notified() {
	p := newDefault()
	p.w.mu.Lock()
	p.w.notify()
	p.w.mu.Unlock()
}

func NotifiedWaited() {
	p := newDefault()
	p.w.waits = 1
	p.w.mu.Lock()
	p.w.notify() // want `\[relock\]`
	p.w.mu.Unlock()
}
