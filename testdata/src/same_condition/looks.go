package same_condition

import (
	"errors"
	"sync"
	"sync/atomic"
)

type runner struct {
	mu    sync.Mutex
	items []*item
	names map[string]bool
	n     int
}

type item struct {
	r    *runner
	on   bool
	dead bool
	refs atomic.Int32
	tags []int
}

func (r *runner) add() { r.items = append(r.items, &item{r: r}) }

func (it *item) busy() bool { return it.on && !it.dead && it.refs.Load() > 0 }

func (it *item) stop() {
	if it.busy() {
		return
	}
	it.r.mu.Lock()
	it.r.mu.Unlock()
}

// Fine: those that are busy are not stopped.
func (r *runner) StopBusy() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, it := range r.items {
		if it.busy() {
			it.stop()
		}
	}
}

// Deadlocks: the others are.
func (r *runner) StopIdle() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, it := range r.items {
		if !it.busy() {
			it.stop() // want `\[relock\]`
		}
	}
}

// Deadlocks: it may not be busy any more.
func (it *item) Kill() {
	it.r.mu.Lock()
	defer it.r.mu.Unlock()
	if it.busy() {
		it.dead = true
		it.stop() // want `\[relock\]`
	}
}

// Deadlocks: another one is busy.
func (it *item) StopOther(other *item) {
	it.r.mu.Lock()
	defer it.r.mu.Unlock()
	if other.busy() {
		it.stop() // want `\[relock\]`
	}
}

// has looks at all tags.
func (it *item) has(tag int) bool {
	for _, t := range it.tags {
		if t == tag {
			return true
		}
	}
	return false
}

func (it *item) update() {
	if it.has(1) {
		it.r.mu.Lock()
	}
	it.r.n++
	if it.has(1) {
		it.r.mu.Unlock()
	}
}

// Fine: it is unlocked if it has been locked.
func (it *item) Update() {
	it.update()
	it.update()
}

// Deadlocks: its tags are others by then.
func (it *item) Retag(tags []int) {
	if it.has(1) {
		it.r.mu.Lock()
	}
	it.tags = tags
	if it.has(1) {
		it.r.mu.Unlock()
	}
	it.r.mu.Lock() // want `\[relock\]`
	it.r.mu.Unlock()
}

// Deadlocks: it is asked for another tag.
func (it *item) UpdateOther() {
	if it.has(1) {
		it.r.mu.Lock()
	}
	it.r.n++
	if it.has(2) {
		it.r.mu.Unlock()
	}
	it.r.mu.Lock() // want `\[relock\]`
	it.r.mu.Unlock()
}

func (r *runner) known(name string) (n int, ok bool) {
	if r.names == nil {
		return 0, false
	}
	return len(r.names), r.names[name]
}

func (r *runner) forget(name string) {
	if _, ok := r.known(name); ok {
		r.mu.Lock()
		delete(r.names, name)
		r.mu.Unlock()
	}
}

// Fine: it forgets nothing that is not known.
func (r *runner) Add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.known(name); !ok {
		r.forget(name)
	}
}

// Deadlocks: by then the name is known.
func (r *runner) AddNew(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.known(name); !ok {
		r.names[name] = true
		r.forget(name) // want `\[relock\]`
	}
}

var errBusy = errors.New("busy")

func (it *item) try() error {
	if it.on {
		return errBusy
	}
	return nil
}

func (it *item) halt() {
	if it.try() == nil {
		it.r.mu.Lock()
		it.r.mu.Unlock()
	}
}

// Fine: nothing that is busy is halted.
func (r *runner) HaltBusy() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, it := range r.items {
		if it.try() != nil {
			it.halt()
		}
	}
}

// Deadlocks: the others are.
func (r *runner) HaltIdle() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, it := range r.items {
		if it.try() == nil {
			it.halt() // want `\[relock\]`
		}
	}
}
