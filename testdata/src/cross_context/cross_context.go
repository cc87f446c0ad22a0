// Package cross_context holds cases of a lock state that another package puts into a context or a struct (containerd).
package cross_context

import (
	"context"
	"sync"

	"cross_context/tx"
)

type db struct {
	mu sync.RWMutex
	n  int
}

func (d *db) update(f func(*tx.Tx) error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return f(&tx.Tx{})
}

func do(ctx context.Context, d *db, f func(*tx.Tx) error) error {
	t, ok := tx.From(ctx)
	if !ok {
		return d.update(f)
	}
	return f(t)
}

func set(t *tx.Tx) error { t.N++; return nil }

// Fine: the context has the transaction of the update.
func inside(ctx context.Context, d *db) {
	d.update(func(t *tx.Tx) error { return do(tx.With(ctx, t), d, set) })
}

// Deadlocks: the context has none.
func outside(d *db) {
	d.update(func(t *tx.Tx) error { return do(context.Background(), d, set) }) // want `\[relock\]`
}

func (d *db) count(o tx.Options) int {
	if !o.Locked {
		d.mu.Lock()
		defer d.mu.Unlock()
	}
	return d.n
}

// Fine: the options say that the lock is held.
func (d *db) held() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.count(tx.Held("a"))
}

// Deadlocks: they say that it is not.
func (d *db) free() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.count(tx.Free("a")) // want `\[relock\]`
}

func traced(ctx context.Context, d *db) error {
	ctx, _ = tx.Span(ctx, "traced")
	return do(ctx, d, set)
}

// Fine: a context that is made of another one has its transaction.
func tracedInside(ctx context.Context, d *db) {
	d.update(func(t *tx.Tx) error { return traced(tx.With(ctx, t), d) })
}

// Deadlocks: there is none to be had.
func tracedOutside(d *db) {
	d.update(func(t *tx.Tx) error { return traced(context.Background(), d) }) // want `\[relock\]`
}
