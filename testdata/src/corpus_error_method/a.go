// Package corpus_error_method holds cases of types with a method named like
// one that package fmt calls.
package corpus_error_method

import (
	"fmt"
	"sync"
)

// A Log prints lines.
type Log struct {
	mu sync.RWMutex
}

func (l *Log) Printf(format string, args ...any) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	fmt.Printf(format, args...)
}

// A Client has a method Error, and is no error.
type Client struct {
	log *Log
}

// Error logs err.
func (c *Client) Error(err error) { c.log.Printf("%v", err.Error()) }

// Fine: package fmt does not call a method Error that takes an argument.
func (c *Client) Warn() {
	c.log.Printf("%s is slow", c)
}

// A Failure is an error.
type Failure struct {
	log *Log
}

func (f *Failure) Error() string {
	f.log.Printf("asked for the text")
	return "failure"
}

// Package fmt calls Error of an error, under the lock of the log.
func (f *Failure) Warn() {
	f.log.Printf("%s happened", f) // want `l\.mu is read-locked again .*\[recursive-rlock\]`
}
