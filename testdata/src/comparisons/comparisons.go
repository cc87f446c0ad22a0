// Package comparisons holds cases of lock states told by the size of a number.
package comparisons

import "sync"

type phase int

const (
	idle phase = iota
	active
	closing
	closed
)

// A Node goes through phases.
type Node struct {
	mu sync.Mutex
	n  int
}

func (x *Node) size() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.n
}

// from locks from level 2 on.
func (x *Node) from(level int) {
	if level >= 2 {
		x.mu.Lock()
		defer x.mu.Unlock()
	}
	x.n++
}

// Fine: the lock is held up to level 1 only.
func (x *Node) Low(level int) {
	if level <= 1 {
		x.mu.Lock()
		defer x.mu.Unlock()
	}
	x.from(level)
}

// Deadlocks: it is held at level 2, too.
func (x *Node) Mid(level int) {
	if level <= 2 {
		x.mu.Lock()
		defer x.mu.Unlock()
	}
	x.from(level) // want `\[relock\]`
}

// Fine: there is no level between 1 and 2.
func (x *Node) Gap(level int) {
	if level > 1 {
		x.mu.Lock()
		defer x.mu.Unlock()
	}
	if level < 2 {
		x.size()
	}
}

// Fine: before active nothing is active or closed.
func (x *Node) Start(p phase) {
	if p < active {
		x.mu.Lock()
		defer x.mu.Unlock()
	}
	switch p {
	case closed, active:
		x.size()
	case idle:
		x.n++
	}
}

// Deadlocks: idle is before active.
func (x *Node) Restart(p phase) {
	if p < active {
		x.mu.Lock()
		defer x.mu.Unlock()
	}
	switch p {
	case closed:
		x.size()
	case idle:
		x.size() // want `\[relock\]`
	}
}

// Fine: the levels of these cases are low.
func (x *Node) Pick(level int) {
	switch level {
	case 0, 1:
		x.mu.Lock()
		x.from(level)
		x.mu.Unlock()
	case 2:
		x.from(level)
	}
}

// Deadlocks: that of this case is not.
func (x *Node) Pick2(level int) {
	switch level {
	case 1, 2:
		x.mu.Lock()
		x.from(level) // want `\[relock\]`
		x.mu.Unlock()
	}
}

// all locks when there is something to do.
func (x *Node) all(names ...string) {
	if len(names) > 0 {
		x.mu.Lock()
		defer x.mu.Unlock()
	}
	x.n += len(names)
}

// Fine: the list is empty.
func (x *Node) None() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.all([]string{}...)
}

// Fine: the part is empty.
func (x *Node) Part() {
	var buf [4]string
	x.mu.Lock()
	defer x.mu.Unlock()
	x.all(buf[:0]...)
}

// Deadlocks: something may have been appended.
func (x *Node) Some(names []string) {
	list := []string{}
	for _, n := range names {
		list = append(list, n)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.all(list...) // want `\[relock\]`
}

// Fine: a length is 0 or more than 0.
func (x *Node) Each(names []string) {
	if len(names) == 0 {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.n = 0
	}
	if len(names) > 0 {
		x.size()
	}
}
