// Package conjunction holds cases of guards of several literals.
package conjunction

import "sync"

// A Zone is a part of a map.
type Zone struct {
	mu     sync.RWMutex
	owner  *Zone
	points []int
}

// settle locks the owner unless it is locked, and the zone unless it is locked.
func settle(z *Zone, ownerLocked, zoneLocked bool) {
	px := z.owner
	if !ownerLocked && px != nil {
		px.mu.Lock()
		defer px.mu.Unlock()
	}
	if !zoneLocked {
		z.mu.Lock()
		defer z.mu.Unlock()
	}
	z.points = append(z.points, 0)
}

// Fine: both flags are right.
func (z *Zone) Add() {
	z.mu.Lock()
	defer z.mu.Unlock()
	settle(z, true, true)
}

// Deadlocks: the second flag is wrong.
func (z *Zone) Put() {
	z.mu.Lock()
	defer z.mu.Unlock()
	settle(z, true, false) // want `\[relock\]`
}

// Deadlocks: the owner of z is locked, and the first flag denies it.
func (z *Zone) Own() {
	px := z.owner
	px.mu.Lock()
	defer px.mu.Unlock()
	settle(z, false, false) // want `\[relock\]`
}

// Fine: the owner of z is locked, and the first flag says so.
func (z *Zone) Owned() {
	px := z.owner
	px.mu.Lock()
	defer px.mu.Unlock()
	settle(z, true, false)
}

// Fine: the owner is nil here, so there is nothing to lock.
func (z *Zone) Root() {
	if z.owner != nil {
		return
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	settle(z, false, true)
}

// sum locks unless the caller has the lock or there is one point only.
func (z *Zone) sum(locked bool, n int) (s int) {
	if locked || n == 1 {
		return z.points[0]
	}
	z.mu.RLock()
	defer z.mu.RUnlock()
	for _, p := range z.points {
		s += p
	}
	return s
}

// Fine: one literal of the disjunction is enough.
func (z *Zone) One() int {
	z.mu.RLock()
	defer z.mu.RUnlock()
	return z.sum(false, 1) + z.sum(true, 2)
}

// Deadlocks when a writer waits in between: neither literal holds.
func (z *Zone) Two() int {
	z.mu.RLock()
	defer z.mu.RUnlock()
	return z.sum(false, 2) // want `\[recursive-rlock\]`
}

// Fine: the lock is taken when a && b, and the callee is asked when !(a && b).
func (z *Zone) Either(a, b bool) int {
	both := a && b
	if both {
		z.mu.Lock()
		defer z.mu.Unlock()
	}
	return z.sum(both, 3)
}

// Deadlocks: when a and not b, the lock is held and the callee is not told.
func (z *Zone) Neither(a, b bool) int {
	if a {
		z.mu.Lock()
		defer z.mu.Unlock()
	}
	return z.sum(a && b, 3) // want `\[downgrade\]`
}

// Fine: nested conditions that exclude each other.
func (z *Zone) Nest(a, b bool) int {
	if a {
		if b {
			z.mu.Lock()
			defer z.mu.Unlock()
		}
	}
	if !b {
		return z.sum(false, 4)
	}
	if !a {
		return z.sum(false, 5)
	}
	return 0
}
