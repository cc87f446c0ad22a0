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

// Deadlocks: Close calls, under the lock, what NewBook has made a function that locks.
func (b *Book) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.close() // want `\[relock\]`
}

// Fine: called without the lock.
func (b *Book) Drop() {
	b.mu.Lock()
	b.pages = 0
	b.mu.Unlock()
	b.close()
}

// Fine: the function is that of another book.
func (b *Book) CloseOther(o *Book) {
	b.mu.Lock()
	defer b.mu.Unlock()
	o.close()
}

// Fine: the function that is stored in open takes no lock.
func (b *Book) Pages() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.open()
}

// NewBook makes a book, whose functions are run once.
func NewBook() *Book {
	b := &Book{}
	b.open = sync.OnceValue(func() int { return b.pages })
	b.close = sync.OnceFunc(func() { b.pages -= b.count() })
	return b
}

// A Shelf closes itself once.
type Shelf struct {
	books []*Book
	close func()
}

// NewShelf makes a shelf.
func NewShelf() *Shelf {
	s := &Shelf{}
	s.close = sync.OnceFunc(func() {
		s.books = nil
		s.Close()
	})
	return s
}

// Deadlocks: the function calls Close again.
func (s *Shelf) Close() {
	s.close() // want `s.close is called inside its own function: .*\[once\]`
}

var (
	mu     sync.Mutex
	titles []string
	first  = sync.OnceValue(func() string { return title(0) })
	last   = sync.OnceValues(func() (string, error) { return titles[len(titles)-1], nil })
	index  func() map[string]int
)

func init() {
	index = sync.OnceValue(func() map[string]int { return map[string]int{"first": at("first")} })
}

func title(i int) string {
	mu.Lock()
	defer mu.Unlock()
	return titles[i]
}

// Deadlocks: the function in the variable locks.
func First() string {
	mu.Lock()
	defer mu.Unlock()
	return first() // want `\[relock\]`
}

// Fine: the function in the other variable does not.
func Last() string {
	mu.Lock()
	defer mu.Unlock()
	s, _ := last()
	return s
}

// Fine: called before the lock.
func Swap(s string) string {
	was := first()
	mu.Lock()
	defer mu.Unlock()
	titles[0] = s
	return was
}

// Deadlocks: the function in index asks at.
func at(name string) int {
	return index()[name] // want `\[once\]`
}
