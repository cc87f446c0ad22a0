// Package own_writer holds cases of writers that lock, and of what writes to them.
package own_writer

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
)

// A Ring keeps what is written to it.
type Ring struct {
	mu  sync.Mutex
	buf []byte
	out io.Writer
}

// Write adds p.
func (r *Ring) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.buf = append(r.buf, p...)
	return len(p), nil
}

// Deadlocks: Fprintf writes to r.
func (r *Ring) Rotate() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.buf = nil
	fmt.Fprintf(r, "rotated %d", 1) // want `\[relock\]`
}

// Deadlocks: so do Fprint and Fprintln.
func (r *Ring) Clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprint(r, len(r.buf))   // want `\[relock\]`
	fmt.Fprintln(r, len(r.buf)) // want `\[relock\]`
}

// Fine: another ring is written to, a file, or whatever out is.
func (r *Ring) Copy(o *Ring) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintln(o, len(r.buf))
	fmt.Fprintln(os.Stderr, len(r.buf))
	fmt.Fprintln(r.out, len(r.buf))
}

// Fine: written after the unlock.
func (r *Ring) Reset() {
	r.mu.Lock()
	r.buf = nil
	r.mu.Unlock()
	fmt.Fprintln(r, "reset")
}

func header(w io.Writer) { fmt.Fprintln(w, "header") }

// Deadlocks: header writes to what it is passed.
func (r *Ring) Start() {
	r.mu.Lock()
	defer r.mu.Unlock()
	header(r) // want `\[relock\]`
}

// Deadlocks: the encoder writes to r.
func (r *Ring) Dump() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return json.NewEncoder(r).Encode(len(r.buf)) // want `\[relock\]`
}

// Fine: the encoder writes to another ring, or has written when r is locked.
func (r *Ring) DumpTo(o *Ring) error {
	own := json.NewEncoder(r)
	if err := own.Encode("start"); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return json.NewEncoder(o).Encode(len(r.buf))
}

// Deadlocks: Flush writes to r.
func (r *Ring) Buffered() error {
	w := bufio.NewWriter(r)
	r.mu.Lock()
	defer r.mu.Unlock()
	w.WriteString("buffered")
	return w.Flush() // want `\[relock\]`
}

// Fine: it is flushed after the unlock.
func (r *Ring) Flush() error {
	w := bufio.NewWriterSize(r, 1<<16)
	r.mu.Lock()
	fmt.Fprintln(w, len(r.buf))
	r.mu.Unlock()
	return w.Flush()
}

// A Log buffers what it writes to itself.
type Log struct {
	mu  sync.Mutex
	n   int
	buf *bufio.Writer
}

// NewLog makes a log.
func NewLog() *Log {
	l := &Log{}
	l.buf = bufio.NewWriter(l)
	return l
}

// Write counts.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n += len(p)
	return len(p), nil
}

// Deadlocks: the writer in buf writes to l.
func (l *Log) Sync() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Flush() // want `\[relock\]`
}

// Fine: that of another log.
func (l *Log) SyncOther(o *Log) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return o.buf.Flush()
}
