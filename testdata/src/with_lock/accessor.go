package with_lock

import "sync"

// A Table is read and changed by functions that get access to it under its lock.
type Table struct {
	mu   sync.Mutex
	rows map[string]int
}

// View calls f with a function that reads the table.
func (t *Table) View(f func(get func(string) int)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f(func(key string) int { return t.rows[key] })
}

// Pause calls f with a function that ends the hold of the lock.
func (t *Table) Pause(f func(end func())) {
	t.mu.Lock()
	f(func() { t.mu.Unlock() })
}

// Get reads under the lock.
func (t *Table) Get(key string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rows[key]
}

// Deadlocks: the function that reads keeps the lock as it is.
func (t *Table) Sum(a, b string) (n int) {
	t.View(func(get func(string) int) { // want `\[relock\]`
		n = get(a) + t.Get(b)
	})
	return n
}

// Fine: both are read by what is passed.
func (t *Table) SumInside(a, b string) (n int) {
	t.View(func(get func(string) int) { n = get(a) + get(b) })
	return n
}

// Fine: the lock is free when the table is read.
func (t *Table) Ended(a string) (n int) {
	t.Pause(func(end func()) {
		end()
		n = t.Get(a)
	})
	return n
}
