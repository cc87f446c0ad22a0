package objects_made_here

import "sync"

// An account can be split in two.
type account struct {
	mu     sync.Mutex
	amount int
}

func (a *account) unlock() { a.mu.Unlock() }

func (a *account) total() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.amount
}

// fill leaves the account locked for who has started it.
func (a *account) fill(ready chan bool) {
	a.mu.Lock()
	a.amount = 1
	ready <- true
}

// Deadlocks: what is released is the lock of the new account.
func (a *account) Split() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	b, ready := &account{}, make(chan bool)
	go b.fill(ready)
	<-ready
	b.unlock()
	return a.total() // want `\[relock\]`
}

// Fine: c may be a.
func (a *account) Join(c *account) int {
	a.mu.Lock()
	c.unlock()
	return a.total()
}
