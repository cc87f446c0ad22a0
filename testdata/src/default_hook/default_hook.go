// Package default_hook holds cases of function fields that have a default: a
// method of their object, or a literal that captured it.
package default_hook

import "sync"

type server struct {
	mu   sync.Mutex
	n    int
	tick func()
}

func (s *server) count() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

func newServer(tick func()) *server {
	s := &server{tick: tick}
	if tick == nil {
		s.tick = s.count
	}
	return s
}

func (s *server) Tick() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tick() // want `\[relock\]`
}

func (s *server) TickUnlocked() {
	s.mu.Lock()
	s.mu.Unlock()
	s.tick() // Fine
}

type worker struct {
	mu   sync.Mutex
	n    int
	done func()
}

func newWorker(done func()) *worker {
	w := &worker{}
	if done == nil {
		done = func() {
			w.mu.Lock()
			w.n++
			w.mu.Unlock()
		}
	}
	w.done = done
	return w
}

func (w *worker) Finish() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done() // want `\[relock\]`
}

// A timer can count for another one.
type timer struct {
	mu   sync.Mutex
	n    int
	fire func()
}

func (t *timer) count() {
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
}

func newTimer(fire func()) *timer {
	t := &timer{fire: fire}
	if fire == nil {
		t.fire = t.count
	}
	return t
}

func newPair() (*timer, *timer) {
	t := newTimer(nil)
	return t, newTimer(t.count)
}

func (t *timer) Fire() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fire() // Fine: it may count for another timer.
}

// An alarm's method is there for others.
type Alarm struct {
	mu   sync.Mutex
	n    int
	ring func()
}

// Count counts.
func (a *Alarm) Count() {
	a.mu.Lock()
	a.n++
	a.mu.Unlock()
}

// New makes an alarm.
func New(ring func()) *Alarm {
	a := &Alarm{ring: ring}
	if ring == nil {
		a.ring = a.Count
	}
	return a
}

func (a *Alarm) Ring() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ring() // Fine: importers may pass the method of another alarm.
}

// A wrapper takes over the hook of the one inside.
type wrapper struct {
	mu   sync.Mutex
	n    int
	hook func()
}

func newInner() *wrapper {
	w := &wrapper{}
	w.hook = func() {
		w.mu.Lock()
		w.n++
		w.mu.Unlock()
	}
	return w
}

func newOuter() *wrapper {
	inner, w := newInner(), &wrapper{}
	w.set(inner.hook)
	return w
}

func (w *wrapper) set(hook func()) { w.hook = hook }

func (w *wrapper) Run() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hook() // Fine: it may be the hook of the inner one.
}
