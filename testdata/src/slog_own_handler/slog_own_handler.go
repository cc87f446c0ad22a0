// Package slog_own_handler holds cases of loggers whose handler is of the package: it may lock, and need not resolve what is logged.
package slog_own_handler

import (
	"context"
	"io"
	"log/slog"
	"sync"
)

// A Ring is a handler that keeps the last records as they are.
type Ring struct {
	mu   sync.Mutex
	recs []slog.Record
	lost int
	log  *slog.Logger
}

// NewRing makes a ring, and a logger for it.
func NewRing() *Ring {
	r := &Ring{}
	r.log = slog.New(r)
	return r
}

// Enabled takes no lock.
func (r *Ring) Enabled(context.Context, slog.Level) bool { return true }

// Handle keeps the record.
func (r *Ring) Handle(_ context.Context, rec slog.Record) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.recs = append(r.recs, rec.Clone())
	return nil
}

// WithAttrs loses the attributes.
func (r *Ring) WithAttrs([]slog.Attr) slog.Handler { return r }

// WithGroup loses the name.
func (r *Ring) WithGroup(string) slog.Handler { return r }

// Deadlocks: the logger calls Handle of the ring that is locked.
func (r *Ring) Dump() []slog.Record {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.lost > 0 {
		r.log.Warn("lost records", "n", r.lost) // want `\[relock\]`
	}
	return r.recs
}

// Deadlocks: so does a logger that is made here.
func (r *Ring) Reset() {
	l := slog.New(r)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.recs = nil
	l.InfoContext(context.Background(), "reset") // want `\[relock\]`
}

// Fine: the record goes to another ring.
func (r *Ring) Copy(to *Ring) {
	r.mu.Lock()
	defer r.mu.Unlock()
	to.log.Info("copied", "n", len(r.recs))
}

// Fine: logged after the unlock.
func (r *Ring) Clear() {
	r.mu.Lock()
	r.recs = nil
	r.mu.Unlock()
	r.log.Info("cleared")
}

// A Gate is a handler that asks whether it is open.
type Gate struct {
	slog.Handler
	mu   sync.Mutex
	open bool
}

// Enabled reads under the lock.
func (g *Gate) Enabled(context.Context, slog.Level) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.open
}

// Deadlocks: the logger asks first whether the record is wanted.
func (g *Gate) Close() {
	l := slog.New(g)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open = false
	l.Info("closed") // want `\[relock\]`
}

// A Conn has a form for the log.
type Conn struct {
	mu   sync.Mutex
	id   int
	ring *slog.Logger
}

// NewConn makes a connection that logs to a ring.
func NewConn() *Conn { return &Conn{ring: slog.New(NewRing())} }

// LogValue reads under the lock.
func (c *Conn) LogValue() slog.Value {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slog.IntValue(c.id)
}

// Fine: the ring keeps the value unresolved.
func (c *Conn) Kick() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ring.Info("kicked", "conn", c)
}

// Fine: the same, of a logger that is made here.
func (c *Conn) Drop(r *Ring) {
	l := slog.New(r)
	c.mu.Lock()
	defer c.mu.Unlock()
	l.Info("dropped", "conn", c)
}

// Fine: what the logger has as its handler is not known, and may be a ring.
func (c *Conn) Note(l *slog.Logger) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l.Info("noted", "conn", c)
}

// Deadlocks: the logger made here writes text, which resolves the value.
func (c *Conn) Print(w io.Writer) {
	l := slog.New(slog.NewTextHandler(w, nil))
	c.mu.Lock()
	defer c.mu.Unlock()
	l.Info("printed", "conn", c) // want `\[relock\]`
}
