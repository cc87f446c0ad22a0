package own_call

import "sync"

type viewer interface{ redraw() }

// A Sheet has a viewer.
type Sheet struct {
	mu   sync.Mutex
	n    int
	view viewer
}

func (s *Sheet) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

// Fine: the window does nothing where it edits the sheet itself.
func (s *Sheet) Edit() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	s.view.redraw()
}

type window struct {
	of      *Sheet
	drawing bool
	n       int
}

func newSheet() *Sheet {
	s := &Sheet{}
	s.view = &window{of: s}
	return s
}

func (w *window) redraw() {
	if w.drawing {
		return
	}
	w.n = w.of.count()
}

func (w *window) draw() {
	w.drawing = true
	defer func() { w.drawing = false }()
	w.of.Edit()
}

type listener interface{ played() }

// A Song has a listener.
type Song struct {
	mu  sync.Mutex
	n   int
	ear listener
}

func (s *Song) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

// Deadlocks: the flag says something else.
func (s *Song) Play() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	s.ear.played() // want `\[relock\]`
}

type radio struct {
	of  *Song
	off bool
	n   int
}

func newSong() *Song {
	s := &Song{}
	s.ear = &radio{of: s}
	return s
}

func (r *radio) played() {
	if !r.off {
		r.n = r.of.count()
	}
}

func (r *radio) turn() { r.off = !r.off }
