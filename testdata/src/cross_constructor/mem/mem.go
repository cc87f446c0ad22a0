// Package mem has constructors that only set what its methods ask about.
package mem

import "sync"

// An FS forgets to unlock unless it is strict.
type FS struct {
	mu     sync.Mutex
	Name   string
	strict bool
	n      int
}

func NewStrict() *FS { return &FS{strict: true} }

func New() *FS { return &FS{} }

// NewNamed calls another constructor.
func NewNamed(name string) *FS {
	fs := NewStrict()
	fs.Name = name
	return fs
}

// With has the caller say it.
func With(strict bool) *FS { return &FS{strict: strict} }

func (fs *FS) Loosen() { fs.strict = false }

func (fs *FS) Ignore() {
	fs.mu.Lock()
	if !fs.strict {
		return
	}
	fs.n++
	fs.mu.Unlock()
}

func (fs *FS) Create() {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	fs.n++
}
