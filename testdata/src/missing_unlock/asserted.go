package missing_unlock

import (
	"errors"
	"log"
	"sync"
)

// An Assertion is what test libraries make of a value, to ask it more.
type Assertion interface{ NotTo(match func(any) bool) }

type assertion struct {
	got  any
	fail func(string)
}

var failed func(string)

// OnFailure sets what happens where an assertion fails: a panic, mostly.
func OnFailure(f func(string)) { failed = f }

// Expect makes an assertion on got.
func Expect(got any) Assertion { return &assertion{got, failed} }

// NotTo fails if match finds the value.
func (a *assertion) NotTo(match func(any) bool) {
	if match(a.got) {
		a.fail("unexpected")
	}
}

func occurred(v any) bool { return v != nil }

// A Batch is written at once.
type Batch struct {
	mu  sync.Mutex
	ops []string
}

// Commit forgets to unlock where it fails.
func (b *Batch) Commit() error {
	b.mu.Lock()
	if len(b.ops) > 8 {
		return errors.New("too many")
	}
	b.ops = nil
	b.mu.Unlock()
	return nil
}

// Fine: the assertion ends the test where the lock is held.
func TestBatch(b *Batch) {
	err := b.Commit()
	Expect(err).NotTo(occurred)
	err = b.Commit()
	Expect(err).NotTo(occurred)
}

// Deadlocks: nobody looks at the error.
func TestCarelessly(b *Batch) {
	b.Commit()
	Expect(b.Commit()).NotTo(occurred) // want `\[relock\]`
}

// A Logger is told of what happens.
type Logger interface {
	With(err error) Logger
	Warn(msg string)
}

type stdLogger struct{ err error }

func (l stdLogger) With(err error) Logger { return stdLogger{err} }
func (l stdLogger) Warn(msg string)       { log.Print(msg, l.err) }

// NewLogger makes a logger.
func NewLogger() Logger { return stdLogger{} }

// Deadlocks: the branch has decided that there is an error.
func (b *Batch) Retry(l Logger) {
	err := b.Commit()
	if err != nil {
		l.With(err).Warn("again")
		b.Commit() // want `\[relock\]`
	}
}
