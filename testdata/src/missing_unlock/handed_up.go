package missing_unlock

import (
	"errors"
	"sync"
)

var errClosed = errors.New("closed")

type remote struct {
	mu     sync.RWMutex
	closed bool
}

func (r *remote) acquire() error {
	r.mu.RLock()
	if r.closed {
		return errClosed
	}
	r.mu.RUnlock()
	return nil
}

func (r *remote) dial() error    { return r.acquire() }
func (r *remote) request() error { return r.dial() }
func (r *remote) try() error     { return r.request() }
func (r *remote) get() error     { return r.try() }

func (r *remote) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
}

// Deadlocks: with the error comes a lock that nobody expects, through five functions.
func (r *remote) getOrClose() {
	if r.get() != nil {
		r.close() // want `\[upgrade\]`
	}
}

// Fine: there is no lock without an error.
func (r *remote) getAndClose() {
	if r.get() == nil {
		r.close()
	}
}
