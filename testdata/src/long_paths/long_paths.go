// Package long_paths calls methods of objects at the end of paths as long as
// paths can get.
package long_paths

import (
	"fmt"
	"sync"
)

type node struct {
	mu   sync.Mutex
	next *node
	out  fmt.Stringer
}

func show(s fmt.Stringer) { _ = s.String() }

// Fine: what the last node holds is not known.
func eight(n *node) {
	n.mu.Lock()
	defer n.mu.Unlock()
	show(n.next.next.next.next.next.next.next.next.out)
}

// Fine: a field of what the last node holds would be one step too far.
func nine(n *node) {
	n.mu.Lock()
	defer n.mu.Unlock()
	show(n.next.next.next.next.next.next.next.next.next.out)
}

// Fine: the path is too long to be known.
func ten(n *node) {
	n.mu.Lock()
	defer n.mu.Unlock()
	show(n.next.next.next.next.next.next.next.next.next.next.out)
}
