// Package std_callbacks holds cases of functions that the standard library calls at once, or later.
package std_callbacks

import (
	"bufio"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A Catalog has names and sizes.
type Catalog struct {
	mu    sync.RWMutex
	sizes map[string]int
	names []string
}

func (c *Catalog) has(name string) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	_, ok := c.sizes[name]
	return ok
}

func (c *Catalog) add(name string, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sizes[name] = size
}

// Deadlocks when a writer waits in between.
func (c *Catalog) First() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return slices.IndexFunc(c.names, c.has) // want `\[recursive-rlock\]`
}

// Deadlocks: a read lock under the write lock.
func (c *Catalog) Prune() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.names = slices.DeleteFunc(c.names, func(n string) bool { return !c.has(n) }) // want `\[downgrade\]`
}

// Deadlocks: the literal is called for each entry.
func (c *Catalog) Trim() {
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.sizes, func(n string, _ int) bool { return !c.has(n) }) // want `\[downgrade\]`
}

// Fine: the literals take no lock.
func (c *Catalog) Compact() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.names = slices.DeleteFunc(c.names, func(n string) bool { return c.sizes[n] == 0 })
	maps.DeleteFunc(c.sizes, func(_ string, n int) bool { return n == 0 })
}

// Fine: called without the lock.
func (c *Catalog) Any(names []string) bool {
	return slices.ContainsFunc(names, c.has)
}

// Deadlocks: WalkDir calls the literal here.
func (c *Catalog) Scan(root string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.sizes)
	return filepath.WalkDir(root, func(p string, _ fs.DirEntry, err error) error { // want `\[relock\]`
		if err != nil {
			return err
		}
		c.add(p, 1)
		return nil
	})
}

// Fine: the literal takes no lock.
func (c *Catalog) Rescan(root string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return filepath.WalkDir(root, func(p string, _ fs.DirEntry, err error) error {
		c.sizes[p]++
		return err
	})
}

// Deadlocks: fs.WalkDir calls the literal here.
func (c *Catalog) Load(fsys fs.FS) error {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return fs.WalkDir(fsys, ".", func(p string, _ fs.DirEntry, err error) error { c.add(p, 0); return err }) // want `\[upgrade\]`
}

// Deadlocks when a writer waits in between: strings.FieldsFunc calls the literal here.
func (c *Catalog) Split(s string) []string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return strings.FieldsFunc(s, func(r rune) bool { return c.has(string(r)) }) // want `\[recursive-rlock\]`
}

// Deadlocks: the replacement function is called here.
func (c *Catalog) Expand(re *regexp.Regexp, s string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return re.ReplaceAllStringFunc(s, func(n string) string { // want `\[downgrade\]`
		if c.has(n) {
			return "+"
		}
		return "-"
	})
}

// Deadlocks: os.Expand calls the literal here.
func (c *Catalog) Env(s string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return os.Expand(s, func(n string) string { c.add(n, 1); return "" }) // want `\[relock\]`
}

// Fine: Split keeps the function; Scan is called when nothing is locked.
func (c *Catalog) Read(f *os.File) {
	sc := bufio.NewScanner(f)
	c.mu.Lock()
	sc.Split(func(data []byte, eof bool) (int, []byte, error) {
		if c.has("eof") {
			return 0, nil, bufio.ErrFinalToken
		}
		return bufio.ScanLines(data, eof)
	})
	c.mu.Unlock()
	for sc.Scan() {
		c.add(sc.Text(), 1)
	}
}

// Deadlocks: sync.Map.Range calls the literal here.
func (c *Catalog) Import(m *sync.Map) {
	c.mu.Lock()
	defer c.mu.Unlock()
	m.Range(func(k, _ any) bool { c.add(k.(string), 1); return true }) // want `\[relock\]`
}

// Deadlocks when a writer waits in between: the loop body runs where the iterator of slices.Values yields.
func (c *Catalog) Each() (n int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for name := range slices.Values(c.names) {
		if c.has(name) { // want `\[recursive-rlock\]`
			n++
		}
	}
	return n
}

// Fine: the iterator is only made under the lock.
func (c *Catalog) Names() (n int) {
	c.mu.RLock()
	keys := slices.Sorted(maps.Keys(c.sizes))
	seq := slices.Values(keys)
	c.mu.RUnlock()
	for name := range seq {
		if c.has(name) {
			n++
		}
	}
	return n
}
