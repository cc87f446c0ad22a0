package inverse_channel

import "sync"

// An Exec has functions to run.
type Exec struct {
	mu   sync.Mutex
	q    chan func()
	idle chan func()
	done int
}

// NewExec makes one.
func NewExec() *Exec { return &Exec{q: make(chan func(), 8), idle: make(chan func(), 8)} }

// Done locks.
func (e *Exec) Done() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.done
}

// Submit adds a function.
func (e *Exec) Submit() {
	e.q <- func() { e.Done() }
	e.idle <- func() { e.done++ }
}

// Deadlocks: the function locks.
func (e *Exec) RunOne() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if f, ok := <-e.q; ok {
		f() // want `\[relock\]`
	}
}

// Deadlocks: so does each of them.
func (e *Exec) RunAll() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for f := range e.q {
		f() // want `\[relock\]`
	}
}

// Fine: these do not.
func (e *Exec) RunIdle() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for f := range e.idle {
		f()
	}
}

// Fine: they are those of another one.
func (e *Exec) RunOther(o *Exec) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for f := range o.q {
		f()
	}
}
