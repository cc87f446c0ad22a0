// Package slog_levels holds cases of records that a handler of log/slog writes, or leaves out.
package slog_levels

import (
	"log/slog"
	"sync"
)

// An App writes what it logs itself.
type App struct {
	mu    sync.Mutex
	log   *slog.Logger
	lines int
}

type lines struct{ a *App }

// Write counts.
func (l *lines) Write(p []byte) (int, error) {
	l.a.mu.Lock()
	defer l.a.mu.Unlock()
	l.a.lines++
	return len(p), nil
}

// NewApp makes an app.
func NewApp() *App {
	a := &App{}
	a.log = slog.New(slog.NewTextHandler(&lines{a}, nil))
	return a
}

// Deadlocks: the handler writes the record.
func (a *App) Warn() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.log.Warn("low") // want `\[relock\]`
}

// Fine: the record is below the level of the handler.
func (a *App) Debug() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.log.Debug("low")
}
