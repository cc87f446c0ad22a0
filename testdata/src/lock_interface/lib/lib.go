// Package lib chooses between a plain and a tracing lock.
package lib

import (
	"log"
	"sync"
	"time"
)

// RWMutex is what users of the package lock.
type RWMutex interface {
	Lock()
	Unlock()
	RLock()
	RUnlock()
}

// Trace makes NewRWMutex return tracing locks.
var Trace bool

// NewRWMutex makes a lock.
func NewRWMutex() RWMutex {
	if Trace {
		return &traced{}
	}
	return &sync.RWMutex{}
}

type traced struct {
	sync.RWMutex
	since time.Time
}

func (t *traced) Lock() {
	t.RWMutex.Lock()
	t.since = time.Now()
}

func (t *traced) Unlock() {
	if d := time.Since(t.since); d > time.Second {
		log.Print("held for ", d)
	}
	t.RWMutex.Unlock()
}
