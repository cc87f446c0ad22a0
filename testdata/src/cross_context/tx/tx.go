// Package tx keeps a transaction in a context, and a lock state in a struct.
package tx

import "context"

// A Tx is a transaction.
type Tx struct{ N int }

type key struct{}

// With returns ctx with the transaction.
func With(ctx context.Context, t *Tx) context.Context { return context.WithValue(ctx, key{}, t) }

// From returns the transaction of ctx.
func From(ctx context.Context) (t *Tx, ok bool) {
	t, ok = ctx.Value(key{}).(*Tx)
	return
}

// Options tell a function how it is called.
type Options struct {
	Name   string
	Locked bool
}

// Held returns the options of a caller that holds the lock.
func Held(name string) Options { return Options{Name: name, Locked: true} }

// Free returns the options of one that does not.
func Free(name string) Options { return Options{Name: name} }

type span struct{ names []string }

// Span returns a context for a part of the work.
func Span(ctx context.Context, name string) (context.Context, *span) {
	if s, ok := ctx.Value(spans).(*span); ok {
		s.names = append(s.names, name)
		return ctx, s
	}
	s := &span{[]string{name}}
	return context.WithValue(ctx, spans, s), s
}

type spanKey struct{}

var spans = spanKey{}
