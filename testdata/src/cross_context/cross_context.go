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

type adder interface {
	add(ctx context.Context) error
}

type adding struct{ d *db }

func (a *adding) add(ctx context.Context) error { return do(ctx, a.d, set) }

// Fine: update says of the transaction that it passes only that it is there, and that is enough.
func insideByInterface(ctx context.Context, d *db) {
	var a adder = &adding{d}
	d.update(func(t *tx.Tx) error { return a.add(tx.With(ctx, t)) })
}

// Deadlocks: there is none in the context.
func outsideByInterface(ctx context.Context, d *db) {
	var a adder = &adding{d}
	d.update(func(t *tx.Tx) error { return a.add(context.WithValue(context.Background(), t.N, t)) }) // want `\[relock\]`
}

func (d *db) begin() *tx.Tx {
	d.mu.Lock()
	return &tx.Tx{}
}

// Fine: what begin returns is the transaction.
func begun(ctx context.Context, d *db) {
	t := d.begin()
	defer d.mu.Unlock()
	do(tx.With(ctx, t), d, set)
}
