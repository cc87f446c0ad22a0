// Package higher_order holds cases of functions that pass functions on, in any depth.
package higher_order

import (
	"errors"
	"strings"
	"sync"
)

// A Ledger has entries.
type Ledger struct {
	mu      sync.RWMutex
	entries []int
	names   map[string]int
}

func (l *Ledger) add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, n)
}

func (l *Ledger) sum() (n int) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, e := range l.entries {
		n += e
	}
	return n
}

func (l *Ledger) tx(f func() error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return f()
}

func retry(n int, f func() error) (err error) {
	for range n {
		if err = f(); err == nil {
			return nil
		}
	}
	return err
}

func logged(name string, f func() error) func() error {
	return func() error {
		if err := f(); err != nil {
			return errors.New(name + ": " + err.Error())
		}
		return nil
	}
}

func all(fs ...func() error) func() error {
	return func() error {
		for _, f := range fs {
			if err := f(); err != nil {
				return err
			}
		}
		return nil
	}
}

func (l *Ledger) check() error {
	if l.sum() < 0 {
		return errors.New("negative")
	}
	return nil
}

func (l *Ledger) empty() error {
	if len(l.entries) == 0 {
		return errors.New("empty")
	}
	return nil
}

// Deadlocks: tx runs retry, which runs check, under the lock.
func (l *Ledger) Commit() error {
	return l.tx(func() error { return retry(3, l.check) }) // want `\[downgrade\]`
}

// Fine: retry runs tx, which runs what does not lock.
func (l *Ledger) Try() error {
	return retry(3, func() error { return l.tx(l.empty) })
}

// Deadlocks: the function is wrapped twice before tx runs it.
func (l *Ledger) Close() error {
	return l.tx(logged("close", logged("check", l.check))) // want `\[downgrade\]`
}

// Fine: wrapped twice, and run before tx.
func (l *Ledger) Open() error {
	f := logged("open", logged("check", l.check))
	if err := f(); err != nil {
		return err
	}
	return l.tx(logged("open", l.empty))
}

// Deadlocks: one function of several.
func (l *Ledger) Verify() error {
	return l.tx(all(l.empty, l.check)) // want `\[downgrade\]`
}

// Fine: none of several.
func (l *Ledger) Inspect() error {
	return l.tx(all(l.empty, l.empty))
}

// Deadlocks: tx inside tx.
func (l *Ledger) Nested() error {
	return l.tx(func() error { return l.tx(l.empty) }) // want `\[relock\]`
}

// Fine: tx after tx.
func (l *Ledger) Twice() error {
	if err := l.tx(l.empty); err != nil {
		return err
	}
	return l.tx(l.empty)
}

// Fine: the other ledger's check under this one's lock.
func (l *Ledger) With(o *Ledger) error {
	return l.tx(logged("with", o.check))
}

func compose(f func(int) int, g func(int) int) func(int) int {
	return func(n int) int { return f(g(n)) }
}

// Deadlocks: one of two composed functions locks.
func (l *Ledger) Compose(n int) int {
	f := compose(func(i int) int { return i + 1 }, func(i int) int { return i * l.sum() })
	l.mu.Lock()
	defer l.mu.Unlock()
	return f(n) // want `\[downgrade\]`
}

// Fine: neither locks.
func (l *Ledger) Shift(n int) int {
	f := compose(func(i int) int { return i + 1 }, func(i int) int { return i * len(l.entries) })
	l.mu.Lock()
	defer l.mu.Unlock()
	return f(n)
}

// Deadlocks when a writer waits in between: strings.Map calls the literal here.
func (l *Ledger) Label(s string) string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return strings.Map(func(r rune) rune { return r + rune(l.sum()) }, s) // want `\[recursive-rlock\]`
}

// Fine: the literal takes no lock.
func (l *Ledger) Plain(s string) string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return strings.Map(func(r rune) rune { return r + rune(len(l.entries)) }, s)
}

func when(c bool, f func()) {
	if c {
		f()
	}
}

// finish passes on the unlock; whether it runs is for when to tell.
func (l *Ledger) finish(c bool) { when(c, l.mu.Unlock) }

// Fine: finish may have unlocked.
func (l *Ledger) Finish() int {
	l.mu.Lock()
	l.finish(len(l.entries) > 0)
	return l.sum()
}

// Fine: the Once unlocks.
func (l *Ledger) CloseOnce() int {
	var once sync.Once
	release := func() { once.Do(func() { l.mu.Unlock() }) }
	l.mu.Lock()
	release()
	return l.sum()
}

// Deadlocks: the Once unlocks too late.
func (l *Ledger) Reopen() (n int) {
	var once sync.Once
	release := func() { once.Do(func() { l.mu.Unlock() }) }
	l.mu.Lock()
	n = l.sum() // want `\[downgrade\]`
	release()
	return n
}
