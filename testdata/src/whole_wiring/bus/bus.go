// Package bus calls its observers under its lock.
package bus

import "sync"

// A Bus has observers.
type Bus struct {
	mu   sync.Mutex
	obs  []func(*Bus, string)
	quit []func(*Bus)
	n    int
}

// Observe adds an observer.
func (b *Bus) Observe(f func(*Bus, string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.obs = append(b.obs, f)
}

// OnQuit adds a function that Quit calls.
func (b *Bus) OnQuit(f func(*Bus)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.quit = append(b.quit, f)
}

// Len returns the number of messages.
func (b *Bus) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.n
}

// Publish calls the observers under the lock: deadlocks with the one that package audit has registered.
func (b *Bus) Publish(s string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n++
	for _, f := range b.obs {
		f(b, s) // whole: [relock]
	}
}

// Quit calls its functions under the lock; none of them locks.
func (b *Bus) Quit() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.quit {
		f(b)
	}
}
