// Package defer_order holds cases of deferred calls before and after a deferred unlock.
package defer_order

import (
	"fmt"
	"sync"
)

// A Writer batches lines.
type Writer struct {
	mu    sync.Mutex
	rw    sync.RWMutex
	lines []string
	bytes int
}

func (w *Writer) flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines = w.lines[:0]
}

func (w *Writer) size() int {
	w.rw.RLock()
	defer w.rw.RUnlock()
	return w.bytes
}

// Deadlocks: deferred later, so flush runs before the unlock.
func (w *Writer) Write(s string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.flush() // want `\[relock\]`
	w.lines = append(w.lines, s)
}

// Fine: deferred earlier, so flush runs after the unlock.
func (w *Writer) WriteAll(s []string) {
	defer w.flush()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines = append(w.lines, s...)
}

// Fine: the literal unlocks and then flushes.
func (w *Writer) Line(s string) {
	w.mu.Lock()
	defer func() {
		w.mu.Unlock()
		w.flush()
	}()
	w.lines = append(w.lines, s)
}

// Deadlocks: the literal flushes and then unlocks.
func (w *Writer) Lines(s ...string) {
	w.mu.Lock()
	defer func() { // want `\[relock\]`
		w.flush()
		w.mu.Unlock()
	}()
	w.lines = append(w.lines, s...)
}

// Deadlocks: the result is computed before the deferred unlock.
func (w *Writer) Grow(n int) int {
	w.rw.Lock()
	defer w.rw.Unlock()
	w.bytes += n
	return w.size() // want `\[downgrade\]`
}

// Deadlocks: the loop defers the unlock to the end of the function and locks again.
func (w *Writer) Each(ss []string) {
	for _, s := range ss {
		w.mu.Lock() // want `\[relock\]`
		defer w.mu.Unlock()
		w.lines = append(w.lines, s)
	}
}

// Fine: the literal is a function of its own, its deferred unlock runs in each iteration.
func (w *Writer) EachOnce(ss []string) {
	for _, s := range ss {
		func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.lines = append(w.lines, s)
		}()
	}
}

// Fine: every iteration locks a writer of its own.
func broadcast(ws []*Writer, s string) {
	for _, w := range ws {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.lines = append(w.lines, s)
	}
}

// Deadlocks: only when verbose, the deferred flush runs under the lock.
func (w *Writer) Close(verbose bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if verbose {
		defer w.flush() // want `\[relock\]`
	}
	w.lines = nil
}

// Fine: when verbose, the unlock is not deferred but done before the end.
func (w *Writer) End(verbose bool) {
	w.mu.Lock()
	w.lines = nil
	if verbose {
		defer w.flush()
	}
	w.mu.Unlock()
}

// Deadlocks: the deferred call runs at the end, where the lock has been taken.
func (w *Writer) Begin() {
	defer w.flush() // want `\[relock\]`
	w.mu.Lock()
	w.lines = []string{"begin"}
}

// Fine: the deferred call was made while nothing is held, and nothing is held at the end.
func (w *Writer) Touch() {
	defer w.flush()
	w.mu.Lock()
	w.lines = append(w.lines, "")
	w.mu.Unlock()
}

// Fine: the unlock is deferred before the lock is taken, and still runs after everything.
func (w *Writer) Odd() int {
	defer fmt.Println("odd", w.size())
	defer w.mu.Unlock()
	w.mu.Lock()
	return len(w.lines)
}

// Deadlocks: a deferred literal reads the size under the read lock (when a writer waits in between).
func (w *Writer) Stats() (n int) {
	w.rw.RLock()
	defer w.rw.RUnlock()
	defer func() { n += w.size() }() // want `\[recursive-rlock\]`
	return w.bytes
}

// Fine: three deferred calls, the unlock is the first to run.
func (w *Writer) Three() {
	defer fmt.Println("done")
	defer w.flush()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bytes = 0
}

// Deadlocks: a deferred literal inside a deferred literal.
func (w *Writer) Inner() {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer func() { defer w.flush(); w.bytes++ }() // want `\[relock\]`
	w.lines = nil
}

// Fine: released in the middle, taken again by a deferred call, released by another.
func (w *Writer) Gap() {
	w.mu.Lock()
	defer w.mu.Unlock()
	func() {
		w.mu.Unlock()
		defer w.mu.Lock()
		w.flush()
	}()
	w.bytes = 0
}

// Fine: early return before the lock runs no unlock; the deferred flush finds it free.
func (w *Writer) Maybe(s string) {
	defer w.flush()
	if s == "" {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines = append(w.lines, s)
}

// Deadlocks: the deferred lock runs while the other deferred unlock is still to come.
func (w *Writer) Twice() {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.mu.Lock() // want `\[relock\]`
	w.bytes = 0
}
