// Package options_struct holds cases of lock-state flags inside a struct of options.
package options_struct

import "sync"

type opts struct {
	locked bool
	force  bool
	limit  int
}

// A Bucket is a bucket of objects.
type Bucket struct {
	mu   sync.RWMutex
	objs map[string]int
}

func (b *Bucket) scan(o opts) (n int) {
	if !o.locked {
		b.mu.RLock()
		defer b.mu.RUnlock()
	}
	for _, size := range b.objs {
		if o.limit > 0 && n > o.limit {
			break
		}
		n += size
	}
	return n
}

func (b *Bucket) purge(o *opts) {
	if !o.locked {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
	if o.force {
		clear(b.objs)
	}
}

// Fine: the option says that the lock is held.
func (b *Bucket) Put(name string, size int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.objs[name] = size
	return b.scan(opts{locked: true})
}

// Deadlocks: the option is missing, and so false.
func (b *Bucket) Add(name string, size int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.objs[name] = size
	return b.scan(opts{limit: 10}) // want `\[downgrade\]`
}

// Deadlocks when a writer waits in between: the zero value of the options.
func (b *Bucket) Share(name string) float64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return float64(b.objs[name]) / float64(b.scan(opts{})) // want `\[recursive-rlock\]`
}

// Fine: nothing is held.
func (b *Bucket) Total() int { return b.scan(opts{}) }

// Fine: the field is set after the literal.
func (b *Bucket) Wipe() {
	o := opts{force: true}
	o.locked = true
	b.mu.Lock()
	defer b.mu.Unlock()
	b.purge(&o)
}

// Deadlocks: the field is false when purge reads it.
func (b *Bucket) Drain() {
	o := &opts{force: true, locked: true}
	b.mu.Lock()
	defer b.mu.Unlock()
	o.locked = false
	b.purge(o) // want `\[relock\]`
}

// reduce forwards the whole struct, to one of two functions.
func (b *Bucket) reduce(o opts) int {
	if o.limit == 0 {
		b.purge(&o)
		return 0
	}
	return b.scan(o)
}

// Deadlocks on both paths: reduce forwards options that say that nothing is locked.
func (b *Bucket) Cap(n int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.reduce(opts{force: true, limit: n}) // want `\[downgrade\]` `\[relock\]`
}

// Fine: the options say that the lock is held.
func (b *Bucket) Limit(n int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.reduce(opts{locked: true, limit: n})
}

type option func(*opts)

func holding() option        { return func(o *opts) { o.locked = true } }
func atMost(n int) option    { return func(o *opts) { o.limit = n } }
func forced(yes bool) option { return func(o *opts) { o.force = yes } }

func (b *Bucket) list(os ...option) int {
	var o opts
	for _, f := range os {
		f(&o)
	}
	if !o.locked {
		b.mu.RLock()
		defer b.mu.RUnlock()
	}
	return len(b.objs)
}

// Fine: an option function says that the lock is held.
func (b *Bucket) Len(n int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.list(atMost(n), holding(), forced(false))
}

// Deadlocks: no option at all.
func (b *Bucket) Count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.list() // want `\[downgrade\]`
}
