package sync_locker

import "sync"

// A List is locked unless its maker asked for none.
type List struct {
	mu sync.Locker
	n  int
}

type noLock struct{}

func (noLock) Lock()   {}
func (noLock) Unlock() {}

// NewList makes a list that is locked if safe.
func NewList(safe bool) *List {
	if safe {
		return &List{mu: new(sync.Mutex)}
	}
	return &List{mu: noLock{}}
}

// Len locks the list.
func (l *List) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.n
}

// Deadlocks if the list has a lock.
func (l *List) Push() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Len() < 10 { // want `\[relock\]`
		l.n++
	}
}

// Fine: the list has none.
func Unsafe() int {
	l := NewList(false)
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Len()
}

// Fine: neither has this.
func Literal() int {
	l := &List{mu: noLock{}}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Len()
}

// An Idle is never locked.
type Idle struct {
	mu sync.Locker
	n  int
}

// NewIdle makes one.
func NewIdle() *Idle { return &Idle{mu: noLock{}} }

// Len locks nothing.
func (i *Idle) Len() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.n
}

// Fine: there is no lock.
func (i *Idle) Push() {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.Len() < 10 {
		i.n++
	}
}

// An RW can be read-locked by one goroutine many times.
type RW struct {
	mu      sync.Mutex
	readers int
}

func (l *RW) add(n int) {
	l.mu.Lock()
	l.readers += n
	l.mu.Unlock()
}

type side RW

// Lock adds a reader.
func (s *side) Lock() { (*RW)(s).add(1) }

// Unlock takes a reader away.
func (s *side) Unlock() { (*RW)(s).add(-1) }

func (l *RW) side() sync.Locker { return (*side)(l) }

// Fine: the read side is left unlocked.
func (l *RW) Twice() {
	var s sync.Locker
	s = l.side()
	go func() {
		s.Lock()
		s.Lock()
	}()
	s.Unlock()
}

// Deadlocks: the read side locks the mutex.
func (l *RW) Inside() {
	s := l.side()
	l.mu.Lock()
	defer l.mu.Unlock()
	s.Lock() // want `\[relock\]`
}

// Deadlocks: this one is a mutex.
func (l *RW) Mutex() {
	var s sync.Locker
	s = &l.mu
	go func() {
		s.Lock()
		s.Lock() // want `\[relock\]`
	}()
	s.Unlock()
}
