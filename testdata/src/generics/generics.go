// Package generics holds cases of generic functions over locks and over types that lock.
package generics

import (
	"fmt"
	"sync"
)

// A Box has a lock and a size.
type Box struct {
	mu    sync.RWMutex
	items []int
}

// Size returns the number of items.
func (b *Box) Size() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.items)
}

// A Crate takes no lock.
type Crate struct{ items []int }

// Size returns the number of items.
func (c *Crate) Size() int { return len(c.items) }

type sizer interface{ Size() int }

func total[S sizer](ss ...S) (n int) {
	for _, s := range ss {
		n += s.Size()
	}
	return n
}

func sizeOf[S sizer](s S) string { return fmt.Sprint(s.Size()) }

// Deadlocks: sizeOf[*Box] calls Size of b.
func (b *Box) Put(n int) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.items = append(b.items, n)
	return sizeOf(b) // want `\[downgrade\]`
}

// Deadlocks when a writer waits in between: through the variadic generic function.
func (b *Box) Share() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.items) / total(b) // want `\[recursive-rlock\]`
}

// Fine: the instance for *Crate takes no lock.
func (b *Box) Pack(c *Crate) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	c.items = append(c.items, b.items...)
	return sizeOf(c)
}

// Fine: another box.
func (b *Box) Stack(on *Box) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return sizeOf(on)
}

func under[L sync.Locker, T any](l L, f func() T) T {
	l.Lock()
	defer l.Unlock()
	return f()
}

// Deadlocks: under holds b.mu while it calls b.Size.
func (b *Box) Count() int {
	return under(&b.mu, b.Size) // want `\[downgrade\]`
}

// Deadlocks when a writer waits in between: under holds the read lock.
func (b *Box) CountShared() int {
	return under(b.mu.RLocker(), b.Size) // want `\[recursive-rlock\]`
}

// Fine: the function takes no lock.
func (b *Box) Peek() int {
	return under(&b.mu, func() int { return b.items[0] })
}

func with[T any, P interface {
	*T
	sync.Locker
}](p P, f func(P)) {
	p.Lock()
	defer p.Unlock()
	f(p)
}

// A Shelf embeds its lock.
type Shelf struct {
	sync.Mutex
	rows int
}

func (s *Shelf) count() int {
	s.Lock()
	defer s.Unlock()
	return s.rows
}

// Deadlocks: with locks s through a type parameter, count locks it again.
func (s *Shelf) Add() {
	with(s, func(p *Shelf) { p.rows = p.count() + 1 }) // want `\[relock\]`
}

// Fine: with has released s.
func (s *Shelf) Del() int {
	with(s, func(p *Shelf) { p.rows-- })
	return s.count()
}

func mapAll[T, U any](ts []T, f func(T) U) []U {
	us := make([]U, 0, len(ts))
	for _, t := range ts {
		us = append(us, f(t))
	}
	return us
}

// Deadlocks: mapAll calls the literal under the lock.
func (s *Shelf) Rows(at []int) []int {
	s.Lock()
	defer s.Unlock()
	return mapAll(at, func(i int) int { return i + s.count() }) // want `\[relock\]`
}

// Fine: the lock is released before.
func (s *Shelf) Cells(at []int) []int {
	s.Lock()
	s.rows = len(at)
	s.Unlock()
	return mapAll(at, func(i int) int { return i + s.count() })
}

type counter interface{ count() int }

func ask(c counter) int { return c.count() }

type component interface{ start(counter) }

// A Registry starts components, which may ask it how many there are.
type Registry[C component] struct {
	mu    sync.RWMutex
	items []C
}

func (r *Registry[C]) add(c C) { r.items = append(r.items, c) }

func (r *Registry[C]) count() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.items)
}

// Deadlocks: ask calls a method of the registry.
func (r *Registry[C]) Ask() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return ask(r) // want `\[downgrade\]`
}

func (r *Registry[C]) startAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.items {
		c.start(r)
	}
}

type asking struct{ of int }

func (a *asking) start(c counter) { a.of = c.count() }

type silent struct{ of int }

func (s *silent) start(counter) { s.of = 1 }

// Deadlocks: the component asks.
func startAsking() {
	r := &Registry[*asking]{}
	r.add(&asking{})
	r.startAll() // want `\[downgrade\]`
}

// Fine: the component does not ask.
func startSilent() {
	r := &Registry[*silent]{}
	r.add(&silent{})
	r.startAll()
}

// Fine: there are no components.
func startNone() {
	r := &Registry[*asking]{}
	r.startAll()
}
