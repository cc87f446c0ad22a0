// Package cgo_files holds cases in a file that imports "C".
package cgo_files

/*
static int twice(int n) { return 2 * n; }
*/
import "C"

import "sync"

// A Device is driven through C.
type Device struct {
	mu   sync.Mutex
	gain int
}

func (d *Device) read() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return int(C.twice(C.int(d.gain)))
}

// Deadlocks: read takes the lock that is held.
func (d *Device) Boost() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gain = d.read() // want `locked at cgo_files\.go:25, then Device\.read → d\.mu\.Lock at cgo_files\.go:18 \[relock\]`
}

// Deadlocks: in the argument of a call of C.
func (d *Device) Double() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return int(C.twice(C.int(d.read()))) // want `\[relock\]`
}

// Fine: C takes no Go lock.
func (d *Device) Set(n int) {
	d.mu.Lock()
	d.gain = int(C.twice(C.int(n)))
	d.mu.Unlock()
	_ = d.read()
}
