// Package inverse_unlinked holds cases of lists that are linked in both directions, from which nodes are taken.
package inverse_unlinked

import "sync"

// A Wheel has timers.
type Wheel struct {
	mu         sync.Mutex
	head, tail *Timer
	n          int
}

// A Timer is in the list of its wheel.
type Timer struct {
	wheel      *Wheel
	next, prev *Timer
}

// After makes a timer.
func (w *Wheel) After() *Timer {
	t := &Timer{wheel: w}
	w.mu.Lock()
	defer w.mu.Unlock()
	t.prev = w.tail
	if w.tail != nil {
		w.tail.next = t
	} else {
		w.head = t
	}
	w.tail = t
	w.n++
	return t
}

func (w *Wheel) unlink(t *Timer) {
	if t.prev != nil {
		t.prev.next = t.next
	} else {
		w.head = t.next
	}
	if t.next != nil {
		t.next.prev = t.prev
	} else {
		w.tail = t.prev
	}
	w.n--
}

// Stop takes the timer out.
func (t *Timer) Stop() {
	t.wheel.mu.Lock()
	defer t.wheel.mu.Unlock()
	t.wheel.unlink(t)
}

// Deadlocks: every timer is of this wheel.
func (w *Wheel) StopAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for t := w.head; t != nil; t = t.next {
		t.Stop() // want `\[relock\]`
	}
}

// Fine: the timers are taken out by this function.
func (w *Wheel) Clear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for t := w.head; t != nil; t = t.next {
		w.unlink(t)
	}
}

// A Deck has cards, which may go to another deck.
type Deck struct {
	mu   sync.Mutex
	head *card
	n    int
}

type card struct {
	deck *Deck
	next *card
}

func (c *card) drop() {
	c.deck.mu.Lock()
	c.deck.n--
	c.deck.mu.Unlock()
}

// Push adds a card.
func (d *Deck) Push() { d.head = &card{deck: d, next: d.head} }

// Cut moves the rest of the cards to another deck, one by one.
func (d *Deck) Cut(to *Deck) {
	for c := d.head; c != nil; c = c.next {
		to.head = c.next
	}
}

// Fine, as far as one can know: the cards may be of another deck.
func (d *Deck) Clear() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for c := d.head; c != nil; c = c.next {
		c.drop()
	}
}
