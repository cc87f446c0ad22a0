// Package cancelled_context holds cases of contexts that an object has together with the
// functions that cancel them.
package cancelled_context

import (
	"context"
	"sync"
)

type batch struct {
	mu         sync.Mutex
	ctx        context.Context
	cancel     context.CancelFunc
	other      context.Context
	stop       context.CancelFunc
	n, pending int
}

func newBatch() *batch {
	ctx, cancel := context.WithCancel(context.Background())
	b := &batch{ctx: ctx, cancel: cancel}
	b.other, b.stop = context.WithCancel(context.Background())
	return b
}

func (b *batch) flush() error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n = 0
	return nil
}

func (b *batch) flushUnlessDone() {
	select {
	case <-b.ctx.Done():
		return
	default:
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n = 0
}

// Fine: nothing is flushed when the context is cancelled.
func (b *batch) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cancel()
	b.flush()
	b.flushUnlessDone()
}

// Deadlocks: the context is not cancelled yet.
func (b *batch) closeLate() {
	b.mu.Lock()
	defer b.mu.Unlock()
	defer b.cancel()
	b.flush() // want `\[relock\]`
}

// Deadlocks: the same, asked by the channel.
func (b *batch) closeUnlessDone() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.flushUnlessDone() // want `\[relock\]`
	b.cancel()
}

// Deadlocks: another context is cancelled.
func (b *batch) stopOther() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stop()
	b.flush() // want `\[relock\]`
}

// Deadlocks: the context is a new one.
func (b *batch) reopen() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cancel()
	b.ctx, b.cancel = context.WithCancel(context.Background())
	b.flush() // want `\[relock\]`
}

// Deadlocks: it may be cancelled after it was asked first.
func (b *batch) drain() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.ctx.Err() == nil {
		b.pending--
	}
	if b.ctx.Err() != nil {
		b.count() // want `\[relock\]`
	}
}

// Deadlocks: the error of a context that was cancelled here is not nil.
func (b *batch) reason() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cancel()
	if b.ctx.Err() != nil {
		b.count() // want `\[relock\]`
	}
	return nil
}

func (b *batch) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.n
}
