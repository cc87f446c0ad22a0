// Package callback_arguments calls what it is passed more than once, with one
// argument and with another.
package callback_arguments

import "sync"

// An Account has a balance.
type Account struct {
	mu sync.Mutex
	n  int
}

func touch(a *Account) {
	a.mu.Lock()
	a.n++
	a.mu.Unlock()
}

// A toucher does so as a method.
type toucher struct{}

func (toucher) touch(a *Account) { touch(a) }

type visitor interface{ touch(*Account) }

// one calls f with one of the two.
func one(first bool, a, b *Account, f func(*Account)) {
	if first {
		f(a)
	} else {
		f(b)
	}
}

// oneOf is one, with a method.
func oneOf(first bool, a, b *Account, v visitor) {
	if first {
		v.touch(a)
	} else {
		v.touch(b)
	}
}

// both calls f with both.
func both(a, b *Account, f func(*Account)) {
	f(a)
	f(b)
}

// locked calls f with both, under the lock of a.
func (a *Account) locked(b, c *Account, f func(*Account)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f(b)
	f(c)
}

// five calls f with more arguments than are told apart.
func five(a, b, c, d, e *Account, f func(*Account)) {
	f(a)
	f(b)
	f(c)
	f(d)
	f(e)
}

// Fine: f gets the other one.
func First(a, b *Account) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one(true, a, b, touch)
}

// Fine: f gets the other one.
func Second(a, b *Account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	one(false, a, b, touch)
}

// Deadlocks: f gets this one.
func FirstHeld(a, b *Account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	one(true, a, b, touch) // want `\[relock\]`
}

// Deadlocks: f gets this one.
func SecondHeld(a, b *Account) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one(false, a, b, touch) // want `\[relock\]`
}

// Fine: the method gets the other one.
func FirstOf(a, b *Account) {
	b.mu.Lock()
	defer b.mu.Unlock()
	oneOf(true, a, b, toucher{})
}

// Deadlocks: the method gets this one.
func FirstOfHeld(a, b *Account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	oneOf(true, a, b, toucher{}) // want `\[relock\]`
}

// Deadlocks: the second call gets it.
func BothHeld(a, b *Account) {
	b.mu.Lock()
	defer b.mu.Unlock()
	both(a, b, touch) // want `\[relock\]`
}

// Deadlocks: the second call under the lock gets it.
func LockedHeld(a, b *Account) {
	a.locked(b, a, touch) // want `\[relock\]`
}

// Fine: neither call gets it.
func LockedOthers(a, b, c *Account) {
	a.locked(b, c, touch)
}

// Fine: none of them is locked.
func Five(a, b, c, d, e, f *Account) {
	f.mu.Lock()
	defer f.mu.Unlock()
	five(a, b, c, d, e, touch)
}

// Deadlocks: the second one is locked.
func FiveHeld(a, b, c, d, e *Account) {
	b.mu.Lock()
	defer b.mu.Unlock()
	five(a, b, c, d, e, touch) // want `\[relock\]`
}
