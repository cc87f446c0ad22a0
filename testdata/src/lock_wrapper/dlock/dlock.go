// Package dlock holds debugging locks that say who waits for too long.
package dlock

import (
	"log"
	"sync"
	"time"
)

// Timeout is how long a goroutine may wait; zero turns the watch off.
var Timeout time.Duration

// A Mutex is a sync.Mutex with a watch.
type Mutex struct{ mu sync.Mutex }

// Lock locks m.
func (m *Mutex) Lock() { watch(m.mu.Lock, m) }

// Unlock unlocks m.
func (m *Mutex) Unlock() { m.mu.Unlock() }

// An RWMutex is a sync.RWMutex with a watch.
type RWMutex struct{ mu sync.RWMutex }

// Lock locks m.
func (m *RWMutex) Lock() { watch(m.mu.Lock, m) }

// Unlock unlocks m.
func (m *RWMutex) Unlock() { m.mu.Unlock() }

// RLock read-locks m.
func (m *RWMutex) RLock() { watch(m.mu.RLock, m) }

// RUnlock releases a read lock.
func (m *RWMutex) RUnlock() { m.mu.RUnlock() }

func watch(lock func(), who any) {
	if Timeout <= 0 {
		lock()
		return
	}
	done := make(chan struct{})
	go func() {
		select {
		case <-time.After(Timeout):
			log.Printf("still waiting for %p", who)
		case <-done:
		}
	}()
	lock()
	close(done)
}
