// Package field_counter holds cases of fields that count what is in flight.
package field_counter

import "sync"

type hub struct {
	mu      sync.Mutex
	depth   int
	credits int
	level   int
	n       int
}

func (h *hub) notify() {
	if h.depth > 0 {
		return
	}
	h.mu.Lock()
	h.n++
	h.mu.Unlock()
}

// Fine: one is in flight, at least.
func (h *hub) Batch() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.depth++
	h.notify()
	h.depth--
}

// Fine: each time one is in flight, at least.
func (h *hub) BatchAgain() {
	h.mu.Lock()
	h.depth++
	h.notify()
	h.depth--
	h.depth++
	h.notifyUnlessFirst()
	h.depth--
	h.mu.Unlock()
}

func (h *hub) notifyUnlessFirst() {
	if h.depth == 0 {
		h.mu.Lock()
		h.n++
		h.mu.Unlock()
	}
}

// Deadlocks: it may have been the last one.
func (h *hub) Finish() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.depth--
	h.notify() // want `\[relock\]`
}

// Deadlocks: nothing has been counted.
func (h *hub) Poke() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.notify() // want `\[relock\]`
}

func (h *hub) refill() {
	if h.credits > 0 {
		return
	}
	h.mu.Lock()
	h.credits = 8
	h.mu.Unlock()
}

func (h *hub) overdrawn() bool { return h.credits < 0 }

// Deadlocks: there may be less than no credits.
func (h *hub) Give() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.credits++
	h.refill() // want `\[relock\]`
}

// Take counts them down.
func (h *hub) Take() { h.credits-- }

func (h *hub) setLevel(l int) { h.level = l }

func (h *hub) warm() {
	if h.level <= 0 {
		h.mu.Lock()
		h.n++
		h.mu.Unlock()
	}
}

// Deadlocks: the level is whatever it was set to.
func (h *hub) Raise() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.level++
	h.warm() // want `\[relock\]`
}
