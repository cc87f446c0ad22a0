// Package event tells those who have subscribed, without a lock.
package event

import "sync"

// An Observer is told.
type Observer interface{ Notify(int) }

// A Hub tells observers.
type Hub struct {
	mu   sync.Mutex
	list []Observer
}

// NewHub makes a hub.
func NewHub() *Hub { return &Hub{} }

// Add registers an observer.
func (h *Hub) Add(o Observer) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.list = append(h.list, o)
}

// Tell tells a copy of the list.
func (h *Hub) Tell(n int) {
	h.mu.Lock()
	list := append([]Observer(nil), h.list...)
	h.mu.Unlock()
	for _, o := range list {
		o.Notify(n)
	}
}

// A Bus calls functions by topic.
type Bus struct {
	mu   sync.RWMutex
	subs map[string][]func(any)
}

// NewBus makes a bus.
func NewBus() *Bus { return &Bus{subs: map[string][]func(any){}} }

// Subscribe adds a function to a topic.
func (b *Bus) Subscribe(topic string, fn func(any)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.subs[topic] = append(b.subs[topic], fn)
}

// Publish calls a copy of those of a topic.
func (b *Bus) Publish(topic string, v any) {
	b.mu.RLock()
	fns := make([]func(any), len(b.subs[topic]))
	copy(fns, b.subs[topic])
	b.mu.RUnlock()
	for _, fn := range fns {
		fn(v)
	}
}

var defaults []func(any)

// Default adds a function to each list made later.
func Default(fn func(any)) { defaults = append(defaults, fn) }

// A List calls functions.
type List struct{ fns []func(any) }

// NewList makes a list of the functions that all have.
func NewList() *List { return &List{fns: defaults} }

// Add adds a function.
func (l *List) Add(fn func(any)) { l.fns = append(l.fns, fn) }

// Call calls them.
func (l *List) Call(v any) {
	for _, fn := range l.fns {
		fn(v)
	}
}
