// Package errors_is holds cases of errors.Is and errors.As calling methods of errors.
package errors_is

import (
	"errors"
	"fmt"
	"sync"
)

// A Breaker remembers its last error.
type Breaker struct {
	mu    sync.Mutex
	last  error
	trips int
}

// A TripError asks the breaker.
type TripError struct {
	b    *Breaker
	code int
}

// Error asks the breaker.
func (e *TripError) Error() string {
	return fmt.Sprint("tripped ", e.b.count(), " times")
}

// Is asks the breaker.
func (e *TripError) Is(target error) bool { return e.b.count() > 0 }

// Unwrap asks the breaker.
func (e *TripError) Unwrap() error {
	e.b.mu.Lock()
	defer e.b.mu.Unlock()
	return e.b.last
}

// A CodeError takes no lock.
type CodeError struct{ code int }

// Error takes no lock.
func (e CodeError) Error() string { return fmt.Sprint("code ", e.code) }

// Is takes no lock.
func (e CodeError) Is(target error) bool { return target == errBase }

var errBase = errors.New("base")

func (b *Breaker) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.trips
}

// Deadlocks: errors.Is calls Is of the error.
func (b *Breaker) Trip() bool {
	err := &TripError{b: b}
	b.mu.Lock()
	defer b.mu.Unlock()
	return errors.Is(err, errBase) // want `\[relock\]`
}

// Fine: this Is takes no lock.
func (b *Breaker) Code() bool {
	err := CodeError{1}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = err
	return errors.Is(err, errBase)
}

// Deadlocks: errors.As unwraps the error.
func (b *Breaker) As() bool {
	err := &TripError{b: b}
	b.mu.Lock()
	defer b.mu.Unlock()
	var c CodeError
	return errors.As(err, &c) // want `\[relock\]`
}

// Fine: asked before the lock.
func (b *Breaker) Early() bool {
	err := &TripError{b: b}
	trip := errors.Is(err, errBase)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trips++
	return trip
}

// Fine: the error of another breaker.
func (b *Breaker) Other(o *Breaker) bool {
	err := &TripError{b: o}
	b.mu.Lock()
	defer b.mu.Unlock()
	return errors.Is(err, errBase)
}

// Fine: an error of unknown type.
func (b *Breaker) Note(err error) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = err
	return errors.Is(err, errBase)
}

// Deadlocks: Error is called by name.
func (b *Breaker) Text() string {
	var err error = &TripError{b: b}
	b.mu.Lock()
	defer b.mu.Unlock()
	return err.Error() // want `\[relock\]`
}
