// Package low is at the bottom: it locks.
package low

import "sync"

// A Buffer is a buffer of bytes.
type Buffer struct {
	mu  sync.RWMutex
	buf []byte
}

// Len returns the number of bytes.
func (b *Buffer) Len() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.buf)
}

// Acquire locks b.
func (b *Buffer) Acquire() { b.mu.Lock() }

// Release unlocks b.
func (b *Buffer) Release() { b.mu.Unlock() }

// Free is called with b locked and gives the lock up for a moment.
func (b *Buffer) Free() {
	b.buf = nil
	b.Release()
	b.Acquire()
}
