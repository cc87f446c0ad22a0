// Package closures holds cases of function literals: called in place, bound to variables, calling each other.
package closures

import (
	"errors"
	"fmt"
	"sync"
)

// An Account has a balance.
type Account struct {
	mu      sync.Mutex
	balance int
	history []int
	frozen  bool
}

// Balance returns the balance.
func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// Deadlocks: a literal that is called in place runs under the lock.
func (a *Account) Deposit(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += n
	func() { a.history = append(a.history, a.Balance()) }() // want `\[relock\]`
}

// Fine: the literal locks and unlocks before the lock is taken.
func (a *Account) Withdraw(n int) bool {
	enough := func() bool {
		a.mu.Lock()
		defer a.mu.Unlock()
		return a.balance >= n
	}()
	a.mu.Lock()
	defer a.mu.Unlock()
	if enough {
		a.balance -= n
	}
	return enough
}

// Deadlocks: the variable is assigned once, and its function locks.
func (a *Account) Freeze() {
	note := func(s string) { fmt.Println(s, a.Balance()) }
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.frozen {
		note("freeze") // want `\[relock\]`
		a.frozen = true
	}
}

// Fine: the literal unlocks what is locked around it.
func (a *Account) Thaw() int {
	done := func() {
		a.frozen = false
		a.mu.Unlock()
	}
	a.mu.Lock()
	done()
	return a.Balance()
}

// Deadlocks: begin locks, and no end is called before Balance.
func (a *Account) Audit() int {
	begin := func() { a.mu.Lock() }
	end := func() { a.mu.Unlock() }
	begin()
	defer end()
	return a.Balance() - len(a.history) // want `\[relock\]`
}

// Fine: end is called before Balance.
func (a *Account) Close() int {
	begin := func() { a.mu.Lock() }
	end := func() { a.mu.Unlock() }
	begin()
	a.frozen = true
	end()
	return a.Balance()
}

// Fine: the literal fail calls the literal rollback, which unlocks.
func (a *Account) Apply(ops []int) error {
	a.mu.Lock()
	was := a.balance
	rollback := func() {
		a.balance = was
		a.mu.Unlock()
	}
	fail := func(msg string) error {
		rollback()
		return fmt.Errorf("%s, balance %d", msg, a.Balance())
	}
	for _, op := range ops {
		if a.balance+op < 0 {
			return fail("too low")
		}
		a.balance += op
	}
	a.mu.Unlock()
	return nil
}

// Deadlocks: this fail asks for the balance before rollback has unlocked.
func (a *Account) ApplyAll(ops []int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	was := a.balance
	rollback := func() { a.balance = was }
	fail := func(msg string) error {
		rollback()
		return fmt.Errorf("%s, balance %d", msg, a.Balance())
	}
	for _, op := range ops {
		if a.balance+op < 0 {
			return fail("too low") // want `\[relock\]`
		}
		a.balance += op
	}
	return nil
}

// Fine: the literal is returned, not called.
func (a *Account) Reader() func() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return func() int { return a.Balance() }
}

// Deadlocks: a literal inside a literal, both called under the lock.
func (a *Account) Nested() (n int) {
	outer := func() {
		inner := func() { n = a.Balance() }
		inner()
	}
	a.mu.Lock()
	outer() // want `\[relock\]`
	a.mu.Unlock()
	return n
}

// Deadlocks: the whole critical section is inside one literal.
func (a *Account) Inside() {
	run := func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.balance = a.Balance() // want `\[relock\]`
	}
	run()
}

// Fine: a literal with its own lock and unlock, called twice in a row.
func (a *Account) Twice() error {
	add := func(n int) {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.balance += n
	}
	add(1)
	add(2)
	if a.Balance() == 0 {
		return errors.New("empty")
	}
	return nil
}

// Fine: the literal is bound to another account.
func (a *Account) Move(b *Account, n int) {
	room := func() bool { return b.Balance() < n }
	a.mu.Lock()
	defer a.mu.Unlock()
	if room() {
		a.balance -= n
	}
}

func counter(a *Account) func() int {
	return func() int { return a.Balance() }
}

// Deadlocks: the literal that counter returned has captured a.
func (a *Account) Sample() {
	count := counter(a)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.history = append(a.history, count()) // want `\[relock\]`
}

// Fine: the literal that counter returned has captured b.
func (a *Account) SampleOf(b *Account) {
	count := counter(b)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.history = append(a.history, count())
}

// Deadlocks: a literal that calls itself, under the lock.
func (a *Account) Fold() int {
	var fold func(i int) int
	fold = func(i int) int {
		if i == 0 {
			return a.Balance()
		}
		return fold(i-1) + 1
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return fold(len(a.history)) // want `\[relock\]`
}
