// Package corpus_nil_owner holds cases of a lock whose owner is nil on some
// of the paths to its use.
package corpus_nil_owner

import (
	"errors"
	"sync"
)

type store struct {
	mu sync.Mutex
}

func open(name string) (*store, error) {
	if name == "" {
		return nil, errors.New("no name")
	}
	return find(name), nil
}

var stores = map[string]*store{}

func find(name string) *store { return stores[name] }

func check(err error) {
	if err != nil {
		println(err.Error())
	}
}

func (s *store) stop() {
	if s == nil {
		return
	}
	s.mu.Lock()
	s.mu.Unlock()
}

// Fine: the lock is released before; there is no lock at nil.
func Use(name string) {
	s, err := open(name)
	check(err)
	s.mu.Lock()
	s.mu.Unlock()
	s.stop()
}

// The lock of a store is named by the store, not by nil.
func Twice(name string) {
	s, err := open(name)
	check(err)
	s.mu.Lock()
	s.stop() // want `^[^n][a-z.\[\]]*\.mu is locked again while held: .*\[relock\]`
	s.mu.Unlock()
}
