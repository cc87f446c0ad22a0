// Package hooks has a variable that importers set.
package hooks

import "sync"

var (
	mu    sync.Mutex
	seen  int
	OnAdd func(n int)
	OnDel func(n int)
)

// Count returns a counter.
func Count() int {
	mu.Lock()
	defer mu.Unlock()
	return seen
}

// Add calls OnAdd under the lock.
func Add(n int) {
	mu.Lock()
	defer mu.Unlock()
	seen += n
	if OnAdd != nil {
		OnAdd(n)
	}
}

// Del calls OnDel without the lock.
func Del(n int) {
	mu.Lock()
	seen -= n
	mu.Unlock()
	if OnDel != nil {
		OnDel(n)
	}
}
