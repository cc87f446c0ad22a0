// Package timers holds cases of functions that run later, in a goroutine of their own.
package timers

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// A Lease ends by itself.
type Lease struct {
	mu    sync.Mutex
	until time.Time
	timer *time.Timer
	stop  func() bool
}

func (l *Lease) expire() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.until = time.Time{}
}

// Fine: AfterFunc runs expire in a goroutine of its own.
func (l *Lease) Renew(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer != nil {
		l.timer.Stop()
	}
	l.timer = time.AfterFunc(d, l.expire)
}

// Deadlocks: with nothing left, expire runs here.
func (l *Lease) Shorten(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if d <= 0 {
		l.expire() // want `\[relock\]`
		return
	}
	l.timer = time.AfterFunc(d, l.expire)
}

// Fine: context.AfterFunc runs its function in a goroutine of its own.
func (l *Lease) Bind(ctx context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stop = context.AfterFunc(ctx, func() { l.expire() })
}

// Deadlocks: the function that the timer runs locks twice by itself.
func (l *Lease) Twice(d time.Duration) *time.Timer {
	return time.AfterFunc(d, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.expire() // want `\[relock\]`
	})
}

// Fine: a cleanup runs in a goroutine of the runtime.
func (l *Lease) Track(owner *Lease) {
	l.mu.Lock()
	defer l.mu.Unlock()
	runtime.AddCleanup(owner, func(*Lease) { l.expire() }, l)
	runtime.SetFinalizer(owner, func(*Lease) { l.expire() })
}

// Fine: Reset and Stop call nothing.
func (l *Lease) Reset(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.timer.Reset(d) {
		l.timer.Stop()
	}
}
