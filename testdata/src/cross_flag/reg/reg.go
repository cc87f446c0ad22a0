// Package reg has a registry whose users say how it is to work.
package reg

import "sync"

type Registry struct {
	mu      sync.Mutex
	async   bool
	limit   int
	Logging bool
	n       int
}

func New(async bool) *Registry { return &Registry{async: async, limit: 8} }

func NewAsync() (*Registry, error) {
	r := &Registry{}
	r.async = true
	return r, nil
}

func NewDefault() *Registry { return &Registry{} }

func (r *Registry) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.n
}

// Fire calls f under the lock, unless the registry is asynchronous.
func (r *Registry) Fire(f func()) {
	if !r.async {
		r.mu.Lock()
		defer r.mu.Unlock()
	}
	f()
}

// FireAll calls f under the lock if there is a limit.
func (r *Registry) FireAll(f func()) {
	if r.limit > 0 {
		r.mu.Lock()
		defer r.mu.Unlock()
	}
	f()
}

// FireLogged calls f under the lock if it is to be logged.
func (r *Registry) FireLogged(f func()) {
	if r.Logging {
		r.mu.Lock()
		defer r.mu.Unlock()
	}
	f()
}
