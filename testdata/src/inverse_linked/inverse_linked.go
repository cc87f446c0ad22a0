// Package inverse_linked holds cases of intrusive lists, rings and trees whose nodes point back to their owner.
package inverse_linked

import "sync"

// A Line is a list of stops.
type Line struct {
	mu    sync.RWMutex
	head  *Stop
	tail  *Stop
	root  *Branch
	count int
}

// A Stop is a stop of a line.
type Stop struct {
	line *Line
	next *Stop
	prev *Stop
	name string
}

// A Branch is a tree of stops.
type Branch struct {
	line        *Line
	left, right *Branch
}

// Append adds a stop at the end.
func (l *Line) Append(name string) {
	s := &Stop{line: l, name: name}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tail == nil {
		l.head, l.tail = s, s
		return
	}
	s.prev = l.tail
	l.tail.next = s
	l.tail = s
}

// after adds a stop after s; the line is that of s.
func (s *Stop) after(name string) {
	n := &Stop{line: s.line, next: s.next, prev: s, name: name}
	if s.next != nil {
		s.next.prev = n
	}
	s.next = n
}

// grow adds branches.
func (l *Line) grow(depth int) {
	l.root = newBranch(l, depth)
}

func newBranch(l *Line, depth int) *Branch {
	if depth == 0 {
		return nil
	}
	b := &Branch{line: l}
	b.left = newBranch(l, depth-1)
	b.right = newBranch(l, depth-1)
	return b
}

func (s *Stop) enter() {
	s.line.mu.Lock()
	defer s.line.mu.Unlock()
	s.line.count++
}

func (b *Branch) width() int {
	b.line.mu.RLock()
	defer b.line.mu.RUnlock()
	return b.line.count
}

// Deadlocks: the head of l is a stop of l.
func (l *Line) First() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.head.enter() // want `\[relock\]`
}

// Deadlocks: every stop that can be reached from the head is a stop of l.
func (l *Line) All() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for s := l.head; s != nil; s = s.next {
		if s.name != "" {
			s.enter() // want `\[relock\]`
		}
	}
}

// Fine: the stop is found under the lock, entered without it.
func (l *Line) Find(name string) {
	l.mu.RLock()
	s := l.head
	for s != nil && s.name != name {
		s = s.next
	}
	l.mu.RUnlock()
	if s != nil {
		s.enter()
	}
}

// Deadlocks when a writer waits in between: two steps along the tree.
func (l *Line) Width() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.root == nil || l.root.left == nil {
		return 0
	}
	return l.root.left.width() // want `\[recursive-rlock\]`
}

// Deadlocks: from a stop to its line and to the stop before it.
func (s *Stop) Back() {
	s.line.mu.Lock()
	defer s.line.mu.Unlock()
	if s.prev != nil {
		s.prev.enter() // want `\[relock\]`
	}
}

// Fine: the stops of another line.
func (l *Line) Transfer(to *Line) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for s := to.head; s != nil; s = s.next {
		s.enter()
	}
}

// A Train has cars that can be coupled to another train.
type Train struct {
	mu    sync.Mutex
	first *Car
	load  int
}

// A Car belongs to a train.
type Car struct {
	train *Train
	next  *Car
}

func (t *Train) add() { t.first = &Car{train: t, next: t.first} }

// couple breaks the rule: the cars of u follow those of t.
func (t *Train) couple(u *Train) {
	c := t.first
	for c.next != nil {
		c = c.next
	}
	c.next = u.first
}

func (c *Car) fill() {
	c.train.mu.Lock()
	c.train.load++
	c.train.mu.Unlock()
}

// Fine, as far as one can know: the car may belong to the other train.
func (t *Train) FillRest() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for c := t.first.next; c != nil; c = c.next {
		c.fill()
	}
}

// Deadlocks: whatever follows it, the first car is one of the train.
func (t *Train) Fill() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for c := t.first; c != nil; c = c.next {
		c.fill() // want `\[relock\]`
	}
}

// Deadlocks: the next stop is of the same line, whoever has put it there.
func (s *Stop) Through() {
	s.line.mu.Lock()
	defer s.line.mu.Unlock()
	s.next.next.enter() // want `\[relock\]`
}

// Fine: the stops of two lines.
func (s *Stop) meets(o *Stop) {
	s.line.mu.Lock()
	defer s.line.mu.Unlock()
	o.prev.enter()
}

// Fine, as far as one can know: couple may have put a car of another train behind c.
func (c *Car) behind() {
	c.train.mu.Lock()
	defer c.train.mu.Unlock()
	c.next.fill()
}

// A Depot has carts that are hooked to carts, and can be sold.
type Depot struct {
	mu   sync.Mutex
	load int
}

// A Cart belongs to a depot.
type Cart struct {
	depot *Depot
	hook  *Cart
}

func (d *Depot) cart(hook *Cart) *Cart {
	if hook != nil && hook.depot != d {
		return nil
	}
	return &Cart{depot: d}
}

func (c *Cart) pull() *Cart { return &Cart{depot: c.depot, hook: c} }

// sell breaks the rule: the cart that it is hooked to stays.
func (c *Cart) sell(to *Depot) { c.depot = to }

func (c *Cart) fill() {
	c.depot.mu.Lock()
	c.depot.load++
	c.depot.mu.Unlock()
}

// Fine, as far as one can know: one of the two carts may have been sold.
func (c *Cart) train() {
	c.depot.mu.Lock()
	defer c.depot.mu.Unlock()
	c.hook.fill()
}
