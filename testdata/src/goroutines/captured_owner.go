package goroutines

import "sync"

// A hub has links, each of which keeps its hub.
type hub struct {
	mu    sync.Mutex
	links []*link
}

type link struct {
	hub  *hub
	next *hub // may be set again
}

func (h *hub) open() *link { return &link{hub: h, next: h} }

func (l *link) close() {
	l.hub.mu.Lock()
	l.hub.links = nil
	l.hub.mu.Unlock()
}

func (l *link) closeNext() {
	l.next.mu.Lock()
	l.next.links = nil
	l.next.mu.Unlock()
}

func (l *link) move(h *hub) { l.next = h }

// Deadlocks: the link is of this hub, whenever the goroutine runs.
func (h *hub) CloseLater() {
	l := h.open()
	go func() { // want `\[relock\]`
		h.mu.Lock()
		l.close()
		h.mu.Unlock()
	}()
}

// Fine: the link may have another next hub then.
func (h *hub) CloseNextLater() {
	l := h.open()
	go func() {
		h.mu.Lock()
		l.closeNext()
		h.mu.Unlock()
	}()
}

// Fine: it is another hub.
func (h *hub) CloseOtherLater(o *hub) {
	l := o.open()
	go func() {
		h.mu.Lock()
		l.close()
		h.mu.Unlock()
	}()
}
