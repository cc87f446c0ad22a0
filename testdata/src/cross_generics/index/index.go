// Package index has a table of objects of a generic type, to which methods store that have nothing of them.
package index

import "sync"

// An Entry is linked.
type Entry[T any] struct {
	next *Entry[T]
	Val  T
}

var (
	mu      sync.Mutex
	entries = map[string]*Entry[int]{}
)

type linker struct{ n int }

func (l *linker) link() { entries["first"].next = entries["last"]; l.n++ }

func (l *linker) links() int {
	mu.Lock()
	defer mu.Unlock()
	return l.n
}

// Deadlocks: links locks, too.
func (l *linker) more() int {
	mu.Lock()
	defer mu.Unlock()
	l.link()
	return l.links() // want `\[relock\]`
}

// Fine: unlocked before.
func (l *linker) one() int {
	mu.Lock()
	l.link()
	mu.Unlock()
	return l.links()
}
