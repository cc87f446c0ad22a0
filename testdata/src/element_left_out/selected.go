package element_left_out

import "sync"

// A feed has readers, which are stopped by a function of their own.
type feed struct {
	mu      sync.Mutex
	readers map[int]*reader
	own     *reader
}

type reader struct {
	ch   chan int
	stop func()
	of   *feed
	mine bool
}

func (f *feed) open(id int) *reader {
	r := &reader{ch: make(chan int, 1), of: f}
	r.stop = func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.readers, id)
	}
	f.readers[id] = r
	return r
}

func (f *feed) tell(n int) {
	for _, r := range f.readers {
		select {
		case r.ch <- n:
		default:
			r.stop()
		}
	}
}

// Deadlocks: a reader that is too slow is stopped.
func (f *feed) Put(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tell(n) // want `\[relock\]`
}

// Deadlocks: the same here.
func (f *feed) PutHere(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.readers {
		select {
		case r.ch <- n:
		default:
			r.stop() // want `\[relock\]`
		}
	}
}

// leave locks the feed if the reader is its own.
func (r *reader) leave() {
	if r.mine {
		r.of.mu.Lock()
		r.of.mu.Unlock()
	}
}

// Fine: the feed's own reader is left out, be it slow or not.
func (f *feed) PutOthers(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.readers {
		if r == f.own {
			continue
		}
		select {
		case r.ch <- n:
		default:
			r.leave()
		}
	}
}
