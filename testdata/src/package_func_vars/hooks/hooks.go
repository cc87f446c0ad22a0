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

// A Watcher is told of changes.
type Watcher interface{ Changed(n int) }

var (
	// Watch is told of changes, under the lock.
	Watch Watcher
	// OnAudit is called under a lock of its own.
	OnAudit func(n int)
	// Options has functions: OnFlush is called under the lock.
	Options struct {
		OnFlush func()
		OnClose func()
	}
	auditMu sync.Mutex
)

// Notify tells the watcher.
func Notify(n int) {
	mu.Lock()
	defer mu.Unlock()
	if Watch != nil {
		Watch.Changed(n)
	}
}

// Audit calls OnAudit under another lock.
func Audit(n int) {
	auditMu.Lock()
	defer auditMu.Unlock()
	OnAudit(n)
}

// Flush calls OnFlush under the lock, and OnClose without it.
func Flush() {
	mu.Lock()
	Options.OnFlush()
	mu.Unlock()
	Options.OnClose()
}
