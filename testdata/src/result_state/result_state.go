// Package result_state holds cases of results that tell whether the lock is held.
package result_state

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// A Journal is written by one transaction at a time.
type Journal struct {
	mu     sync.Mutex
	lines  []string
	sealed bool
}

// An Entry is an open transaction.
type Entry struct{ j *Journal }

var errSealed = errors.New("sealed")

func (j *Journal) len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.lines)
}

// begin returns with the lock held unless it returns an error.
func (j *Journal) begin() error {
	j.mu.Lock()
	if j.sealed {
		j.mu.Unlock()
		return errSealed
	}
	return nil
}

// open returns with the lock held when it returns an entry.
func (j *Journal) open() *Entry {
	j.mu.Lock()
	if j.sealed {
		j.mu.Unlock()
		return nil
	}
	return &Entry{j}
}

// enter returns with the lock held when it returns true.
func (j *Journal) enter() (ok bool) {
	j.mu.Lock()
	defer func() {
		if !ok {
			j.mu.Unlock()
		}
	}()
	return !j.sealed
}

// acquire returns the number of lines and whether the lock is held.
func (j *Journal) acquire(wait bool) (int, bool) {
	if !wait {
		return 0, false
	}
	j.mu.Lock()
	return len(j.lines), true
}

// Fine: the error says that the lock is free.
func (j *Journal) Write(s string) error {
	if err := j.begin(); err != nil {
		return fmt.Errorf("%w after %d lines", err, j.len())
	}
	j.lines = append(j.lines, s)
	j.mu.Unlock()
	return nil
}

// Deadlocks: no error, so the lock is held.
func (j *Journal) Append(s string) (int, error) {
	if err := j.begin(); err != nil {
		return 0, err
	}
	defer j.mu.Unlock()
	j.lines = append(j.lines, s)
	return j.len(), nil // want `\[relock\]`
}

// Fine: nil says that the lock is free.
func (j *Journal) Last() string {
	e := j.open()
	if e == nil {
		return fmt.Sprint("sealed at ", j.len())
	}
	defer j.mu.Unlock()
	return j.lines[len(j.lines)-1]
}

// Deadlocks: an entry says that the lock is held.
func (j *Journal) First() string {
	e := j.open()
	if e == nil {
		return ""
	}
	defer e.j.mu.Unlock()
	if j.len() == 0 { // want `\[relock\]`
		return ""
	}
	return j.lines[0]
}

// Fine: false says that the lock is free.
func (j *Journal) Seal() int {
	if !j.enter() {
		return j.len()
	}
	j.sealed = true
	j.mu.Unlock()
	return j.len()
}

// Deadlocks: true says that the lock is held.
func (j *Journal) Drop() int {
	if j.enter() {
		defer j.mu.Unlock()
		j.lines = nil
		return j.len() // want `\[relock\]`
	}
	return 0
}

// Fine: ok is tested on both sides.
func (j *Journal) Count(wait bool) int {
	n, ok := j.acquire(wait)
	if !ok {
		return j.len()
	}
	j.mu.Unlock()
	return n
}

// Fine: the argument says what the result will be.
func (j *Journal) Peek() int {
	n, _ := j.acquire(false)
	return n + j.len()
}

// Deadlocks: with wait, the lock is held.
func (j *Journal) Tail(wait bool) int {
	n, ok := j.acquire(wait)
	if ok {
		defer j.mu.Unlock()
	}
	if wait {
		return n - j.len() // want `\[relock\]`
	}
	return n
}

// start forwards begin's error: the same contract one level up.
func (j *Journal) start(s string) error {
	if err := j.begin(); err != nil {
		return fmt.Errorf("start %s: %w", s, err)
	}
	j.lines = append(j.lines, s)
	return nil
}

// Fine: the forwarded error says that the lock is free.
func (j *Journal) Run(s string) int {
	if err := j.start(s); err != nil {
		return j.len()
	}
	j.mu.Unlock()
	return 0
}

// Deadlocks: no forwarded error, so the lock is held.
func (j *Journal) Loop(s string) int {
	err := j.start(s)
	if err == nil {
		n := j.len() // want `\[relock\]`
		j.mu.Unlock()
		return n
	}
	return 0
}

type window struct{ from, to int }

// window returns a new window, or nil: nil is an outcome like any other.
func (j *Journal) window(s string) *window {
	if s == "" {
		return nil
	}
	return &window{to: len(s)}
}

type tooLong struct{ n int }

func (e *tooLong) Error() string { return "too long" }

// check returns a new error, or nil.
func check(s string) error {
	if len(s) > 80 {
		return &tooLong{len(s)}
	}
	return nil
}

// must always returns a new window.
func must(s string) *window { return &window{to: len(s)} }

// Deadlocks: window may return nil.
func (j *Journal) Whole(s string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.window(s) == nil {
		return j.len() // want `\[relock\]`
	}
	return 0
}

// Deadlocks: check may return nil, and then the function goes on.
func (j *Journal) Checked(s string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := check(s); err != nil {
		return err
	}
	j.lines = append(j.lines[:j.len()], s) // want `\[relock\]`
	return nil
}

// Deadlocks: a file may be there.
func (j *Journal) Load(name string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, err := os.Stat(name); err != nil {
		return err
	}
	j.lines = append(j.lines[:j.len()], name) // want `\[relock\]`
	return nil
}

// Fine: must never returns nil.
func (j *Journal) Always(s string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if must(s) == nil {
		return j.len()
	}
	return 0
}
