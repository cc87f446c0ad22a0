// Package lock_wrapper holds cases of own lock types and of lock and unlock methods.
package lock_wrapper

import (
	"fmt"
	"sync"
	"time"

	"lock_wrapper/dlock"
	"lock_wrapper/syncx"
)

// Mu is a mutex under another name.
type Mu sync.Mutex

// Lock locks m.
func (m *Mu) Lock() { (*sync.Mutex)(m).Lock() }

// Unlock unlocks m.
func (m *Mu) Unlock() { (*sync.Mutex)(m).Unlock() }

// timed is a mutex that knows since when it is held.
type timed struct {
	mu    sync.Mutex
	since time.Time
}

func (t *timed) Lock() {
	t.mu.Lock()
	t.since = time.Now()
}

func (t *timed) Unlock() {
	t.since = time.Time{}
	t.mu.Unlock()
}

// A Ledger has a lock of every kind.
type Ledger struct {
	a    Mu
	b    timed
	c    syncx.Mutex
	d    dlock.RWMutex
	e    dlock.Mutex
	mu   sync.RWMutex
	rows []int
	hits int
}

func (l *Ledger) underA() int {
	l.a.Lock()
	defer l.a.Unlock()
	return len(l.rows)
}

// Deadlocks: Mu.Lock locks the mutex that it is.
func (l *Ledger) Append(n int) int {
	l.a.Lock()
	defer l.a.Unlock()
	l.rows = append(l.rows, n)
	return l.underA() // want `\[relock\]`
}

// Fine: released by Mu.Unlock.
func (l *Ledger) Clip() int {
	l.a.Lock()
	l.rows = l.rows[:0]
	l.a.Unlock()
	return l.underA()
}

func (l *Ledger) underB() int {
	l.b.Lock()
	n := len(l.rows)
	l.b.Unlock()
	return n
}

// Deadlocks: timed.Lock locks its field.
func (l *Ledger) Last() int {
	l.b.Lock()
	defer l.b.Unlock()
	return l.rows[l.underB()-1] // want `\[relock\]`
}

// Fine: two wrappers, two locks.
func (l *Ledger) First() int {
	l.a.Lock()
	defer l.a.Unlock()
	return l.rows[l.underB()-1]
}

func (l *Ledger) underC() (n int) {
	l.c.With(func() { n = len(l.rows) })
	return n
}

// Deadlocks: the imported wrapper holds its mutex.
func (l *Ledger) Pad() {
	l.c.Lock()
	defer l.c.Unlock()
	for l.underC() < 8 { // want `\[relock\]`
		l.rows = append(l.rows, 0)
	}
}

// Fine: With has unlocked when it returns.
func (l *Ledger) Fit() {
	l.c.With(func() { l.rows = append(l.rows, 0) })
	if l.underC() > 8 {
		l.c.With(func() { l.rows = nil })
	}
}

func (l *Ledger) underD() int {
	l.d.RLock()
	defer l.d.RUnlock()
	return l.hits
}

// Deadlocks: the debugging lock locks through a method value.
func (l *Ledger) Hit() {
	l.d.Lock()
	defer l.d.Unlock()
	l.hits = l.underD() + 1 // want `\[downgrade\]`
}

// Deadlocks when a writer waits in between.
func (l *Ledger) Show() string {
	l.d.RLock()
	defer l.d.RUnlock()
	return fmt.Sprintf("%d hits", l.underD()) // want `\[recursive-rlock\]`
}

// Fine: released before.
func (l *Ledger) Miss() int {
	l.d.Lock()
	l.hits--
	l.d.Unlock()
	return l.underD()
}

// Deadlocks: Lock of the debugging mutex twice.
func (l *Ledger) Zero() {
	l.e.Lock()
	l.hits = 0
	l.e.Lock() // want `\[relock\]`
	l.rows = nil
	l.e.Unlock()
}

func (l *Ledger) begin() {
	l.mu.Lock()
	l.hits++
}

func (l *Ledger) end() {
	l.hits--
	l.mu.Unlock()
}

func (l *Ledger) beginRead() *Ledger {
	l.mu.RLock()
	return l
}

func (l *Ledger) endRead() { l.mu.RUnlock() }

// Deadlocks: begin returns with the lock held.
func (l *Ledger) Sum() (s int) {
	l.begin()
	defer l.end()
	for i := 0; i < l.rowCount(); i++ { // want `\[downgrade\]`
		s += l.rows[i]
	}
	return s
}

func (l *Ledger) rowCount() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.rows)
}

// Deadlocks: begin under begin.
func (l *Ledger) Begin2() {
	l.begin()
	l.begin() // want `\[relock\]`
	l.end()
}

// Deadlocks when a writer waits in between: beginRead returns its receiver, read-locked.
func (l *Ledger) Avg() int {
	defer l.beginRead().endRead()
	if len(l.rows) == 0 {
		return 0
	}
	return l.rows[0] / l.rowCount() // want `\[recursive-rlock\]`
}

// Fine: begin and end pair up before the next begin.
func (l *Ledger) Twice() int {
	l.begin()
	l.end()
	l.begin()
	l.rows = nil
	l.end()
	return l.rowCount()
}

// Fine: another ledger.
func (l *Ledger) Copy(from *Ledger) {
	l.begin()
	defer l.end()
	from.begin()
	l.rows = append(l.rows, from.rows...)
	from.end()
}
