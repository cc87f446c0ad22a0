// Package callback_conditions calls what it is passed under a lock, or without it, by
// conditions of more than one part.
package callback_conditions

import "sync"

// A Record is changed by functions.
type Record struct {
	mu sync.Mutex
	n  int
}

// Options of Do.
type Options struct{ Unlocked bool }

// Touch locks.
func (r *Record) Touch() {
	r.mu.Lock()
	r.n++
	r.mu.Unlock()
}

// Do calls f under the lock, unless there are options that say not to.
func (r *Record) Do(f func(), o *Options) {
	if o != nil && o.Unlocked {
		f()
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	f()
}

// Fine: the options say not to lock.
func (r *Record) TouchUnlocked() { r.Do(r.Touch, &Options{Unlocked: true}) }

// Deadlocks: there are no options.
func (r *Record) TouchLocked() {
	r.Do(r.Touch, nil) // want `\[relock\]`
}

// Deadlocks: the options do not say so.
func (r *Record) TouchZero() {
	r.Do(r.Touch, &Options{}) // want `\[relock\]`
}

// Run calls f under the lock in two modes of three.
func (r *Record) Run(f func(), mode string) {
	switch mode {
	case "", "sync":
		r.mu.Lock()
		defer r.mu.Unlock()
	}
	f()
}

// Fine: in this mode it is not locked.
func (r *Record) RunAsync() { r.Run(r.Touch, "async") }

// Deadlocks: in this one it is.
func (r *Record) RunSync() {
	r.Run(r.Touch, "sync") // want `\[relock\]`
}

// Deadlocks: in this one, too.
func (r *Record) RunDefault() {
	r.Run(r.Touch, "") // want `\[relock\]`
}
