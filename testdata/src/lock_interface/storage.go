package lock_interface

import "sync"

// A storage is locked by its own methods; there are two.
type storage interface {
	acquire()
	release()
}

type local struct{ mu sync.Mutex }

func (l *local) acquire() { l.mu.Lock() }
func (l *local) release() { l.mu.Unlock() }

type remote struct{ mu sync.Mutex }

func (r *remote) acquire() { r.mu.Lock() }
func (r *remote) release() { r.mu.Unlock() }

// Users are kept in a storage.
type Users struct {
	storage storage
	n       int
}

// NewUsers makes users.
func NewUsers(near bool) *Users {
	if near {
		return &Users{storage: &local{}}
	}
	return &Users{storage: &remote{}}
}

// Has locks the storage.
func (u *Users) Has() bool {
	u.storage.acquire()
	defer u.storage.release()
	return u.n > 0
}

// Deadlocks, whichever the storage is.
func (u *Users) Add() {
	u.storage.acquire()
	defer u.storage.release()
	if !u.Has() { // want `\[relock\]`
		u.n++
	}
}

// Fine: the storage is released.
func (u *Users) AddReleased() {
	u.storage.acquire()
	u.n++
	u.storage.release()
	u.Has()
}

// Fine: those are other users.
func (u *Users) AddOther(other *Users) {
	u.storage.acquire()
	defer u.storage.release()
	other.Has()
}
