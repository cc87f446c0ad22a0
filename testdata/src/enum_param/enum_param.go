// Package enum_param holds cases of lock states told by constants of an enumerated type, by ints and by strings.
package enum_param

import "sync"

type held int

const (
	none held = iota
	read
	write
)

// A Volume is a volume of blocks.
type Volume struct {
	mu     sync.RWMutex
	blocks []int
	dirty  bool
}

// used takes a read lock unless the caller has some lock.
func (v *Volume) used(h held) int {
	if h == none {
		v.mu.RLock()
		defer v.mu.RUnlock()
	}
	return len(v.blocks)
}

// sync takes the write lock unless the caller has it.
func (v *Volume) sync(h held) {
	switch h {
	case none:
		v.mu.Lock()
		defer v.mu.Unlock()
	case read:
		panic("read lock is not enough")
	}
	v.dirty = false
}

// Fine: the caller tells that it has the write lock.
func (v *Volume) Append(b int) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.blocks = append(v.blocks, b)
	v.sync(write)
	return v.used(write)
}

// Deadlocks: the caller tells that it has no lock.
func (v *Volume) Cut() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.blocks = v.blocks[1:]
	return v.used(none) // want `\[downgrade\]`
}

// Deadlocks: the write lock again.
func (v *Volume) Flush() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.dirty {
		v.sync(none) // want `\[relock\]`
	}
}

// Fine: with the read lock, the callee panics, it does not lock.
func (v *Volume) Check() {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.used(read) > 0 {
		v.sync(read)
	}
}

// Deadlocks when a writer waits in between.
func (v *Volume) Free(of int) int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return of - v.used(none) // want `\[recursive-rlock\]`
}

// stat takes what it is asked to take.
func (v *Volume) stat(take held) (n int, dirty bool) {
	switch take {
	case read:
		v.mu.RLock()
		defer v.mu.RUnlock()
	case write:
		v.mu.Lock()
		defer v.mu.Unlock()
		v.dirty = true
	}
	return len(v.blocks), v.dirty
}

// Fine: nothing is to be taken.
func (v *Volume) Touch() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	n, _ := v.stat(none)
	return n
}

// Deadlocks: a read lock is to be taken.
func (v *Volume) Mark() {
	v.mu.Lock()
	defer v.mu.Unlock()
	_, v.dirty = v.stat(read) // want `\[downgrade\]`
}

// Deadlocks: the write lock is to be taken under the read lock.
func (v *Volume) Peek() bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	_, d := v.stat(write) // want `\[upgrade\]`
	return d
}

// resize gets an int and compares it with a constant.
func (v *Volume) resize(mode, n int) {
	if mode != 2 {
		v.mu.Lock()
		defer v.mu.Unlock()
	}
	v.blocks = v.blocks[:n]
}

// Fine: 2 says that the lock is held.
func (v *Volume) Half() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.resize(2, len(v.blocks)/2)
}

// Deadlocks: 1 does not.
func (v *Volume) Third() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.resize(1, len(v.blocks)/3) // want `\[relock\]`
}

// name gets a string.
func (v *Volume) name(how string) int {
	if how == "shared" {
		v.mu.RLock()
		defer v.mu.RUnlock()
	}
	return v.blocks[0]
}

// Fine: "raw" is not "shared".
func (v *Volume) Raw() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.name("raw")
}

// Deadlocks: "shared" takes a read lock.
func (v *Volume) Shared() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.name("shared") // want `\[downgrade\]`
}

// forward hands the state on through two functions.
func (v *Volume) forward(h held) int { return v.used(h) + 1 }

// Fine: the constant arrives.
func (v *Volume) Sum() int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.forward(read)
}

// Deadlocks when a writer waits in between: the constant arrives.
func (v *Volume) Wrong() int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.forward(none) // want `\[recursive-rlock\]`
}

// Fine: the state is computed next to the lock.
func (v *Volume) Maybe(big bool) int {
	h := none
	if big {
		v.mu.RLock()
		defer v.mu.RUnlock()
		h = read
	}
	return v.used(h)
}
