package inverse_list_places

import (
	"container/list"
	"sync"
)

// A Book has its pages in a list that a view of it shares.
type Book struct {
	mu    *sync.Mutex
	pages *list.List
	names *sync.Map
}

// A Leaf belongs to a book.
type Leaf struct{ book *Book }

// NewBook makes a book.
func NewBook() *Book {
	return &Book{mu: new(sync.Mutex), pages: list.New(), names: new(sync.Map)}
}

// Add adds a leaf.
func (b *Book) Add(name string) {
	l := &Leaf{book: b}
	b.pages.PushBack(l)
	b.names.Store(name, l)
}

// View has a lock of its own, and the leaves of b.
func (b *Book) View() *Book {
	return &Book{mu: new(sync.Mutex), pages: b.pages, names: b.names}
}

func (l *Leaf) turn() {
	l.book.mu.Lock()
	l.book.mu.Unlock()
}

// Fine, as far as one can know: the book may be a view of that of the leaves.
func (b *Book) TurnAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for e := b.pages.Front(); e != nil; e = e.Next() {
		e.Value.(*Leaf).turn()
	}
}

// Fine: the same by name.
func (b *Book) Turn(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if l, ok := b.names.Load(name); ok {
		l.(*Leaf).turn()
	}
}
