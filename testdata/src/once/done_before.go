package once

import "sync"

// A registry is filled once.
type registry struct {
	mu   sync.Mutex
	once sync.Once
	n    int
}

func (r *registry) fill() { r.once.Do(r.load) }

func (r *registry) load() {
	r.mu.Lock()
	r.n++
	r.mu.Unlock()
}

func (r *registry) locked(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f()
}

// Fine: it has been filled, whatever is called.
func (r *registry) Filled() {
	r.fill()
	r.locked(func() { r.fill() })
}

// Fine: the same with another function.
func (r *registry) FilledOtherwise() {
	r.once.Do(func() {})
	r.locked(func() { r.once.Do(r.load) })
}

// Deadlocks: it may be the first time.
func (r *registry) Unfilled() {
	r.locked(func() { r.fill() }) // want `\[relock\]`
}

// Deadlocks: it is another one that has been filled.
func (r *registry) OtherFilled(o *registry) {
	o.fill()
	r.locked(func() { r.fill() }) // want `\[relock\]`
}
