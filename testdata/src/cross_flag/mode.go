package cross_flag

import (
	"sync"

	"cross_flag/mode"
)

type trace struct {
	mu sync.Mutex
	n  int
}

func (t *trace) bump() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n++
}

// Fine: it is locked and unlocked in the same mode.
func (t *trace) step() {
	if mode.Traced() {
		t.mu.Lock()
	}
	t.n++
	if mode.Traced() {
		t.mu.Unlock()
	}
	t.bump()
}

// Deadlocks: the other way round.
func (t *trace) wrong() {
	if mode.Traced() {
		t.mu.Lock()
	}
	t.n++
	if !mode.Traced() {
		t.mu.Unlock()
	}
	t.bump() // want `\[relock\]`
}

// Deadlocks: another question is asked.
func (t *trace) other() {
	if mode.Traced() {
		t.mu.Lock()
	}
	t.n++
	if mode.Quiet() {
		t.mu.Unlock()
	}
	t.bump() // want `\[relock\]`
}

// Deadlocks: in a loop the answer may be another one.
func (t *trace) loop() {
	for range 3 {
		if !mode.Traced() {
			t.mu.Lock() // want `\[relock\]`
		}
	}
}
