// Package once_func holds cases of sync.OnceFunc, OnceValue and OnceValues.
package once_func

import (
	"errors"
	"sync"
)

// A Book is read on first use.
type Book struct {
	mu    sync.Mutex
	pages int
	open  func() int
	close func()
}

func (b *Book) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pages
}

// Deadlocks: the function runs at its first call, which is under the lock.
func (b *Book) Read() int {
	load := sync.OnceValue(func() int { return b.count() })
	b.mu.Lock()
	defer b.mu.Unlock()
	return load() // want `\[relock\]`
}

// Fine: the first call is before the lock, and there is only one run.
func (b *Book) Reread() int {
	load := sync.OnceValue(func() int { return b.count() })
	if load() == 0 {
		return 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return load() + b.pages
}

// Fine: the function takes no lock.
func (b *Book) Title() string {
	title := sync.OnceValues(func() (string, error) { return "", errors.New("none") })
	b.mu.Lock()
	defer b.mu.Unlock()
	t, _ := title()
	return t
}

// Deadlocks: the function locks, and it is called for the first time in a deferred call under the lock.
func (b *Book) Finish() {
	done := sync.OnceFunc(func() { b.pages = b.count() - 1 })
	b.mu.Lock()
	defer b.mu.Unlock()
	defer done() // want `\[relock\]`
	b.pages++
}

// Fine: the deferred call runs after the deferred unlock.
func (b *Book) Leave() {
	done := sync.OnceFunc(func() { b.pages = b.count() - 1 })
	defer done()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pages++
}

// Deadlocks: the function of the Once calls the Once.
func (b *Book) Loop() int {
	var size func() int
	size = sync.OnceValue(func() int { return size() + 1 }) // want `\[once\]`
	return size()                                           // want `\[once\]`
}

// Fine: size is called by the other function.
func (b *Book) Chain() int {
	size := sync.OnceValue(func() int { return 1 })
	twice := sync.OnceValue(func() int { return 2 * size() })
	return twice()
}
