// Package hand_over_hand holds cases of lock coupling along lists and trees.
package hand_over_hand

import "sync"

type node struct {
	mu   sync.RWMutex
	key  int
	val  string
	next *node
}

// A List is a sorted list with a lock in every node.
type List struct {
	head *node
	size int
	mu   sync.Mutex
}

func (n *node) value() string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.val
}

// Fine: the next node is locked before the current one is released.
func (l *List) Get(key int) string {
	cur := l.head
	cur.mu.RLock()
	for cur.next != nil && cur.key != key {
		next := cur.next
		next.mu.RLock()
		cur.mu.RUnlock()
		cur = next
	}
	defer cur.mu.RUnlock()
	return cur.val
}

// Fine: two variables follow each other through the list.
func (l *List) Insert(key int, val string) {
	prev := l.head
	prev.mu.Lock()
	cur := prev.next
	for cur != nil {
		cur.mu.Lock()
		if cur.key >= key {
			cur.mu.Unlock()
			break
		}
		prev.mu.Unlock()
		prev, cur = cur, cur.next
	}
	prev.next = &node{key: key, val: val, next: cur}
	prev.mu.Unlock()
}

// Deadlocks: the current node is asked for its value while it is locked.
func (l *List) Find(val string) int {
	cur := l.head
	cur.mu.RLock()
	for cur.next != nil {
		if cur.value() == val { // want `\[recursive-rlock\]`
			break
		}
		next := cur.next
		next.mu.RLock()
		cur.mu.RUnlock()
		cur = next
	}
	defer cur.mu.RUnlock()
	return cur.key
}

// Fine: the next node is asked for its value while the current one is locked.
func (l *List) Peek() string {
	cur := l.head
	cur.mu.Lock()
	defer cur.mu.Unlock()
	if cur.next == nil {
		return cur.val
	}
	return cur.next.value()
}

// Deadlocks: the variable does not move before the next lock.
func (l *List) Stuck(key int) {
	cur := l.head
	cur.mu.Lock()
	for cur.key < key {
		cur.mu.Lock() // want `\[relock\]`
		key--
		cur.mu.Unlock()
	}
	cur.mu.Unlock()
}

// Fine: the field moves on between the two acquisitions, so it is another node.
func (l *List) Pop() {
	old := l.head
	l.head.mu.Lock()
	l.head = l.head.next
	l.head.mu.Lock()
	l.size--
	l.head.mu.Unlock()
	old.mu.Unlock()
}

// Deadlocks: l.head is not stored to before the second lock.
func (l *List) Drop() {
	l.head.mu.Lock()
	defer l.head.mu.Unlock()
	if l.head.value() == "" { // want `\[downgrade\]`
		l.size--
	}
}

type tree struct {
	mu          sync.Mutex
	key         int
	left, right *tree
}

// Fine: the child is locked before the parent is released, on either side.
func (t *tree) has(key int) bool {
	t.mu.Lock()
	for t != nil && t.key != key {
		child := t.left
		if key > t.key {
			child = t.right
		}
		if child == nil {
			break
		}
		child.mu.Lock()
		t.mu.Unlock()
		t = child
	}
	defer t.mu.Unlock()
	return t.key == key
}
