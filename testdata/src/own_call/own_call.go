// Package own_call has callbacks that know by a flag whether their object has made the
// call which they are run by.
package own_call

import (
	"sync"

	"own_call/feed"
)

// A Bell rings under its lock.
type Bell struct {
	mu   sync.Mutex
	on   func()
	rung int
}

func newBell(f func()) *Bell { return &Bell{on: f} }

// Rung locks.
func (b *Bell) Rung() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rung
}

// Fine: the door does nothing where it rings the bell itself.
func (b *Bell) Ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rung++
	b.on()
}

// A Door has a bell, and a flag while it rings it.
type Door struct {
	bell *Bell
	busy bool
	n    int
}

// NewDoor makes a door.
func NewDoor() *Door {
	d := &Door{}
	d.bell = newBell(func() {
		if d.busy {
			return
		}
		d.n = d.bell.Rung()
	})
	return d
}

// Knock sets the flag and takes it back.
func (d *Door) Knock() {
	d.busy = true
	defer func() { d.busy = false }()
	d.bell.Ring()
}

// A Horn sounds under its lock.
type Horn struct {
	mu sync.Mutex
	on func()
	n  int
}

func newHorn(f func()) *Horn { return &Horn{on: f} }

// Count locks.
func (h *Horn) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.n
}

// Deadlocks: that the truck is not quiet has nothing to do with the call.
func (h *Horn) Sound() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.on() // want `\[relock\]`
}

// A Truck has a horn, and may be quiet.
type Truck struct {
	horn  *Horn
	quiet bool
	n     int
}

// NewTruck makes a truck.
func NewTruck() *Truck {
	t := &Truck{}
	t.horn = newHorn(func() {
		if !t.quiet {
			t.n = t.horn.Count()
		}
	})
	return t
}

// Quiet is for the night.
func (t *Truck) Quiet(on bool) { t.quiet = on }

// Reader reads a feed of another package.
type Reader struct {
	feed *feed.Feed
	seen int
}

// Deadlocks: what has been seen so far may be more when the feed tells.
func NewReader() *Reader {
	r := &Reader{feed: feed.New()}
	r.feed.Add(r.told) // want `\[relock\]`
	return r
}

func (r *Reader) told() {
	if r.seen++; r.seen > 3 {
		r.feed.Clear()
	}
}

// Writer tells a feed that it reads.
type Writer struct {
	feed    *feed.Feed
	telling bool
}

// Fine: the writer does nothing where it tells the feed.
func NewWriter() *Writer {
	w := &Writer{feed: feed.New()}
	w.feed.Add(w.told)
	return w
}

// Write sets the flag and takes it back.
func (w *Writer) Write() {
	w.telling = true
	w.feed.Tell()
	w.telling = false
}

func (w *Writer) told() {
	if !w.telling {
		w.feed.Clear()
	}
}

// Limited reads few.
type Limited struct {
	feed *feed.Feed
	max  int
}

// Fine: the limit does not change any more.
func NewLimited() *Limited {
	l := &Limited{feed: feed.New()}
	l.feed.Add(l.told)
	return l
}

func (l *Limited) told() {
	if l.max > 3 {
		l.feed.Clear()
	}
}
