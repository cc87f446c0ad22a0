// Package sync_pool holds cases of sync.Pool, whose Get calls New.
package sync_pool

import "sync"

var (
	mu      sync.Mutex
	made    int
	counted = sync.Pool{New: func() any {
		mu.Lock()
		defer mu.Unlock()
		made++
		return new([]byte)
	}}
	plain = sync.Pool{New: func() any { return new([]byte) }}
)

// Deadlocks: Get calls New if the pool is empty.
func Get() any {
	mu.Lock()
	defer mu.Unlock()
	return counted.Get() // want `\[relock\]`
}

// Fine: New of this pool takes no lock.
func GetPlain() any {
	mu.Lock()
	defer mu.Unlock()
	return plain.Get()
}

// Fine: Put does not call New.
func Put(b *[]byte) {
	mu.Lock()
	defer mu.Unlock()
	counted.Put(b)
}

// Fine: Get is called before the lock.
func Count() int {
	counted.Put(counted.Get())
	mu.Lock()
	defer mu.Unlock()
	return made
}

// Buffers has a pool of its own, and one that it shares.
type Buffers struct {
	mu     sync.Mutex
	n      int
	pool   sync.Pool
	idle   sync.Pool
	shared *sync.Pool
}

// New makes the buffers.
func New() *Buffers {
	b := &Buffers{}
	b.pool.New = func() any {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.n++
		return new([]byte)
	}
	b.idle.New = func() any { return new([]byte) }
	return b
}

// Deadlocks: New locks b.
func (b *Buffers) Get() any {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pool.Get() // want `\[relock\]`
}

// Fine: the other pool.
func (b *Buffers) Idle() any {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.idle.Get()
}

// Fine: the pool of other buffers.
func (b *Buffers) Borrow(o *Buffers) any {
	b.mu.Lock()
	defer b.mu.Unlock()
	return o.pool.Get()
}

// Fine, as far as one can know: any pool.
func (b *Buffers) Shared() any {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.shared.Get()
}

// Deadlocks: a pool that is made here.
func (b *Buffers) Local() any {
	p := sync.Pool{New: func() any { return b.Get() }}
	b.mu.Lock()
	defer b.mu.Unlock()
	return p.Get() // want `\[relock\]`
}
