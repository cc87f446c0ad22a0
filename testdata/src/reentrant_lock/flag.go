package reentrant_lock

import "sync"

// A booth has a flag that says whether its lock is held by who calls. Who takes the lock
// sets the flag and resets it, and leaves it as it was.
type booth struct {
	mu     sync.Mutex
	inside bool
	calls  int
}

func (b *booth) call() {
	if !b.inside {
		b.mu.Lock()
		b.inside = true
		defer func() {
			b.inside = false
			b.mu.Unlock()
		}()
	}
	b.calls++
}

func (b *booth) callAll(n int) {
	for range n {
		b.call()
	}
}

// Fine: the flag is set.
func (b *booth) Inside() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.inside = true
	b.call()
	b.call()
	b.callAll(2)
	b.callAll(3)
	b.inside = false
}

// Deadlocks: it is not any more.
func (b *booth) Outside() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.inside = true
	b.call()
	b.inside = false
	b.call() // want `\[relock\]`
}

// Deadlocks: it is not, whatever it was.
func (b *booth) Again() {
	b.call()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.inside = false
	b.callAll(2) // want `\[relock\]`
}

func (b *booth) callBy(held *bool) {
	if !*held {
		b.mu.Lock()
		*held = true
		b.calls++
		*held = false
		b.mu.Unlock()
		return
	}
	b.calls++
}

// Fine: the variable says so.
func (b *booth) Held(n int) {
	held := true
	b.mu.Lock()
	defer b.mu.Unlock()
	for range n {
		b.callBy(&held)
	}
	b.callBy(&held)
}

// Deadlocks: it says so only at first.
func (b *booth) Free() {
	held := true
	b.mu.Lock()
	defer b.mu.Unlock()
	b.callBy(&held)
	held = false
	b.callBy(&held) // want `\[relock\]`
}
