// Package goroutines holds cases of go statements: a new goroutine holds no lock.
package goroutines

import (
	"fmt"
	"sync"
)

// A Hub has clients.
type Hub struct {
	mu      sync.Mutex
	clients map[string]chan string
	jobs    chan func()
}

func (h *Hub) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.clients)
}

func (h *Hub) drop(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.clients, id)
}

// Fine: drop runs in another goroutine, which waits until this one unlocks.
func (h *Hub) Send(id, m string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case h.clients[id] <- m:
	default:
		go h.drop(id)
	}
}

// Deadlocks: drop runs in this goroutine.
func (h *Hub) SendNow(id, m string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case h.clients[id] <- m:
	default:
		h.drop(id) // want `\[relock\]`
	}
}

// Fine: the literal runs in another goroutine.
func (h *Hub) Report() {
	h.mu.Lock()
	defer h.mu.Unlock()
	go func() {
		fmt.Println(h.count())
	}()
}

// Deadlocks: the new goroutine locks twice by itself.
func (h *Hub) Watch() {
	go func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		fmt.Println(h.count()) // want `\[relock\]`
	}()
}

// Deadlocks: the operand of the go statement is called here.
func (h *Hub) Later() {
	h.mu.Lock()
	defer h.mu.Unlock()
	go h.printer(h.count())() // want `\[relock\]`
}

func (h *Hub) printer(n int) func() { return func() { fmt.Println(n) } }

// Fine: the function that printer returns runs elsewhere.
func (h *Hub) Print() {
	h.mu.Lock()
	n := len(h.clients)
	defer h.mu.Unlock()
	go h.printer(n)()
}

func (h *Hub) spawn(f func()) { go f() }

// Fine: spawn runs its function in another goroutine.
func (h *Hub) Close(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.spawn(func() { h.drop(id) })
}

func (h *Hub) enqueue(f func()) { h.jobs <- f }

// Fine: the function is sent to whoever receives it, without this lock.
func (h *Hub) Schedule(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.enqueue(func() { h.drop(id) })
}

// Fine: WaitGroup.Go starts a goroutine.
func (h *Hub) All(ids []string) {
	var wg sync.WaitGroup
	h.mu.Lock()
	for _, id := range ids {
		wg.Go(func() { h.drop(id) })
	}
	h.mu.Unlock()
	wg.Wait()
}

// Fine: the other goroutine inherits no lock, and unlocks what it has locked.
func (h *Hub) Serve() {
	h.mu.Lock()
	go h.serve()
	h.clients = nil
	h.mu.Unlock()
}

func (h *Hub) serve() {
	for f := range h.jobs {
		f()
		if h.count() == 0 {
			return
		}
	}
}

// Fine: the goroutine unlocks for this one, which then goes on.
func (h *Hub) Handover(ready chan bool) int {
	h.mu.Lock()
	go func() {
		h.mu.Unlock()
		ready <- true
	}()
	<-ready
	return h.count()
}
