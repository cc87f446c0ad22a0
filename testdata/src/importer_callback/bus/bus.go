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

// A Feed keeps its readers in entries, and has a lock for each of two uses.
type Feed struct {
	mu      sync.Mutex
	sending sync.Mutex
	entries map[int]*entry
	onClose func()
	n       int
}

type entry struct {
	name string
	read func(n int)
	gone func()
}

// Add adds a reader; gone is called in a goroutine of its own.
func (f *Feed) Add(name string, read func(n int), gone func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.entries[len(f.entries)] = &entry{name: name, read: read, gone: gone}
}

// OnClose sets what Close calls when it has unlocked.
func (f *Feed) OnClose(fn func()) {
	f.mu.Lock()
	f.onClose = fn
	f.mu.Unlock()
}

// Len returns the number of sends.
func (f *Feed) Len() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.n
}

// Send calls all readers under one of the locks.
func (f *Feed) Send() {
	f.sending.Lock()
	defer f.sending.Unlock()
	for _, e := range f.entries {
		e.read(f.n)
	}
}

// Close lets go of the readers.
func (f *Feed) Close() {
	f.mu.Lock()
	for _, e := range f.entries {
		go e.gone()
	}
	fn := f.onClose
	f.mu.Unlock()
	fn()
}
