// Package events calls observers, which are objects that keep a function for themselves.
package events

import "sync"

// An Observer is told of a topic.
type Observer struct {
	topic string
	fn    func(string)
}

// NewObserver returns an observer that calls fn.
func NewObserver(topic string, fn func(string)) *Observer { return &Observer{topic: topic, fn: fn} }

// Notify tells the observer.
func (o *Observer) Notify(v string) { o.fn(v) }

// A Bus has observers.
type Bus struct {
	mu        sync.RWMutex
	observers []*Observer
	last      string
}

// Register adds an observer.
func (b *Bus) Register(o *Observer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.observers = append(b.observers, o)
}

// Publish tells the observers under the read lock.
func (b *Bus) Publish(v string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, o := range b.observers {
		o.Notify(v)
	}
}

// Set changes the last value.
func (b *Bus) Set(v string) {
	b.mu.Lock()
	b.last = v
	b.mu.Unlock()
}
