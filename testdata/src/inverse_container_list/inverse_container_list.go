// Package inverse_container_list holds cases of elements of lists, rings and heaps of the standard library.
package inverse_container_list

import (
	"container/heap"
	"container/list"
	"container/ring"
	"sync"
)

// A Scheduler has tasks in a list, a heap and a ring.
type Scheduler struct {
	mu    sync.RWMutex
	ready list.List
	lru   *list.List
	heap  taskHeap
	ring  *ring.Ring
	ticks int
}

// A Task belongs to a scheduler.
type Task struct {
	sched *Scheduler
	prio  int
	elem  *list.Element
}

type taskHeap []*Task

func (h taskHeap) Len() int           { return len(h) }
func (h taskHeap) Less(i, j int) bool { return h[i].prio < h[j].prio }
func (h taskHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *taskHeap) Push(x any)        { *h = append(*h, x.(*Task)) }

func (h *taskHeap) Pop() any {
	old := *h
	t := old[len(old)-1]
	*h = old[:len(old)-1]
	return t
}

// NewScheduler makes a scheduler.
func NewScheduler() *Scheduler {
	return &Scheduler{lru: list.New(), ring: ring.New(4)}
}

// Add adds a task.
func (s *Scheduler) Add(prio int) *Task {
	t := &Task{sched: s, prio: prio}
	s.mu.Lock()
	defer s.mu.Unlock()
	t.elem = s.ready.PushBack(t)
	s.lru.PushFront(t)
	heap.Push(&s.heap, t)
	s.ring.Value = t
	s.ring = s.ring.Next()
	return t
}

func (t *Task) run() {
	t.sched.mu.Lock()
	defer t.sched.mu.Unlock()
	t.sched.ticks++
}

func (t *Task) age() int {
	t.sched.mu.RLock()
	defer t.sched.mu.RUnlock()
	return t.sched.ticks - t.prio
}

// Deadlocks: each value in s.ready has s as its scheduler.
func (s *Scheduler) RunAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for e := s.ready.Front(); e != nil; e = e.Next() {
		e.Value.(*Task).run() // want `\[relock\]`
	}
}

// Fine: the front is removed under the lock, and run without it.
func (s *Scheduler) RunOne() {
	s.mu.Lock()
	e := s.ready.Front()
	if e == nil {
		s.mu.Unlock()
		return
	}
	t := s.ready.Remove(e).(*Task)
	s.mu.Unlock()
	t.run()
}

// Deadlocks when a writer waits in between: the list is a pointer, the value is tested for its type.
func (s *Scheduler) Oldest() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if e := s.lru.Back(); e != nil {
		if t, ok := e.Value.(*Task); ok {
			return t.age() // want `\[recursive-rlock\]`
		}
	}
	return 0
}

// Deadlocks: the value that Remove returns.
func (s *Scheduler) Evict() {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.lru.Remove(s.lru.Back()).(*Task)
	t.run() // want `\[relock\]`
}

// Deadlocks: what heap.Pop returns was pushed onto s.heap.
func (s *Scheduler) Next() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := heap.Pop(&s.heap).(*Task)
	return t.age() // want `\[downgrade\]`
}

// Fine: what heap.Pop returns is used without the lock.
func (s *Scheduler) Take() int {
	s.mu.Lock()
	t := heap.Pop(&s.heap).(*Task)
	s.mu.Unlock()
	return t.age()
}

// Deadlocks: each value in the ring has s as its scheduler.
func (s *Scheduler) Spin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t, ok := s.ring.Value.(*Task); ok {
		t.run() // want `\[relock\]`
	}
}

// Fine: the tasks of another scheduler.
func (s *Scheduler) Steal(from *Scheduler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for e := from.ready.Front(); e != nil; e = e.Next() {
		e.Value.(*Task).run()
	}
}

// A Hall has a list of parties of any hall.
type Hall struct {
	mu      sync.Mutex
	waiting list.List
	seats   int
}

// A Party waits for a hall.
type Party struct{ hall *Hall }

func (h *Hall) join() { h.waiting.PushBack(&Party{hall: h}) }

// overflow breaks the rule: the parties of h wait in o's list.
func (h *Hall) overflow(o *Hall) { o.waiting.PushBackList(&h.waiting) }

func (p *Party) seat() {
	p.hall.mu.Lock()
	p.hall.seats--
	p.hall.mu.Unlock()
}

// Fine, as far as one can know: the party may wait for another hall.
func (h *Hall) Open() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.waiting.Front().Value.(*Party).seat()
}

// A Depot has wagons in a list; each knows its place in it.
type Depot struct {
	mu     sync.Mutex
	wagons list.List
	loads  int
}

// A Wagon belongs to a depot.
type Wagon struct {
	depot *Depot
	place *list.Element
}

func (d *Depot) add() {
	w := &Wagon{depot: d}
	w.place = d.wagons.PushBack(w)
}

// swap breaks the rule: w takes the place of a wagon of any depot.
func (w *Wagon) swap(o *Wagon) { w.place.Value = o }

func (w *Wagon) load() {
	w.depot.mu.Lock()
	w.depot.loads++
	w.depot.mu.Unlock()
}

// Fine, as far as one can know: the wagon in this place may be another depot's.
func (d *Depot) LoadFirst() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.wagons.Front().Value.(*Wagon).load()
}

// A Stack is a heap of cards in a struct.
type Stack struct {
	mu    sync.Mutex
	cards cardHeap
	turn  int
}

type cardHeap struct{ cards []*Card }

// A Card lies on a stack.
type Card struct {
	stack *Stack
	value int
}

func (h *cardHeap) Len() int           { return len(h.cards) }
func (h *cardHeap) Less(i, j int) bool { return h.cards[i].value < h.cards[j].value }
func (h *cardHeap) Swap(i, j int)      { h.cards[i], h.cards[j] = h.cards[j], h.cards[i] }
func (h *cardHeap) Push(x any)         { h.cards = append(h.cards, x.(*Card)) }

func (h *cardHeap) Pop() any {
	c := h.cards[len(h.cards)-1]
	h.cards = h.cards[:len(h.cards)-1]
	return c
}

func (s *Stack) lay(value int) { heap.Push(&s.cards, &Card{stack: s, value: value}) }

func (c *Card) play() {
	c.stack.mu.Lock()
	c.stack.turn++
	c.stack.mu.Unlock()
}

// Deadlocks: what was pushed onto the heap of s is of s.
func (s *Stack) Play() {
	s.mu.Lock()
	defer s.mu.Unlock()
	heap.Pop(&s.cards).(*Card).play() // want `\[relock\]`
}

// Fine: the card of another stack.
func (s *Stack) Take(from *Stack) {
	s.mu.Lock()
	defer s.mu.Unlock()
	heap.Pop(&from.cards).(*Card).play()
}

// Deadlocks: Do calls the literal with each value of the ring.
func (s *Scheduler) SpinAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ring.Do(func(v any) { // want `\[relock\]`
		if t, ok := v.(*Task); ok {
			t.run()
		}
	})
}
