// Package hidden_calls holds cases where the call that locks hides inside a larger expression.
package hidden_calls

import (
	"errors"
	"fmt"
	"log"
	"strings"
	"sync"
)

// A Broker routes messages to queues.
type Broker struct {
	mu     sync.RWMutex
	name   string
	queues map[string][]string
	limit  int
	out    chan int
}

type report struct {
	who  string
	size int
}

// Size returns the number of queues.
func (b *Broker) Size() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.queues)
}

// Names returns the names of all queues.
func (b *Broker) Names() []string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	var out []string
	for n := range b.queues {
		out = append(out, n)
	}
	return out
}

// String describes b.
func (b *Broker) String() string {
	return b.name + ":" + fmt.Sprint(b.Size())
}

func (b *Broker) valid(q string) error {
	if strings.Contains(q, " ") {
		return errors.New("space in " + q)
	}
	return nil
}

// Deadlocks: only on the error path, in an argument of the log call.
func (b *Broker) Declare(q string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.valid(q); err != nil {
		log.Printf("declare on %s of %d: %v", b.name, b.Size(), err) // want `\[downgrade\]`
		return err
	}
	b.queues[q] = nil
	return nil
}

// Fine: the error path unlocks before it logs.
func (b *Broker) Delete(q string) error {
	b.mu.Lock()
	if err := b.valid(q); err != nil {
		b.mu.Unlock()
		log.Printf("delete on %s of %d: %v", b.name, b.Size(), err)
		return err
	}
	delete(b.queues, q)
	b.mu.Unlock()
	return nil
}

// Deadlocks when a writer waits in between: in an argument of Sprintf, in a return statement.
func (b *Broker) Describe() string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return fmt.Sprintf("%s with %d queues of %d", b.name, b.Size(), b.limit) // want `\[recursive-rlock\]`
}

// Deadlocks: in a condition, behind another condition.
func (b *Broker) Purge(q string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.limit > 0 && b.Size() > b.limit { // want `\[downgrade\]`
		delete(b.queues, q)
	}
}

// Deadlocks when a writer waits in between: in a range expression.
func (b *Broker) Count() (n int) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, q := range b.Names() { // want `\[recursive-rlock\]`
		n += len(b.queues[q])
	}
	return n
}

// Deadlocks: in a composite literal.
func (b *Broker) Report() report {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := report{
		who:  b.name,
		size: b.Size(), // want `\[downgrade\]`
	}
	b.limit = r.size
	return r
}

// Deadlocks: in the tag of a switch.
func (b *Broker) Grade() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch b.Size() { // want `\[downgrade\]`
	case 0:
		return "empty"
	default:
		return "used"
	}
}

// Deadlocks: in a case of a switch.
func (b *Broker) Level(n int) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch n {
	case b.limit:
		return "limit"
	case b.Size(): // want `\[downgrade\]`
		return "size"
	}
	return ""
}

// Deadlocks: in an index expression.
func (b *Broker) Pick(names []string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.queues[names[b.Size()-1]] // want `\[downgrade\]`
}

// Deadlocks: in the value of a send.
func (b *Broker) Emit() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.out <- b.Size() // want `\[downgrade\]`
}

// Deadlocks: the arguments of a go statement are evaluated here.
func (b *Broker) Async() {
	b.mu.Lock()
	defer b.mu.Unlock()
	go fmt.Println(b.Size()) // want `\[downgrade\]`
}

// Fine: the function of a go statement runs elsewhere.
func (b *Broker) Detached() {
	b.mu.Lock()
	defer b.mu.Unlock()
	go func() { fmt.Println(b.Size()) }()
}

// Deadlocks: the arguments of a deferred call are evaluated at the defer statement.
func (b *Broker) Leave() {
	b.mu.Lock()
	defer fmt.Println("left", b.Size()) // want `\[downgrade\]`
	b.limit = 0
	b.mu.Unlock()
}

// Fine: the arguments are evaluated before the lock.
func (b *Broker) Enter() {
	defer fmt.Println("entered", b.Size())
	b.mu.Lock()
	defer b.mu.Unlock()
	b.limit = 1
}

// Deadlocks: in the receiver of a chained call, two calls deep.
func (b *Broker) Upper() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return strings.NewReplacer("a", "A").Replace(b.String()) // want `\[downgrade\]`
}

// Deadlocks: in a conversion inside an append.
func (b *Broker) Sizes(to []int64) []int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append(to, int64(b.limit), int64(b.Size())) // want `\[downgrade\]`
}

// Deadlocks: in the bound of a slice expression on the left of an assignment.
func (b *Broker) Cut(q string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.queues[q] = b.queues[q][:b.Size()] // want `\[downgrade\]`
}

// Deadlocks: in the post statement of a loop.
func (b *Broker) Scan() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := 0; i < b.limit; i += b.Size() { // want `\[downgrade\]`
		b.queues[b.name] = nil
	}
}

// Deadlocks: in the operand of a make inside a declaration.
func (b *Broker) Snapshot() map[string]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out = make(map[string]int, b.Size()) // want `\[downgrade\]`
	for q, ms := range b.queues {
		out[q] = len(ms)
	}
	return out
}

// Fine: every expression reads a value that was asked for before the lock.
func (b *Broker) Resize() string {
	n, names := b.Size(), b.Names()
	b.mu.Lock()
	defer b.mu.Unlock()
	if n > b.limit {
		b.limit = n
	}
	for _, q := range names {
		b.queues[q] = b.queues[q][:min(n, len(b.queues[q]))]
	}
	return fmt.Sprintf("%s:%d", b.name, n)
}

// Fine: a function value in a literal is not a call.
func (b *Broker) Hooks() map[string]func() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return map[string]func() int{"size": b.Size, "limit": func() int { return b.limit }}
}
