package callback_conditions

import "sync"

// A folder locks itself unless it is shared, when others do that.
type folder struct {
	mu     sync.Mutex
	shared bool
	subs   []*folder
	size   int
}

func (f *folder) visit(do func(*folder)) {
	for _, s := range f.subs {
		do(s)
	}
}

func (f *folder) all(yield func(*folder) bool) {
	for _, s := range f.subs {
		if !yield(s) {
			return
		}
	}
}

func (f *folder) total() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.size
}

// Fine: what visit calls does not change shared.
func (f *folder) Count() (n int) {
	if !f.shared {
		f.mu.Lock()
	}
	f.visit(func(s *folder) { n += s.size })
	if !f.shared {
		f.mu.Unlock()
		return n
	}
	return n + f.total()
}

// Fine: nor does the body of the loop.
func (f *folder) Sum() (n int) {
	if !f.shared {
		f.mu.Lock()
	}
	for s := range f.all {
		n += s.size
	}
	if !f.shared {
		f.mu.Unlock()
		return n
	}
	return n + f.total()
}

// Deadlocks: what visit calls shares the folders, of which this may be one.
func (f *folder) Share() int {
	if !f.shared {
		f.mu.Lock()
	}
	f.visit(func(s *folder) { s.shared = true })
	if !f.shared {
		f.mu.Unlock()
		return 0
	}
	return f.total() // want `\[relock\]`
}

// Deadlocks: so does the body of the loop.
func (f *folder) ShareAll() int {
	if !f.shared {
		f.mu.Lock()
	}
	for s := range f.all {
		s.shared = true
	}
	if !f.shared {
		f.mu.Unlock()
		return 0
	}
	return f.total() // want `\[relock\]`
}
