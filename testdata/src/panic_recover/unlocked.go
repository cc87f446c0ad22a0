package panic_recover

import "sync"

// A tally checks what it is given under its lock.
type tally struct {
	mu sync.Mutex
	n  int
}

func (t *tally) inc() {
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
}

// Fine: where add panics the deferred call unlocks, and else add has.
func (t *tally) add(n int) {
	defer func() {
		if r := recover(); r != nil {
			t.mu.Unlock()
		}
		t.inc()
	}()
	t.mu.Lock()
	if n < 0 {
		panic("negative")
	}
	t.mu.Unlock()
}

// Deadlocks where it panics: what recover returns is not nil, and the deferred
// call counts before it unlocks.
func (t *tally) sub(n int) {
	defer func() { // want `locked at unlocked.go:41 and still held when tally.sub panics at unlocked.go:43, then .*\[relock\]`
		if recover() != nil {
			t.inc()
			t.mu.Unlock()
		}
	}()
	t.mu.Lock()
	if n < 0 {
		panic("negative")
	}
	t.mu.Unlock()
}

// Fine: nobody recovers what did not happen.
func (t *tally) set(n int) {
	defer func() {
		if recover() != nil {
			t.inc()
		}
	}()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n = n
}

// Fine: recover is nil where the call is not deferred.
func (t *tally) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.onPanic()
}

func (t *tally) onPanic() {
	if recover() != nil {
		t.inc()
	}
}

// Fine: a select chooses one of its cases, and unlocks after it.
func (t *tally) wait(done, stop chan bool) {
	defer t.inc()
	t.mu.Lock()
	select {
	case <-done:
	case <-stop:
		t.n = 0
	}
	t.mu.Unlock()
}

// Deadlocks where it is told to stop: the deferred call runs under the lock.
func (t *tally) await(done, stop chan bool) {
	defer t.inc() // want `still held when tally.await panics at unlocked.go:\d+, then .*\[relock\]`
	t.mu.Lock()
	select {
	case <-done:
	case <-stop:
		panic("stopped")
	}
	t.mu.Unlock()
}
