// Package panic_recover holds cases of panics, of recover and of functions that do not return.
package panic_recover

import (
	"fmt"
	"log"
	"os"
	"runtime"
	"sync"
)

// A Task can fail.
type Task struct {
	mu    sync.Mutex
	fails int
	name  string
}

func (t *Task) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.fails
}

// Deadlocks: the deferred literal runs when f panics, under the lock.
func (t *Task) Run(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer func() { // want `\[relock\]`
		if r := recover(); r != nil {
			log.Print(t.name, " failed ", t.count(), " times")
		}
	}()
	f()
}

// Fine: the deferred unlock runs before the deferred literal.
func (t *Task) Safe(f func()) {
	defer func() {
		if r := recover(); r != nil {
			log.Print(t.name, " failed ", t.count(), " times")
		}
	}()
	t.mu.Lock()
	defer t.mu.Unlock()
	f()
}

// Fine: the path with the lock held ends in a panic.
func (t *Task) Must(n int) int {
	t.mu.Lock()
	if n < 0 {
		panic("negative")
	}
	t.mu.Unlock()
	return t.count()
}

// Fine: the paths with the lock held end in os.Exit, runtime.Goexit and log.Panic.
func (t *Task) Exit(n int) int {
	t.mu.Lock()
	switch n {
	case 0:
		os.Exit(1)
	case 1:
		runtime.Goexit()
	case 2:
		log.Panicf("%s failed", t.name)
	default:
		t.mu.Unlock()
	}
	return t.count()
}

func fail(msg string) {
	panic(fmt.Sprint("fail: ", msg))
}

// Fine: fail never returns.
func (t *Task) Check(n int) int {
	t.mu.Lock()
	if n == 0 {
		fail("zero")
	} else {
		t.mu.Unlock()
	}
	return t.count()
}

// Deadlocks: the argument of the panic is evaluated under the lock.
func (t *Task) Abort() {
	t.mu.Lock()
	defer t.mu.Unlock()
	panic(fmt.Sprint("aborted after ", t.count())) // want `\[relock\]`
}

// add panics with the lock held when n is too big; its deferred unlock runs all the same.
func (t *Task) add(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n > 10 {
		panic("too big")
	}
	t.fails += n
}

// Fine: after the recovered panic the lock has been released by add's deferred unlock.
func (t *Task) Add(n int) (total int) {
	defer func() {
		if recover() != nil {
			total = t.count()
		}
	}()
	t.add(n)
	return 0
}

// leak panics without a deferred unlock: the lock stays locked.
func (t *Task) leak(n int) {
	t.mu.Lock()
	if n > 10 {
		panic("too big")
	}
	t.fails += n
	t.mu.Unlock()
}

// Fine: leak that returns has unlocked.
func (t *Task) Twice(n int) int {
	t.leak(n)
	t.leak(n + 1)
	return t.count()
}

// Deadlocks: after the recovered panic of leak the lock is still locked.
func (t *Task) Stuck(n int) {
	defer func() { // want `still held when Task.leak panics at panic_recover.go:\d+, then .*\[relock\]`
		if recover() != nil {
			fmt.Println(t.count())
		}
	}()
	t.leak(n)
}

// Deadlocks: the recovery runs while the deferred unlock is still to come, and then asks.
func (t *Task) Guard(f func()) (err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	func() {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("%v", r)
			}
		}()
		f()
	}()
	if err != nil {
		t.fails = t.count() + 1 // want `\[relock\]`
	}
	return err
}

// Fine: the function value may panic or not, the lock is released by hand on both ways.
func (t *Task) Try(f func()) (ok bool) {
	t.mu.Lock()
	func() {
		defer func() { ok = recover() == nil }()
		f()
	}()
	t.mu.Unlock()
	return ok && t.count() == 0
}

// Deadlocks: the panic of leak goes through pass, which has nothing to defer.
func (t *Task) StuckDeep(n int) {
	defer t.settle() // want `\[relock\]`
	t.pass(n)
}

func (t *Task) pass(n int) { t.leak(2 * n) }

func (t *Task) settle() {
	if r := recover(); r != nil {
		log.Println(t.count())
	}
}

// Fine: leak never gets a number that it panics for.
func (t *Task) Small() {
	defer t.settle()
	t.leak(3)
}

// Fine: the unlock is deferred after the recovery, and so runs before it.
func (t *Task) Loose(n int) {
	defer t.settle()
	if n > 10 {
		defer t.mu.Unlock()
	}
	t.leak(n)
}

// Fine: another task panics with its lock held.
func (t *Task) Other(o *Task, n int) {
	defer t.settle()
	o.leak(n)
}

// Fine: nothing recovers, so the program ends.
func (t *Task) Fatal(n int) {
	defer log.Println("done")
	t.leak(n)
}

// Fine: add unlocks when it panics.
func (t *Task) AddSafe(n int) {
	defer t.settle()
	t.add(n)
}
