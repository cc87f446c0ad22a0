// Package slog_handlers holds cases of log/slog: what its handlers call of what is logged, and what they write to.
package slog_handlers

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
)

// A Volume has space to reserve.
type Volume struct {
	mu   sync.Mutex
	free int
}

func (v *Volume) left() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.free
}

type spaceError struct{ v *Volume }

func (e *spaceError) Error() string { return fmt.Sprint("left: ", e.v.left()) }

func (v *Volume) reserve(n int) error {
	if v.free < n {
		return &spaceError{v}
	}
	v.free -= n
	return nil
}

// Deadlocks: each handler asks an error for its text.
func (v *Volume) Reserve(n int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.reserve(n); err != nil {
		slog.Error("reserve", "err", err) // want `\[relock\]`
	}
}

// Deadlocks: the error is in an attribute, the logger any that has one of the handlers of slog.
func (v *Volume) ReserveWith(n int, l *slog.Logger) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.reserve(n); err != nil {
		l.LogAttrs(context.Background(), slog.LevelError, "reserve", slog.Any("err", err)) // want `\[relock\]`
	}
}

func report(l *slog.Logger, args ...any) { l.Error("failed", args...) }

// Deadlocks: so does a helper that passes on what it logs.
func (v *Volume) ReserveOrReport(n int, l *slog.Logger) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.reserve(n); err != nil {
		report(l, "err", err) // want `\[relock\]`
	}
}

// Deadlocks: the handlers format the attributes of With where that is called.
func (v *Volume) Logger(n int, l *slog.Logger) *slog.Logger {
	v.mu.Lock()
	defer v.mu.Unlock()
	return l.With("err", v.reserve(n)) // want `\[relock\]`
}

// Fine: logged after the unlock.
func (v *Volume) Try(n int) {
	v.mu.Lock()
	err := v.reserve(n)
	v.mu.Unlock()
	if err != nil {
		slog.Error("reserve", "err", err)
	}
}

// Fine: the error is of another volume.
func (v *Volume) Move(to *Volume, n int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	slog.Warn("move", "err", to.reserve(n))
}

// A shape is printed, a code is encoded, and the others are errors besides.
type (
	shape      struct{ v *Volume }
	code       struct{ v *Volume }
	codeError  struct{ v *Volume }
	valueError struct{ v *Volume }
	plusError  struct{ v *Volume }
)

func (s shape) String() string                   { return fmt.Sprint(s.v.left()) }
func (c code) MarshalText() ([]byte, error)      { return fmt.Append(nil, c.v.left()), nil }
func (c codeError) Error() string                { return fmt.Sprint(c.v.left()) }
func (c codeError) MarshalJSON() ([]byte, error) { return []byte("null"), nil }
func (e valueError) Error() string               { return fmt.Sprint(e.v.left()) }
func (e valueError) LogValue() slog.Value        { return slog.StringValue("full") }
func (e plusError) Error() string                { return fmt.Sprint(e.v.left()) }
func (e plusError) Format(s fmt.State, _ rune)   { fmt.Fprint(s, "full") }

// Deadlocks: text is what all handlers ask for if there is a method for it.
func (v *Volume) Code() {
	v.mu.Lock()
	defer v.mu.Unlock()
	slog.Info("code", "code", code{v}) // want `\[relock\]`
}

// Fine: a handler that writes JSON does not call String.
func (v *Volume) Shape(l *slog.Logger) {
	v.mu.Lock()
	defer v.mu.Unlock()
	l.Info("shape", "shape", shape{v})
}

// Fine: what has another form is not asked for its text, by the one handler or by the other.
func (v *Volume) Forms(l *slog.Logger) {
	v.mu.Lock()
	defer v.mu.Unlock()
	l.Warn("json", "err", codeError{v})
	l.Warn("value", "err", valueError{v})
	l.Warn("format", "err", plusError{v})
	report(l, "err", codeError{v}, "and", valueError{v})
}

// A Disk keeps what went wrong last.
type Disk struct {
	mu   sync.Mutex
	last error
	bad  error
}

type diskError struct{ d *Disk }

func (e *diskError) Error() string {
	e.d.mu.Lock()
	defer e.d.mu.Unlock()
	return "bad sector"
}

type badDisk struct{ d *Disk }

func (e *badDisk) MarshalJSON() ([]byte, error) { return []byte("null"), nil }
func (e *badDisk) Error() string {
	e.d.mu.Lock()
	defer e.d.mu.Unlock()
	return "bad disk"
}

// NewDisk makes a disk that has failed.
func NewDisk() *Disk {
	d := &Disk{}
	d.last, d.bad = &diskError{d}, &badDisk{d}
	return d
}

// Deadlocks: the error in the field is asked for its text.
func (d *Disk) Report() {
	d.mu.Lock()
	defer d.mu.Unlock()
	slog.Error("disk", "err", d.last) // want `\[relock\]`
}

// Fine: the error in the field has another form, too.
func (d *Disk) ReportBad() {
	d.mu.Lock()
	defer d.mu.Unlock()
	slog.Error("disk", "err", d.bad)
}

// A Conn has a form for the log.
type Conn struct {
	mu sync.Mutex
	id int
}

// LogValue reads under the lock.
func (c *Conn) LogValue() slog.Value {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slog.IntValue(c.id)
}

// Deadlocks: a handler that writes text resolves the value.
func (c *Conn) Print(w io.Writer) {
	l := slog.New(slog.NewTextHandler(w, nil))
	c.mu.Lock()
	defer c.mu.Unlock()
	l.Info("printed", "conn", c) // want `\[relock\]`
}

// A File is a writer that locks.
type File struct {
	mu sync.Mutex
	n  int
}

// Write counts.
func (f *File) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n += len(p)
	return len(p), nil
}

// Deadlocks: the handler writes to the file that is locked.
func (f *File) Rotate() {
	l := slog.New(slog.NewJSONHandler(f, nil))
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n = 0
	l.Info("rotated") // want `\[relock\]`
}

// Fine: the handler writes to another file.
func (f *File) RotateTo(to *File) {
	l := slog.New(slog.NewTextHandler(to, nil))
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n = 0
	l.Info("rotated")
}
