// Package keyed_mutex has mutexes in a map, one for each key.
package keyed_mutex

import (
	"fmt"
	"sync"
)

// Keyed locks by key.
type Keyed struct {
	mu    sync.Mutex
	locks map[string]*sync.Mutex
}

// Lock locks the key.
func (k *Keyed) Lock(key string) {
	k.mu.Lock()
	l, ok := k.locks[key]
	if !ok {
		l = new(sync.Mutex)
		k.locks[key] = l
	}
	k.mu.Unlock()
	l.Lock()
}

// Unlock unlocks the key if it is locked.
func (k *Keyed) Unlock(key string) {
	k.mu.Lock()
	l, ok := k.locks[key]
	k.mu.Unlock()
	if ok {
		l.Unlock()
	}
}

// Release unlocks the key, or returns an error.
func (k *Keyed) Release(key string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	l, ok := k.locks[key]
	if !ok {
		return fmt.Errorf("no lock %s", key)
	}
	l.Unlock()
	return nil
}

// Free unlocks the key, if there is one.
func (k *Keyed) Free(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if l := k.locks[key]; l != nil {
		l.Unlock()
	}
}

// Fine: whose lock is held has one in the map.
func (k *Keyed) Twice(key string) {
	k.Lock(key)
	k.Unlock(key)
	k.Lock(key)
	k.Unlock(key)
}

// Fine: so Release returns no error.
func (k *Keyed) ReleaseTwice(key string) {
	k.Lock(key)
	_ = k.Release(key)
	k.Lock(key)
	_ = k.Release(key)
}

// Fine: and there is something to free.
func (k *Keyed) Loop(key string) {
	for range 10 {
		k.Lock(key)
		k.Free(key)
	}
}

// Deadlocks: the key is locked.
func (k *Keyed) Nested(key string) {
	k.Lock(key)
	k.Lock(key) // want `\[relock\]`
	k.Unlock(key)
	k.Unlock(key)
}

// Fine, as far as one can know: two keys.
func (k *Keyed) Both(a, b string) {
	k.Lock(a)
	k.Lock(b)
	k.Unlock(b)
	k.Unlock(a)
}

// Deadlocks: what is unlocked is another key.
func (k *Keyed) Wrong(a string) {
	k.Lock(a)
	k.Unlock("b")
	k.Lock(a) // want `\[relock\]`
	k.Unlock(a)
}
