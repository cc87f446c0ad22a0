// Package inverse_conversion holds cases of pointers that are converted to another type of the same structure.
package inverse_conversion

import "sync"

// A Host has plugs.
type Host struct {
	mu    sync.Mutex
	plugs []*plug
}

type plug struct{ host *Host }
type raw plug

// Add breaks the rule: the store to r.host is one to p.host.
func (h *Host) Add() {
	p := &plug{host: h}
	h.plugs = append(h.plugs, p)
	r := (*raw)(p)
	r.host = &Host{}
}

// Fine: no plug has h as its host.
func (h *Host) All() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.plugs {
		p.host.mu.Lock()
		p.host.mu.Unlock()
	}
}

// A Desk has drawers.
type Desk struct {
	mu      sync.Mutex
	drawers []*drawer
}

type drawer struct{ desk *Desk }

// Swap breaks the rule by a type without a name.
func (d *Desk) Swap(o *Desk) {
	w := &drawer{desk: d}
	d.drawers = append(d.drawers, w)
	*(*struct{ desk *Desk })(w) = struct{ desk *Desk }{o}
}

// Fine: no drawer has d as its desk.
func (d *Desk) All() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, w := range d.drawers {
		w.desk.mu.Lock()
		w.desk.mu.Unlock()
	}
}

// A Shelf has books.
type Shelf struct {
	mu    sync.Mutex
	books []*book
}

type book struct {
	shelf *Shelf
	title string
}

type printed book

func (p *printed) String() string { return p.title }

// Add adds a book; the other type only reads.
func (s *Shelf) Add(title string) string {
	b := &book{shelf: s, title: title}
	s.books = append(s.books, b)
	return (*printed)(b).String()
}

// Deadlocks: each book in s.books has s as its shelf.
func (s *Shelf) All() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.books {
		b.shelf.mu.Lock() // want `\[relock\]`
		b.shelf.mu.Unlock()
	}
}
