package transaction_closure

import "sync"

// A deed is closed by whoever is passed it.
type deed struct {
	closing sync.RWMutex
	n       int
}

func openDeed(n int) (*deed, bool) {
	d := &deed{n: n}
	d.closing.RLock()
	return d, n > 0
}

func (d *deed) close() {
	d.closing.RUnlock()
	d.n = 0
}

func withDeed(n int, f func(*deed) bool) bool {
	d, ok := openDeed(n)
	if !ok {
		return false
	}
	return f(d)
}

// An archive has deeds, and a lock of its own.
type archive struct {
	mu    sync.RWMutex
	deeds []*deed
}

func (a *archive) len() int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return len(a.deeds)
}

// Deadlocks: what the closure releases is no lock of the archive.
func (a *archive) add(n int) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !withDeed(n, func(d *deed) bool { d.close(); return d.n > n }) {
		return a.len() // want `\[downgrade\]`
	}
	return len(a.deeds)
}

func withArchive(f func(*archive)) {
	a := &archive{}
	a.mu.Lock()
	f(a)
}

// Fine: the closure may have released that of the archive at hand.
func (a *archive) move() int {
	a.mu.Lock()
	withArchive(func(o *archive) { o.mu.Unlock() })
	return a.len()
}
