// Package bus holds its lock while it calls what importers have registered.
package bus

import "sync"

// A Handler is told of messages.
type Handler interface{ On(topic string) }

// A Bus has handlers and functions.
type Bus struct {
	mu       sync.RWMutex
	handlers []Handler
	funcs    map[string]func(string)
	after    []func(string)
	sent     int
}

// New makes a bus.
func New() *Bus { return &Bus{funcs: map[string]func(string){}} }

// Register registers a handler.
func (b *Bus) Register(h Handler) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.handlers = append(b.handlers, h)
}

// Handle registers a function.
func (b *Bus) Handle(topic string, f func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.funcs[topic] = f
}

// After registers a function that is called without the lock.
func (b *Bus) After(f func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.after = append(b.after, f)
}

// Sent returns the number of messages.
func (b *Bus) Sent() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.sent
}

// Publish tells all handlers under the lock.
func (b *Bus) Publish(topic string) {
	b.mu.Lock()
	b.sent++
	for _, h := range b.handlers {
		h.On(topic)
	}
	if f := b.funcs[topic]; f != nil {
		f(topic)
	}
	after := b.after
	b.mu.Unlock()
	for _, f := range after {
		f(topic)
	}
}

// Do runs h under the lock, now.
func (b *Bus) Do(h Handler, topic string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	h.On(topic)
}

// View runs f under the read lock, now.
func (b *Bus) View(f func(sent int)) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	f(b.sent)
}
