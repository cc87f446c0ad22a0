// Package recursion holds cases of functions that call themselves and each other.
package recursion

import "sync"

// A Node is a node of a tree; every node has its own lock.
type Node struct {
	mu       sync.Mutex
	name     string
	children []*Node
	parent   *Node
}

// Fine: a child is another node, with a lock of its own.
func (n *Node) Count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	c := 1
	for _, k := range n.children {
		c += k.Count()
	}
	return c
}

// A Job retries.
type Job struct {
	mu    sync.RWMutex
	tries int
	log   []string
}

// Deadlocks: the retry runs under the lock of the first try.
func (j *Job) Run(f func() error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.tries++
	if err := f(); err != nil && j.tries < 3 {
		return j.Run(f) // want `\[relock\]`
	}
	return nil
}

// Fine: the lock is released before the retry.
func (j *Job) Try(f func() error) error {
	j.mu.Lock()
	j.tries++
	n := j.tries
	j.mu.Unlock()
	if err := f(); err != nil && n < 3 {
		return j.Try(f)
	}
	return nil
}

// even and odd call each other; odd locks.
func (j *Job) even(n int) bool {
	if n == 0 {
		return true
	}
	return j.odd(n - 1)
}

func (j *Job) odd(n int) bool {
	j.mu.RLock()
	j.mu.RUnlock()
	if n == 0 {
		return false
	}
	return j.even(n - 1)
}

// Deadlocks: even reaches the lock through odd.
func (j *Job) Parity(n int) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.even(n + len(j.log)) // want `\[downgrade\]`
}

// Fine: nothing is held.
func (j *Job) Odd(n int) bool {
	return j.odd(n)
}

// Deadlocks: close comes back to open, which holds the lock around the call.
func (j *Job) open(n int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if n > 0 {
		j.close(n - 1) // want `\[relock\]`
	}
}

func (j *Job) close(n int) {
	if n > 0 {
		j.open(n - 1)
	}
}

// Fine: below the first level the flag says that the lock is held.
func (j *Job) walk(locked bool, n int) {
	if !locked {
		j.mu.Lock()
		defer j.mu.Unlock()
	}
	j.log = append(j.log, "walk")
	if n > 0 {
		j.walk(true, n-1)
	}
}

// Deadlocks: below the first level the flag says that the lock is not held.
func (j *Job) crawl(locked bool, n int) {
	if !locked {
		j.mu.Lock()
		defer j.mu.Unlock()
	}
	j.log = append(j.log, "crawl")
	if n > 0 {
		j.crawl(false, n-1) // want `\[relock\]`
	}
}

// Fine: the callers of walk tell the truth.
func (j *Job) Walk(n int) {
	j.walk(false, n)
	j.mu.Lock()
	j.walk(true, n)
	j.mu.Unlock()
}

// Deadlocks when a writer waits in between: a depth-first search that read-locks at every level.
func (j *Job) depth(n int) int {
	j.mu.RLock()
	defer j.mu.RUnlock()
	if n >= len(j.log) {
		return n
	}
	return j.depth(n + 1) // want `\[recursive-rlock\]`
}

// Fine: the parent is another node.
func (n *Node) Path() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.parent == nil {
		return n.name
	}
	return n.parent.Path() + "/" + n.name
}

// Deadlocks: the recursion changes the node, but Sort also asks the node itself.
func (n *Node) Sort() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, k := range n.children {
		k.Sort()
	}
	return n.Count() // want `\[relock\]`
}

var (
	mu    sync.Mutex
	seen  = map[string]bool{}
	queue []*Node
)

// Deadlocks: the package's lock is held around the recursive call.
func mark(n *Node) {
	mu.Lock()
	defer mu.Unlock()
	seen[n.name] = true
	for _, k := range n.children {
		mark(k) // want `\[relock\]`
	}
}

// Fine: the package's lock is released before the recursive call.
func enqueue(n *Node) {
	mu.Lock()
	queue = append(queue, n)
	mu.Unlock()
	for _, k := range n.children {
		enqueue(k)
	}
}
