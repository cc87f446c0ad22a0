package picked_out

import "sync"

// A Branch has branches that may be cut off.
type Branch struct {
	mu     sync.Mutex
	parent *Branch
	kids   map[string]*Branch
}

// Grow adds a branch.
func (b *Branch) Grow(k string) { b.kids[k] = &Branch{parent: b, kids: map[string]*Branch{}} }

func (b *Branch) notify() {
	if b.parent == nil {
		return
	}
	b.parent.mu.Lock()
	b.parent.mu.Unlock()
}

func (b *Branch) cutOff(k string) *Branch {
	c := b.kids[k]
	if c == nil {
		return nil
	}
	delete(b.kids, k)
	c.parent = nil
	return c
}

// Fine: the branch has no parent any more.
func (b *Branch) Cut(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c := b.cutOff(k); c != nil {
		c.notify()
	}
}

// Deadlocks: the branch has left the map, and not its parent.
func (b *Branch) Forget(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.kids[k]
	delete(b.kids, k)
	c.notify() // want `\[relock\]`
}

// Deadlocks: the branches have their parent until they are cut off.
func (b *Branch) NotifyAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for k, c := range b.kids {
		c.notify() // want `\[relock\]`
		b.cutOff(k)
	}
}
