// Package kept_unlock holds cases of functions that unlock, and of locks, that are kept in containers or given to other goroutines.
package kept_unlock

import (
	"container/list"
	"context"
	"sync"
	"time"
)

// A Store counts its items.
type Store struct {
	mu    sync.Mutex
	items int
}

func (s *Store) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.items
}

// Fine: the loop unlocks.
func (s *Store) Loop() int {
	s.mu.Lock()
	undo := []func(){s.mu.Unlock}
	for _, f := range undo {
		f()
	}
	return s.count()
}

// Deadlocks: what the loop calls does not unlock.
func (s *Store) LoopNothing() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	undo := []func(){func() { s.items-- }}
	for _, f := range undo {
		f()
	}
	return s.count() // want `\[relock\]`
}

// add locks, and leaves unlocking to its deferred loop.
func (s *Store) add() {
	var undo []func()
	defer func() {
		for _, f := range undo {
			f()
		}
	}()
	s.mu.Lock()
	undo = append(undo, s.mu.Unlock)
	s.items++
}

// Fine: add has unlocked.
func (s *Store) AddTwice() {
	s.add()
	s.add()
}

// Fine: the deferred literal unlocks first.
func (s *Store) Deferred() {
	var undo []func()
	defer func() {
		for _, f := range undo {
			f()
		}
		s.count()
	}()
	s.mu.Lock()
	undo = append(undo, func() { s.mu.Unlock() })
}

// Deadlocks: the deferred literal unlocks last.
func (s *Store) DeferredLate() {
	var undo []func()
	defer func() {
		for _, f := range undo {
			f()
		}
	}()
	s.mu.Lock()
	s.count() // want `\[relock\]`
	undo = append(undo, func() { s.mu.Unlock() })
}

// A step is undone by a function.
type step struct {
	name string
	undo func()
}

// Fine: the function is in an element.
func (s *Store) Steps() int {
	s.mu.Lock()
	steps := []step{{"lock", s.mu.Unlock}}
	for _, st := range steps {
		st.undo()
	}
	return s.count()
}

// Fine: the function is in an object that an element points to.
func (s *Store) StepPointers() int {
	var steps []*step
	s.mu.Lock()
	steps = append(steps, &step{"lock", s.mu.Unlock})
	for _, st := range steps {
		st.undo()
	}
	return s.count()
}

// Fine: the function is in a list.
func (s *Store) List() int {
	l := list.New()
	s.mu.Lock()
	l.PushBack(s.mu.Unlock)
	for e := l.Front(); e != nil; e = e.Next() {
		e.Value.(func())()
	}
	return s.count()
}

// A stack collects functions to be called later.
type stack struct{ undo []func() }

func (k *stack) push(f func()) { k.undo = append(k.undo, f) }

func (k *stack) unwind() {
	for _, f := range k.undo {
		f()
	}
	k.undo = nil
}

// Fine: unwind unlocks.
func (s *Store) Push() int {
	var k stack
	s.mu.Lock()
	k.push(s.mu.Unlock)
	k.unwind()
	return s.count()
}

// Deadlocks: nothing that unlocks has been pushed.
func (s *Store) PushNothing() int {
	var k stack
	s.mu.Lock()
	defer s.mu.Unlock()
	k.push(func() { s.items-- })
	k.unwind()
	return s.count() // want `\[relock\]`
}

// Locks collects locks.
type locks struct{ held []sync.Locker }

func (l *locks) take(m sync.Locker) {
	m.Lock()
	l.held = append(l.held, m)
}

func (l *locks) remember(m *sync.Mutex) { l.held = append(l.held, m) }

func (l *locks) release() {
	for _, m := range l.held {
		m.Unlock()
	}
	l.held = nil
}

// Fine: release unlocks what take has locked.
func (s *Store) Take() int {
	var l locks
	l.take(&s.mu)
	l.release()
	return s.count()
}

// Fine: release unlocks what is remembered.
func (s *Store) Remember() int {
	var l locks
	s.mu.Lock()
	l.remember(&s.mu)
	l.release()
	return s.count()
}

// Deadlocks: a lock is remembered, but another one.
func (s *Store) RememberOther(o *Store) int {
	var l locks
	s.mu.Lock()
	defer s.mu.Unlock()
	o.mu.Lock()
	l.remember(&o.mu)
	return s.count() // want `\[relock\]`
}

// A Set remembers by name what it has locked.
type Set struct{ held, all map[string]*sync.Mutex }

func (t *Set) lock(k string) {
	if _, ok := t.held[k]; ok {
		return
	}
	t.all[k].Lock()
	t.held[k] = t.all[k]
}

func (t *Set) unlock() {
	for k, m := range t.held {
		m.Unlock()
		delete(t.held, k)
	}
}

// Fine: the second lock sees the first.
func (t *Set) Run() {
	t.lock("a")
	t.lock("a")
	t.unlock()
	t.lock("a")
	t.unlock()
}

// Fine: unlocked when the time has come.
func (s *Store) throttle() {
	s.mu.Lock()
	time.AfterFunc(time.Second, s.mu.Unlock)
}

// Fine: the second call waits.
func (s *Store) Throttle() {
	s.throttle()
	s.throttle()
}

// Fine: unlocked when ctx is done.
func (s *Store) UntilDone(ctx context.Context) int {
	s.mu.Lock()
	context.AfterFunc(ctx, func() { s.mu.Unlock() })
	return s.count()
}

// Deadlocks: the function does not unlock.
func (s *Store) Later() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	time.AfterFunc(time.Second, func() { s.count() })
	return s.count() // want `\[relock\]`
}

// Fine: the goroutine unlocks.
func (s *Store) Group() int {
	var wg sync.WaitGroup
	defer wg.Wait()
	s.mu.Lock()
	wg.Go(func() { s.mu.Unlock() })
	return s.count()
}

// Fine: who receives the function unlocks.
func (s *Store) Send(ch chan func()) int {
	s.mu.Lock()
	ch <- s.mu.Unlock
	return s.count()
}

// Fine: who receives the function unlocks, if somebody does.
func (s *Store) Select(ch chan func(), done chan struct{}) int {
	s.mu.Lock()
	select {
	case ch <- s.mu.Unlock:
	case <-done:
		s.mu.Unlock()
	}
	return s.count()
}

func worker(done func()) {
	time.Sleep(time.Second)
	done()
}

// Fine: the goroutine calls what unlocks.
func (s *Store) Worker() int {
	s.mu.Lock()
	go worker(s.mu.Unlock)
	return s.count()
}

// spawn calls f later.
func spawn(f func()) { go f() }

// Fine: the goroutine unlocks.
func (s *Store) Spawn() int {
	s.mu.Lock()
	spawn(s.mu.Unlock)
	return s.count()
}

// check takes a lock and does nothing with it.
func check(m *sync.Mutex) {}

// Deadlocks: nobody keeps the pointer.
func (s *Store) Check() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	check(&s.mu)
	return s.count() // want `\[relock\]`
}

func runAll(fs ...func()) {
	for _, f := range fs {
		f()
	}
}

// Deadlocks: passed, called, and none of them unlocks.
func (s *Store) Variadic() {
	s.mu.Lock()
	defer s.mu.Unlock()
	runAll(func() { s.items++ }, func() { s.count() }) // want `\[relock\]`
}

// release unlocks for its caller, by a slice.
func (s *Store) release() {
	undo := []func(){s.mu.Unlock}
	for _, f := range undo {
		f()
	}
}

// Fine: release has unlocked.
func (s *Store) Release() int {
	s.mu.Lock()
	s.release()
	return s.count()
}

// A Part shares the lock of its store.
type Part struct {
	mu *sync.Mutex
	n  int
}

// A Rack has parts that share its lock.
type Rack struct {
	mu    *sync.Mutex
	parts []*Part
}

func (p *Part) inc() {
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
}

// Deadlocks: the new part has the lock of the rack.
func (r *Rack) Add() {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := &Part{mu: r.mu}
	r.parts = append(r.parts, p)
	p.inc() // want `\[relock\]`
}

func (s *Store) ignored(undo func()) { s.items++ }

func (s *Store) maybeKept(undo func()) {
	if s.items > 0 {
		steps = append(steps, step{undo: undo})
	}
}

var steps []step

// Deadlocks: ignored does nothing with the function that it is passed.
func (s *Store) PassNothing() int {
	s.mu.Lock()
	s.ignored(s.mu.Unlock)
	return s.count() // want `\[relock\]`
}

// Fine: the function may be kept, and called by somebody.
func (s *Store) PassUndo() int {
	s.mu.Lock()
	s.maybeKept(s.mu.Unlock)
	return s.count()
}
