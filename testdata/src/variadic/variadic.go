// Package variadic holds cases of variadic functions and the slices that they get.
package variadic

import (
	"fmt"
	"strings"
	"sync"
)

// A Tag set keeps labels.
type Tags struct {
	mu  sync.Mutex
	set map[string]bool
	out []string
}

func (t *Tags) has(names ...string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, n := range names {
		if !t.set[n] {
			return false
		}
	}
	return true
}

func (t *Tags) logf(format string, args ...any) {
	t.out = append(t.out, fmt.Sprintf(format, args...))
}

func (t *Tags) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.set)
}

// Deadlocks: has locks, with arguments or without.
func (t *Tags) Add(names ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.has(names...) { // want `\[relock\]`
		return
	}
	for _, n := range names {
		t.set[n] = true
	}
}

// Deadlocks: a variadic argument is evaluated under the lock.
func (t *Tags) Del(n string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.set, n)
	t.logf("%s deleted, %d left", n, t.count()) // want `\[relock\]`
}

// Fine: logf takes no lock and its arguments take none.
func (t *Tags) Clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.logf("cleared %d", len(t.set))
	clear(t.set)
}

// Fine: the lock is free when has is called.
func (t *Tags) Toggle(a, b string) {
	both := t.has(a, b)
	t.mu.Lock()
	t.set[a] = !both
	t.mu.Unlock()
	if t.has() {
		t.logf("toggled %s", strings.Join([]string{a, b}, ","))
	}
}

func lockEach(ls ...sync.Locker) {
	for _, l := range ls {
		l.Lock()
	}
}

func unlockEach(ls ...sync.Locker) {
	for _, l := range ls {
		l.Unlock()
	}
}

// Fine: the locks are two.
func swap(a, b *Tags) {
	lockEach(&a.mu, &b.mu)
	a.set, b.set = b.set, a.set
	unlockEach(&a.mu, &b.mu)
}

// Deadlocks: lockEach locks what is held.
func (t *Tags) Freeze() {
	t.mu.Lock()
	defer t.mu.Unlock()
	lockEach(&t.mu) // want `\[relock\]`
	t.set = nil
}

// Fine: the other set's lock.
func (t *Tags) Take(from *Tags) {
	t.mu.Lock()
	defer t.mu.Unlock()
	lockEach(&from.mu)
	t.set = from.set
	unlockEach(&from.mu)
}

func (t *Tags) under(fs ...func(*Tags)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, f := range fs {
		f(t)
	}
}

// Deadlocks: one of the functions locks what under holds.
func (t *Tags) Init() {
	t.under(func(t *Tags) { t.set = map[string]bool{} }, func(t *Tags) { t.logf("%d", t.count()) }) // want `\[relock\]`
}

// Fine: none of the functions locks.
func (t *Tags) Reset() {
	t.under(func(t *Tags) { t.set = map[string]bool{} }, func(t *Tags) { t.logf("%d", len(t.set)) })
}

// Fine: no function at all.
func (t *Tags) Nop() { t.under() }

// size takes the lock unless its caller says that it has it.
func (t *Tags) size(locked ...bool) int {
	if len(locked) == 0 || !locked[0] {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	return len(t.set)
}

// Fine: size is told.
func (t *Tags) Half() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.size(true) / 2
}

// Deadlocks: size is told the wrong thing.
func (t *Tags) Third() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.size(false) / 3 // want `\[relock\]`
}

// Deadlocks: size is told nothing.
func (t *Tags) Quarter() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.size() / 4 // want `\[relock\]`
}

// Deadlocks: what is left of the slice is empty.
func (t *Tags) Fifth() int {
	flags := []bool{true}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.size(flags[:0]...) / 5 // want `\[relock\]`
}

// Rows are read into what is passed.
type Rows struct {
	mu   sync.RWMutex
	held bool
}

// Raw is memory of the rows.
type Raw []byte

func hasRaw(dest []any) bool {
	for _, d := range dest {
		if _, ok := d.(*Raw); ok {
			return true
		}
	}
	return false
}

// Scan keeps the lock as long as there is somebody who reads their memory.
func (r *Rows) Scan(dest ...any) {
	r.mu.RLock()
	if hasRaw(dest) {
		r.held = true
		return
	}
	r.mu.RUnlock()
}

// Err read-locks.
func (r *Rows) Err() {
	r.mu.RLock()
	defer r.mu.RUnlock()
}

// Fine: a string is none of their memory, which only the caller knows.
func (r *Rows) Read() {
	var s string
	r.Scan(&s)
	r.Err()
}

// Open locks whatever it is passed.
func (r *Rows) Open(dest ...any) {
	r.mu.RLock()
	r.held = len(dest) > 0
}

// Deadlocks: it is locked, whatever is passed.
func (r *Rows) Reopen() {
	var s string
	r.Open(&s)
	r.Err() // want `\[recursive-rlock\]`
}
