// Package chosen_result has functions that return one of the objects that their
// callers know.
package chosen_result

import "sync"

// A Node is one of a chain.
type Node struct {
	mu   sync.Mutex
	n    int
	next *Node
}

func (t *Node) touch() {
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
}

func one(first bool, a, b *Node) *Node {
	if first {
		return a
	}
	return b
}

// after returns what follows t, or t.
func (t *Node) after() *Node {
	if t.next == nil {
		return t
	}
	return t.next
}

// open makes what follows t if there is nothing.
func (t *Node) open() *Node {
	if t.next != nil {
		return t.next
	}
	t.next = &Node{}
	return t.next
}

// Fine: it is the first one.
func First(a, b *Node) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one(true, a, b).touch()
}

// Deadlocks: it is the second one.
func Second(a, b *Node) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one(false, a, b).touch() // want `\[relock\]`
}

// Deadlocks: it was chosen before, and is the first one.
func Before(a, b *Node) {
	x := one(true, a, b)
	a.mu.Lock()
	defer a.mu.Unlock()
	x.touch() // want `\[relock\]`
}

// Fine: it was chosen before, and is the second one.
func BeforeOther(a, b *Node) {
	x := one(false, a, b)
	a.mu.Lock()
	defer a.mu.Unlock()
	x.touch()
}

// Deadlocks: the flag is the caller's, and either is possible.
func Either(first bool, a, b *Node) {
	a.mu.Lock()
	defer a.mu.Unlock()
	one(first, a, b).touch() // want `\[relock\]`
}

// Fine: where the flag is set, a is not locked.
func EitherOther(first bool, a, b *Node) {
	if !first {
		a.mu.Lock()
		defer a.mu.Unlock()
	}
	one(first, a, b).touch()
}

// Deadlocks: nothing follows t.
func (t *Node) Last() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.next == nil {
		t.after().touch() // want `\[relock\]`
	}
}

// Fine: something follows t.
func (t *Node) Inner() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.next != nil {
		t.after().touch()
	}
}

// Fine: what follows t is another one, and so is what is made.
func (t *Node) Open() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.open().touch()
}
