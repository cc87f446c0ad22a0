package two_objects

import "sync"

// A wallet is given away together with its lock.
type wallet struct {
	mu sync.Mutex
	n  int
}

func (w *wallet) count() {
	w.mu.Lock()
	w.n++
	w.mu.Unlock()
}

// Deadlocks: what is released is another one.
func (w *wallet) Give(o *wallet) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if o != w {
		o.mu.Unlock()
		w.count() // want `\[relock\]`
	}
}

// Fine: what is released may be this one.
func (w *wallet) GiveAny(o *wallet) {
	w.mu.Lock()
	o.mu.Unlock()
	w.count()
}
