// Package promoted_methods holds cases where the method that locks is promoted from an embedded type.
package promoted_methods

import (
	"fmt"
	"sync"
)

// base is embedded in every node type.
type base struct {
	mu    sync.RWMutex
	attrs map[string]string
}

// Attr returns one attribute.
func (b *base) Attr(k string) string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.attrs[k]
}

// SetAttr stores one attribute.
func (b *base) SetAttr(k, v string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.attrs[k] = v
}

// A File embeds base by value.
type File struct {
	base
	size int64
}

// Deadlocks: f.mu is promoted from base, and so is SetAttr.
func (f *File) Truncate() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.size = 0
	f.SetAttr("size", "0") // want `\[relock\]`
}

// Deadlocks when a writer waits in between.
func (f *File) Owner() string {
	f.base.mu.RLock()
	defer f.base.mu.RUnlock()
	if f.size == 0 {
		return ""
	}
	return f.Attr("owner") // want `\[recursive-rlock\]`
}

// Fine: released before the promoted method.
func (f *File) Grow(n int64) {
	f.mu.Lock()
	f.size += n
	f.mu.Unlock()
	f.SetAttr("size", fmt.Sprint(n))
}

// A Dir embeds base by pointer and has a lock of its own.
type Dir struct {
	*base
	mu      sync.Mutex
	entries []*File
}

// Fine: d.mu is the directory's own lock, Attr locks d.base.mu.
func (d *Dir) Owner() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.Attr("owner")
}

// Deadlocks: a read lock of d.base.mu under its write lock.
func (d *Dir) Chown(to string) {
	d.base.mu.Lock()
	defer d.base.mu.Unlock()
	if d.Attr("owner") != to { // want `\[downgrade\]`
		d.attrs["owner"] = to
	}
}

// Fine: the entry's lock is another lock.
func (d *Dir) Adopt(i int) {
	d.base.mu.RLock()
	defer d.base.mu.RUnlock()
	d.entries[i].SetAttr("owner", d.attrs["owner"])
}

// Link embeds Dir, which embeds base: two promotions.
type Link struct {
	Dir
	target string
}

// Deadlocks: l.Owner is Dir.Owner and takes Dir.mu.
func (l *Link) Resolve() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.target + l.Owner() // want `\[relock\]`
}

// Fine: Owner of the embedded type is shadowed here by a method without a lock.
type Mount struct {
	File
}

// Owner takes no lock.
func (m *Mount) Owner() string { return "root" }

// Fine: see above.
func (m *Mount) Sync() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.Owner()
}

type owned interface{ Attr(string) string }

// Deadlocks: the interface method is the promoted one of the same file.
func (f *File) Label() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var o owned = f
	return o.Attr("label") // want `\[downgrade\]`
}
