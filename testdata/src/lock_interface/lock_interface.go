// Package lock_interface holds cases of locks kept in fields of interface type.
package lock_interface

import (
	"fmt"
	"sync"

	"lock_interface/lib"
)

// An Index is guarded by whichever lock the build has.
type Index struct {
	mut   lib.RWMutex
	files map[string]int64
}

// NewIndex makes an index.
func NewIndex() *Index {
	return &Index{mut: lib.NewRWMutex(), files: map[string]int64{}}
}

// Size returns the size of a file.
func (x *Index) Size(name string) int64 {
	x.mut.RLock()
	defer x.mut.RUnlock()
	return x.files[name]
}

// Deadlocks: every implementation of lib.RWMutex is a real lock.
func (x *Index) Update(name string, size int64) {
	x.mut.Lock()
	defer x.mut.Unlock()
	if x.Size(name) != size { // want `\[downgrade\]`
		x.files[name] = size
	}
}

// Deadlocks when a writer waits in between.
func (x *Index) Total() (n int64) {
	x.mut.RLock()
	defer x.mut.RUnlock()
	for name := range x.files {
		n += x.Size(name) // want `\[recursive-rlock\]`
	}
	return n
}

// Fine: released before Size.
func (x *Index) Remove(name string) int64 {
	x.mut.Lock()
	delete(x.files, name)
	x.mut.Unlock()
	return x.Size(name)
}

// A Store can be locked as a whole.
type Store interface {
	sync.Locker
	Get(key string) string
}

type memStore struct {
	sync.Mutex
	m map[string]string
}

// Get takes no lock.
func (m *memStore) Get(key string) string { return m.m[key] }

// A Config names the store to use.
type Config struct {
	Store Store
	name  string
}

// NewConfig makes a configuration over memory.
func NewConfig(name string) *Config {
	return &Config{Store: &memStore{m: map[string]string{}}, name: name}
}

func (c *Config) value(key string) string {
	c.Store.Lock()
	defer c.Store.Unlock()
	return c.Store.Get(c.name + "." + key)
}

// Deadlocks: the locker embedded in the interface is one mutex.
func (c *Config) Pair(a, b string) string {
	c.Store.Lock()
	defer c.Store.Unlock()
	return c.Store.Get(a) + c.value(b) // want `\[relock\]`
}

// Fine: Get takes no lock.
func (c *Config) One(a string) string {
	c.Store.Lock()
	defer c.Store.Unlock()
	return c.Store.Get(a)
}

// Fine: the configurations are two.
func (c *Config) Inherit(parent *Config, key string) string {
	c.Store.Lock()
	defer c.Store.Unlock()
	if v := c.Store.Get(key); v != "" {
		return v
	}
	return fmt.Sprint(parent.name, parent.value(key))
}

type gate interface {
	Lock()
	Unlock()
}

// nopGate is for programs with one goroutine.
type nopGate struct{}

func (nopGate) Lock()   {}
func (nopGate) Unlock() {}

// A Script runs in one goroutine.
type Script struct {
	gate gate
	line int
}

// NewScript makes a script.
func NewScript() *Script { return &Script{gate: nopGate{}} }

func (s *Script) pos() int {
	s.gate.Lock()
	defer s.gate.Unlock()
	return s.line
}

// Fine: the only gate there is does not lock.
func (s *Script) Step() int {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.line++
	return s.pos()
}
