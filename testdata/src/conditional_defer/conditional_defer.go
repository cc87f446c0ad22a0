// Package conditional_defer holds cases of deferred unlocks that run on some paths only.
package conditional_defer

import (
	"errors"
	"sync"
)

// A Lease is renewed by its holder.
type Lease struct {
	mu    sync.Mutex
	until int
	dead  bool
}

func (l *Lease) left(now int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.until - now
}

// Fine: the caller that has the lock does not defer the unlock, and nobody calls left.
func (l *Lease) renew(locked bool, now int) int {
	if !locked {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	l.until = now + 10
	return l.until
}

// Deadlocks: without the caller's lock, left runs before the deferred unlock.
func (l *Lease) extend(locked bool, now int) int {
	if !locked {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	l.until += 10
	if locked {
		return l.until
	}
	return l.left(now) // want `\[relock\]`
}

// Fine: the lock is released on the path that goes on to left.
func (l *Lease) Check(now int) int {
	l.mu.Lock()
	if l.dead {
		defer l.mu.Unlock()
		return 0
	}
	l.mu.Unlock()
	return l.left(now)
}

// Deadlocks: on the path where the unlock is deferred, left is called.
func (l *Lease) Expire(now int) int {
	l.mu.Lock()
	if !l.dead {
		defer l.mu.Unlock()
		l.dead = true
		return l.left(now) // want `\[relock\]`
	}
	l.mu.Unlock()
	return l.left(now)
}

// Fine: either the unlock is deferred and the function ends, or it is done and left is called.
func (l *Lease) Revoke(now int, force bool) (int, error) {
	l.mu.Lock()
	if force {
		defer l.mu.Unlock()
	} else {
		l.mu.Unlock()
	}
	if force {
		l.dead = true
		return 0, errors.New("revoked")
	}
	return l.left(now), nil
}

// Deadlocks: with force, the unlock is still to come.
func (l *Lease) Drop(now int, force bool) int {
	l.mu.Lock()
	if force {
		defer l.mu.Unlock()
	} else {
		l.mu.Unlock()
	}
	return l.left(now) // want `\[relock\]`
}

// Fine: the deferred literal unlocks only while the flag is set.
func (l *Lease) Grant(now int) int {
	l.mu.Lock()
	locked := true
	defer func() {
		if locked {
			l.mu.Unlock()
		}
	}()
	if l.dead {
		return 0
	}
	l.until = now + 10
	l.mu.Unlock()
	locked = false
	return l.left(now)
}

// Deadlocks: the flag is reset, but the unlock was forgotten.
func (l *Lease) Hand(now int) int {
	l.mu.Lock()
	locked := true
	defer func() {
		if locked {
			l.mu.Unlock()
		}
	}()
	if l.dead {
		return 0
	}
	l.until = now + 10
	locked = false
	return l.left(now) // want `\[relock\]`
}

// Fine: a call under the flag that says that the lock is gone.
func (l *Lease) Poll(now int, n int) (last int) {
	l.mu.Lock()
	locked := true
	if l.until < now {
		l.mu.Unlock()
		locked = false
	}
	if !locked {
		last = l.left(now)
	}
	if locked {
		l.mu.Unlock()
	}
	return last + n
}
