package event

import "sync"

// A Handler gets what is sent to its name.
type Handler interface{ Serve(r *Router) }

// A HandlerFunc is a function that is a Handler.
type HandlerFunc func(r *Router)

// Serve calls f.
func (f HandlerFunc) Serve(r *Router) { f(r) }

// A Router has handlers by their names.
type Router struct {
	mu       sync.RWMutex
	handlers map[string]Handler
	last     map[string]Handler
}

// NewRouter makes a router.
func NewRouter() *Router {
	return &Router{handlers: map[string]Handler{}, last: map[string]Handler{}}
}

// Handle adds a handler.
func (r *Router) Handle(name string, h Handler) *Router {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.handlers[name] = h
	return r
}

// HandleLast adds one that is called without the lock.
func (r *Router) HandleLast(name string, h Handler) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last[name] = h
}

// Len locks.
func (r *Router) Len() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.handlers)
}

// Send calls the handler under the lock, and the last one without.
func (r *Router) Send(name string) {
	r.mu.RLock()
	if h, ok := r.handlers[name]; ok {
		h.Serve(r)
	}
	l := r.last[name]
	r.mu.RUnlock()
	if l != nil {
		l.Serve(r)
	}
}
