package locked_result

import "sync"

// A Feed is stopped while it is changed.
type Feed struct {
	mu   sync.Mutex
	work *Work
}

// Work is what a feed did when it was stopped.
type Work struct{ n int }

// stop returns with the lock held, with or without work.
func (f *Feed) stop() *Work {
	f.mu.Lock()
	if f.work == nil {
		return nil
	}
	return f.work
}

// A Stopper stops a feed at most once.
type Stopper struct {
	feed    *Feed
	stopped bool
	work    *Work
}

// once stops the feed the first time, and keeps what it did.
func (s *Stopper) once() {
	if s.stopped {
		return
	}
	s.stopped = true
	s.work = s.feed.stop()
}

// again stops the feed each time.
func (s *Stopper) again() {
	s.stopped = true
	s.work = s.feed.stop()
}

// Fine: the second call does nothing.
func (f *Feed) Change(ns []int) {
	s := &Stopper{feed: f}
	for range ns {
		s.once()
	}
	if s.stopped {
		f.mu.Unlock()
	}
}

// Deadlocks: the second call locks again.
func (f *Feed) Force() {
	s := &Stopper{feed: f}
	s.feed.stop()
	s.feed.stop() // want `\[relock\]`
	f.mu.Unlock()
}

// Deadlocks: without work there is nothing that could unlock.
func (f *Feed) Keep() {
	s := &Stopper{feed: f}
	s.again()
	s.again() // want `\[relock\]`
	f.mu.Unlock()
}
