package cancelled_context

import (
	"context"
	"os/signal"
	"sync"
)

type group struct{ mu sync.Mutex }

func (g *group) report() {
	g.mu.Lock()
	defer g.mu.Unlock()
}

type session struct {
	group  *group
	ctx    context.Context
	cancel func()
}

func (g *group) newSession(ctx context.Context) *session {
	ctx, cancel := context.WithCancel(ctx)
	return &session{group: g, ctx: ctx, cancel: cancel}
}

func (s *session) release() {
	s.cancel()
	s.group.report()
}

// Deadlocks: what cancels a context releases no lock.
func (g *group) consume(ctx context.Context) {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.newSession(ctx)
	<-s.ctx.Done()
	s.release() // want `locked at with_object.go:\d+, then session.release → group.report → g.mu.Lock at .* \[relock\]`
}

// Deadlocks: the same of the context of a signal.
func (g *group) untilSignal(ctx context.Context) {
	g.mu.Lock()
	defer g.mu.Unlock()
	ctx, stop := signal.NotifyContext(ctx)
	s := &session{group: g, ctx: ctx, cancel: stop}
	s.release() // want `\[relock\]`
}

// Fine: this one releases the lock before.
func (g *group) handOver(ctx context.Context) {
	g.mu.Lock()
	s := &session{group: g, ctx: ctx, cancel: g.mu.Unlock}
	s.release()
}

// Unknown: it may.
func (g *group) handOverTo(ctx context.Context, cancel func()) {
	g.mu.Lock()
	s := &session{group: g, ctx: ctx, cancel: cancel}
	s.release()
}

func (g *group) callsHandOverTo(ctx context.Context) { g.handOverTo(ctx, g.mu.Unlock) }

type worker struct {
	group  *group
	ctx    context.Context
	cancel context.CancelFunc
}

func (g *group) newWorker(ctx context.Context) *worker {
	ctx, cancel := context.WithCancel(ctx)
	return &worker{group: g, ctx: ctx, cancel: cancel}
}

func (w *worker) step() {
	if w.ctx.Err() != nil {
		return
	}
	w.group.report()
}

// Fine: nothing is done once the context of the new object is cancelled.
func (g *group) stopped(ctx context.Context) {
	g.mu.Lock()
	defer g.mu.Unlock()
	w := g.newWorker(ctx)
	w.cancel()
	w.step()
}

// Deadlocks: it is not cancelled yet.
func (g *group) running(ctx context.Context) {
	g.mu.Lock()
	defer g.mu.Unlock()
	w := g.newWorker(ctx)
	w.step() // want `\[relock\]`
	w.cancel()
}
