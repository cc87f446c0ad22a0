package recursion

import "sync"

// A Forest is locked by the first of the calls that go through its trees.
type Forest struct {
	mu    sync.Mutex
	trees int
}

// A tree has branches.
type tree struct{ left, right *tree }

// Fine: limited locks at depth 0, and deeper calls do not.
func (f *Forest) limited(depth int) {
	if depth == 0 {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	f.trees++
	if depth < 6 {
		f.limited(depth + 1)
	}
}

// Fine: walk locks at depth 0, and deeper calls do not.
func (f *Forest) walk(t *tree, depth int) {
	if t == nil {
		return
	}
	if depth == 0 {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	f.trees++
	f.walk(t.left, depth+1)
	f.walk(t.right, depth+1)
}

// Fine: down locks where 7 are left, and calls itself with less.
func (f *Forest) down(left uint) {
	if left == 7 {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	f.trees++
	if left > 0 {
		f.down(left - 1)
	}
}

// Deadlocks: up locks at depths 0, 1 and 2.
func (f *Forest) up(depth int) {
	if depth < 3 {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	if depth < 9 {
		f.up(depth + 1) // want `\[relock\]`
	}
}

// Deadlocks: same forgets to count.
func (f *Forest) same(t *tree, depth int) {
	if t == nil {
		return
	}
	if depth == 0 {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	f.same(t.left, depth) // want `\[relock\]`
}

// Deadlocks: it starts at depth 0.
func (f *Forest) Start() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.limited(0) // want `\[relock\]`
}

// Fine: it starts below.
func (f *Forest) Below(t *tree) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.limited(1)
	f.walk(t, 1)
}

// Deadlocks: it starts above, and comes to depth 0.
func (f *Forest) Above(t *tree) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.walk(t, -2) // want `\[relock\]`
}

// every locks for even numbers.
func (f *Forest) every(n int) {
	if n%2 == 0 {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	f.trees += n / 2
}

// Fine: an odd number.
func (f *Forest) Odd() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.every(3)
}

// Deadlocks: an even number.
func (f *Forest) Even() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.every(4) // want `\[relock\]`
}

// half locks where the half is large.
func (f *Forest) half(n int) {
	if n/2 > 3 && n*2 < 30 {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	f.trees = n
}

// Fine: half of 7 is 3.
func (f *Forest) Small() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.half(7)
}

// Deadlocks: half of 8 is 4.
func (f *Forest) Large() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.half(8) // want `\[relock\]`
}
