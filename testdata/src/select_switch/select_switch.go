// Package select_switch holds cases of select statements and type switches.
package select_switch

import (
	"fmt"
	"sync"
	"time"
)

// A Worker serves requests.
type Worker struct {
	mu   sync.Mutex
	reqs chan string
	quit chan struct{}
	done int
}

func (w *Worker) served() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.done
}

// Fine: no case holds the lock when it calls served.
func (w *Worker) Loop() {
	for {
		select {
		case r := <-w.reqs:
			w.mu.Lock()
			w.done++
			w.mu.Unlock()
			fmt.Println(r, w.served())
		case <-time.After(time.Second):
			fmt.Println("idle", w.served())
		case <-w.quit:
			return
		}
	}
}

// Deadlocks: one case calls served under the lock.
func (w *Worker) Serve() {
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case r := <-w.reqs:
		fmt.Println(r, w.served()) // want `\[relock\]`
	case <-w.quit:
		w.done = 0
	default:
	}
}

// Deadlocks: the value to send is evaluated on entry to the select.
func (w *Worker) Send(out chan int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case out <- w.served(): // want `\[relock\]`
	default:
	}
}

// Fine: the cases that wait release first.
func (w *Worker) Wait() int {
	w.mu.Lock()
	select {
	case <-w.quit:
		w.mu.Unlock()
		return w.served()
	default:
		w.done++
		w.mu.Unlock()
	}
	return w.served()
}

// Deadlocks: the default case goes on with the lock held.
func (w *Worker) Poll() int {
	w.mu.Lock()
	select {
	case <-w.quit:
		w.mu.Unlock()
	default:
	}
	return w.served() // want `\[relock\]`
}

// Deadlocks: the case that starts over has not unlocked.
func (w *Worker) Drain() {
	for {
		w.mu.Lock() // want `\[relock\]`
		select {
		case <-w.reqs:
			w.done++
		default:
			w.mu.Unlock()
			return
		}
	}
}

// Fine: a type switch whose cases release before they ask.
func (w *Worker) Handle(v any) int {
	w.mu.Lock()
	switch v := v.(type) {
	case int:
		w.done += v
		w.mu.Unlock()
	case string:
		w.mu.Unlock()
		return w.served() + len(v)
	default:
		w.mu.Unlock()
	}
	return w.served()
}

// Deadlocks: the nil case does not release.
func (w *Worker) Accept(v any) int {
	w.mu.Lock()
	switch v := v.(type) {
	case int:
		w.done += v
		w.mu.Unlock()
	case nil:
		w.done = w.served() // want `\[relock\]`
		w.mu.Unlock()
	default:
		w.mu.Unlock()
	}
	return w.served()
}

type counter interface{ served() int }

// Deadlocks: what the type switch finds is w itself.
func (w *Worker) Ask() int {
	var v any = w
	w.mu.Lock()
	defer w.mu.Unlock()
	switch c := v.(type) {
	case counter:
		return c.served() // want `\[relock\]`
	}
	return 0
}

// Fine: the assertion is about another value.
func (w *Worker) AskOther(v any) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if c, ok := v.(*Worker); ok {
		return c.served()
	}
	return 0
}
