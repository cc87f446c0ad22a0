// Package log_stringer holds cases of log and log/slog calling methods of what they log.
package log_stringer

import (
	"context"
	"log"
	"log/slog"
	"os"
	"sync"
)

// A Peer describes itself under its lock.
type Peer struct {
	mu    sync.RWMutex
	addr  string
	score int
	log   *log.Logger
}

// String describes p.
func (p *Peer) String() string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.addr
}

// Deadlocks: Printf calls String, on the error path only.
func (p *Peer) Ban(by int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.score -= by
	if p.score < 0 {
		log.Printf("peer %s banned with %d", p, p.score) // want `\[downgrade\]`
	}
}

// Deadlocks when a writer waits in between: Print of an own logger.
func (p *Peer) Report() {
	p.mu.RLock()
	defer p.mu.RUnlock()
	p.log.Print("peer ", p) // want `\[recursive-rlock\]`
}

// Fine: logged after the unlock.
func (p *Peer) Reset() {
	p.mu.Lock()
	p.score = 0
	p.mu.Unlock()
	p.log.Println("reset", p)
}

// Fine: the fields are logged.
func (p *Peer) Note() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.log.Printf("%s %d", p.addr, p.score)
}

// Deadlocks: Fatalf formats before it exits.
func (p *Peer) Must() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.addr == "" {
		log.Fatalf("%v has no address", p) // want `\[downgrade\]`
	}
}

// A Conn has a LogValue method.
type Conn struct {
	mu    sync.Mutex
	bytes int
}

// LogValue reads under the lock.
func (c *Conn) LogValue() slog.Value {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slog.IntValue(c.bytes)
}

// Deadlocks: slog.Info resolves its argument.
func (c *Conn) Write(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bytes += n
	slog.Info("written", "conn", c) // want `\[relock\]`
}

// Fine: logged after the unlock.
func (c *Conn) Read(n int) {
	c.mu.Lock()
	c.bytes += n
	c.mu.Unlock()
	slog.Info("read", "conn", c)
}

// Fine: the field is logged.
func (c *Conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	slog.Info("closed", "bytes", c.bytes, slog.Group("conn", slog.Int("n", c.bytes)))
}

// Deadlocks: the argument is wrapped in an attribute, the logger is another one.
func (c *Conn) Flush(l *slog.Logger) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l.LogAttrs(context.Background(), slog.LevelError, "flushed", slog.Any("conn", c)) // want `\[relock\]`
}

// Fine: another connection is logged.
func (c *Conn) Pipe(to *Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	slog.Warn("piped", "to", to)
}

// A Sink is a writer that locks, and logs to itself.
type Sink struct {
	mu  sync.Mutex
	log *log.Logger
	n   int
}

// NewSink makes a sink whose logger writes to it.
func NewSink() *Sink {
	s := &Sink{}
	s.log = log.New(s, "", 0)
	return s
}

// Write counts.
func (s *Sink) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n += len(b)
	return os.Stderr.Write(b)
}

// Deadlocks: the logger writes to the sink that is locked.
func (s *Sink) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n = 0
	s.log.Print("reset") // want `\[relock\]`
}

// Fine: logged after the unlock.
func (s *Sink) Count() int {
	s.mu.Lock()
	n := s.n
	s.mu.Unlock()
	s.log.Print("count")
	return n
}

// A Pipe is a writer that locks.
type Pipe struct {
	mu sync.Mutex
	n  int
}

// Write counts.
func (p *Pipe) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n += len(b)
	return len(b), nil
}

// Deadlocks: a logger made here writes to the pipe that is locked.
func (p *Pipe) Own() {
	l := log.New(p, "own ", 0)
	p.mu.Lock()
	defer p.mu.Unlock()
	l.Println(p.n) // want `\[relock\]`
}

// Fine: the logger made here writes to another pipe.
func (p *Pipe) Cross(o *Pipe) {
	l := log.New(o, "cross ", 0)
	p.mu.Lock()
	defer p.mu.Unlock()
	l.Println(p.n)
}

// Fine: the logger made here has been redirected.
func (p *Pipe) Quiet() {
	l := log.New(p, "quiet ", 0)
	l.SetOutput(os.Stderr)
	p.mu.Lock()
	defer p.mu.Unlock()
	l.Printf("%d", p.n)
}
