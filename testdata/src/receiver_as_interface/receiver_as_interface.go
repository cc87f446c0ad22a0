// Package receiver_as_interface holds cases of a receiver that is passed as an interface to another package.
package receiver_as_interface

import (
	"io"
	"sync"

	"receiver_as_interface/wire"
)

// A File can be sent.
type File struct {
	mu   sync.RWMutex
	name string
	data []byte
}

// Name takes no lock.
func (f *File) Name() string { return f.name }

// Bytes reads under the lock.
func (f *File) Bytes() []byte {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.data
}

// Deadlocks: Send calls Bytes of f.
func (f *File) Flush(w io.Writer) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return wire.Send(w, f) // want `\[downgrade\]`
}

// Deadlocks when a writer waits in between.
func (f *File) Mirror(w io.Writer) error {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if len(f.data) == 0 {
		return nil
	}
	return wire.Send(w, f) // want `\[recursive-rlock\]`
}

// Fine: Title calls Name, which takes no lock.
func (f *File) Title() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return wire.Title(f)
}

// Fine: Kind calls no method.
func (f *File) Kind() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return wire.Kind(f)
}

// Fine: Keep stores f.
func (f *File) Queue(to chan<- wire.Source) {
	f.mu.Lock()
	defer f.mu.Unlock()
	wire.Keep(to, f)
}

// Fine: Async calls Bytes in another goroutine.
func (f *File) Post(w io.Writer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	wire.Async(w, f)
}

// Fine: another file.
func (f *File) Copy(w io.Writer, o *File) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return wire.Send(w, o)
}

// A Blob takes no lock.
type Blob struct{ File *File }

// Name takes no lock.
func (b Blob) Name() string { return "blob" }

// Bytes takes no lock.
func (b Blob) Bytes() []byte { return b.File.data }

// Fine: the methods of Blob take no lock.
func (f *File) SendBlob(w io.Writer) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return wire.Send(w, Blob{f})
}
