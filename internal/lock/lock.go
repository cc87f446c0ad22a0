// Package lock knows what the operations of locks mean: the modes, the codes
// of their illegal combinations, and the table of models for functions whose
// behaviour cannot be read off their bodies.
package lock

// Mode is the way in which a lock is held.
type Mode uint8

// The modes.
const (
	Write Mode = iota // exclusive: Mutex.Lock, RWMutex.Lock
	Read              // shared: RWMutex.RLock
	Once              // for the duration of the function passed to Once.Do
)

// String returns the name of the mode.
func (m Mode) String() string { return [...]string{"write", "read", "once"}[m] }

// Code names a kind of finding. Codes are stable and never reused.
type Code string

// The codes.
const (
	Relock         Code = "relock"          // Lock while the write lock is held
	Upgrade        Code = "upgrade"         // Lock while the read lock is held
	Downgrade      Code = "downgrade"       // RLock while the write lock is held
	RecursiveRLock Code = "recursive-rlock" // RLock while the read lock is held
	OnceReentry    Code = "once"            // Once.Do inside its own function
)

// Codes lists all codes of lock re-entry in the order of the documentation.
var Codes = []Code{Relock, Upgrade, Downgrade, RecursiveRLock, OnceReentry}

// Reentry returns the code for acquiring a lock in mode next while it is held
// in mode held.
func Reentry(held, next Mode) Code {
	switch {
	case held == Once:
		return OnceReentry
	case held == Write && next == Read:
		return Downgrade
	case held == Read && next == Read:
		return RecursiveRLock
	case held == Read:
		return Upgrade
	}
	return Relock
}

// Verb returns what a finding of code c says that happens to the lock.
func (c Code) Verb() string {
	switch c {
	case Upgrade:
		return "is write-locked while read-locked"
	case Downgrade:
		return "is read-locked while write-locked"
	case RecursiveRLock:
		return "is read-locked again while read-locked"
	case OnceReentry:
		return "is called inside its own function"
	}
	return "is locked again while held"
}
