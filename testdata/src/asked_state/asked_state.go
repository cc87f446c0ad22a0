// Package asked_state holds cases of functions that ask what they were passed whether to lock.
package asked_state

import (
	"context"
	"sync"
)

// A Tally counts.
type Tally struct {
	mu sync.Mutex
	n  int
}

// A holder says whether the lock is held.
type holder interface{ locked() bool }

type yes struct{}

func (yes) locked() bool { return true }

type no struct{}

func (no) locked() bool { return false }

type by struct{ held bool }

func (b *by) locked() bool { return b.held }

func (t *Tally) set(h holder) {
	if !h.locked() {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	t.n++
}

// Fine: the lock is held, and yes says so.
func (t *Tally) Yes() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(yes{})
}

// Deadlocks: no says that it is not.
func (t *Tally) No() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(no{}) // want `\[relock\]`
}

// Fine: the object has it in a field.
func (t *Tally) ByField() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(&by{held: true})
}

// Deadlocks: the object has it in a field.
func (t *Tally) ByFieldNot() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(&by{}) // want `\[relock\]`
}

// Deadlocks: one of the two is said.
func (t *Tally) Either(h holder) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(h) // want `\[relock\]`
}

func setBy(t *Tally, held func() bool) {
	if !held() {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	t.n++
}

// Fine: the function says that it is held.
func (t *Tally) Func() {
	t.mu.Lock()
	defer t.mu.Unlock()
	setBy(t, func() bool { return true })
}

// Deadlocks: the function says that it is not.
func (t *Tally) FuncNot() {
	t.mu.Lock()
	defer t.mu.Unlock()
	setBy(t, func() bool { return false }) // want `\[relock\]`
}

func setAs[H holder](t *Tally, h H) {
	if !h.locked() {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	t.n++
}

// Fine: a type parameter that says that it is held.
func (t *Tally) Generic() {
	t.mu.Lock()
	defer t.mu.Unlock()
	setAs(t, yes{})
}

// Deadlocks: a type parameter that says that it is not.
func (t *Tally) GenericNot() {
	t.mu.Lock()
	defer t.mu.Unlock()
	setAs(t, no{}) // want `\[relock\]`
}

type lockedKey struct{}

type otherKey struct{}

func (t *Tally) put(ctx context.Context) {
	if ctx.Value(lockedKey{}) == nil {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	t.n++
}

// Fine: the context says that the lock is held.
func (t *Tally) Context(ctx context.Context) {
	t.mu.Lock()
	defer t.mu.Unlock()
	ctx, cancel := context.WithCancel(context.WithValue(ctx, lockedKey{}, true))
	defer cancel()
	t.put(context.WithValue(ctx, otherKey{}, "x"))
}

// Deadlocks: the context says something else.
func (t *Tally) ContextOther(ctx context.Context) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.put(context.WithValue(ctx, otherKey{}, true)) // want `\[relock\]`
}

// Deadlocks: the context is that of the caller.
func (t *Tally) ContextOnly(ctx context.Context) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.put(ctx) // want `\[relock\]`
}

func isLocked(ctx context.Context) bool {
	v, _ := ctx.Value(lockedKey{}).(bool)
	return v
}

// Fine: the first call locks, and tells the others.
func (t *Tally) visit(ctx context.Context) {
	if !isLocked(ctx) {
		t.mu.Lock()
		defer t.mu.Unlock()
		ctx = context.WithValue(ctx, lockedKey{}, true)
	}
	t.n++
	if t.n < 5 {
		t.visit(ctx)
	}
}

// Deadlocks: the others are told that it does not hold the lock.
func (t *Tally) visitAll(ctx context.Context) {
	if !isLocked(ctx) {
		t.mu.Lock()
		defer t.mu.Unlock()
		ctx = context.WithValue(ctx, lockedKey{}, false)
	}
	t.n++
	if t.n < 5 {
		t.visitAll(ctx) // want `\[relock\]`
	}
}

// Fine: a nested visit sees that the lock is held.
func (t *Tally) Visit(ctx context.Context) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.visit(context.WithValue(ctx, lockedKey{}, true))
}
