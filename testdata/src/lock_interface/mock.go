package lock_interface

import "sync"

// A Pool has a lock of its own behind an interface.
type Pool interface {
	Lock()
	Unlock()
	Flush() error
}

// A mock counts its calls under a mutex; it is locked by nobody.
type mock struct {
	mu    sync.Mutex
	calls map[string]int
}

func (m *mock) called(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls[name]++
}

func (m *mock) Lock()        { m.called("Lock") }
func (m *mock) Unlock()      { m.called("Unlock") }
func (m *mock) Flush() error { m.called("Flush"); return nil }

// A real pool flushes under its lock.
type real struct {
	mu sync.Mutex
	n  int
}

func (r *real) Lock()   { r.mu.Lock() }
func (r *real) Unlock() { r.mu.Unlock() }
func (r *real) Flush() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n = 0
	return nil
}

type executor struct{ pool Pool }

func (e *executor) commit() error {
	e.pool.Lock()
	defer e.pool.Unlock()
	return e.pool.Flush()
}

// Fine: Lock of the mock leaves nothing locked.
func mocked() error {
	m := &mock{calls: map[string]int{}}
	e := &executor{pool: m}
	return e.commit()
}

// Deadlocks: the executor holds the lock that Flush takes.
func deadlocked() error {
	r := &real{}
	r.Lock()
	defer r.Unlock()
	return r.Flush() // want `\[relock\]`
}
