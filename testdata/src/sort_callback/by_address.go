package sort_callback

import (
	"container/heap"
	"sort"
	"sync"
)

// A Backlog has a heap by value, which container/heap gets by its address.
type Backlog struct {
	mu    sync.Mutex
	tasks taskHeap
	ready readyHeap
}

type task struct {
	b    *Backlog
	rank int
}

func (t *task) urgency() int {
	t.b.mu.Lock()
	defer t.b.mu.Unlock()
	return t.rank
}

type taskHeap []*task

func (h taskHeap) Len() int           { return len(h) }
func (h taskHeap) Less(i, j int) bool { return h[i].urgency() < h[j].urgency() }
func (h taskHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *taskHeap) Push(x any)        { *h = append(*h, x.(*task)) }
func (h *taskHeap) Pop() any {
	old := *h
	t := old[len(old)-1]
	*h = old[:len(old)-1]
	return t
}

type readyHeap []*task

func (h readyHeap) Len() int           { return len(h) }
func (h readyHeap) Less(i, j int) bool { return h[i].rank < h[j].rank }
func (h readyHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *readyHeap) Push(x any)        { *h = append(*h, x.(*task)) }
func (h *readyHeap) Pop() any {
	old := *h
	t := old[len(old)-1]
	*h = old[:len(old)-1]
	return t
}

// Deadlocks: Less asks the tasks, which lock.
func (b *Backlog) Add(rank int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	heap.Push(&b.tasks, &task{b, rank}) // want `\[relock\]`
}

// Deadlocks: the same.
func (b *Backlog) Next() *task {
	b.mu.Lock()
	defer b.mu.Unlock()
	sort.Sort(&b.tasks)               // want `\[relock\]`
	return heap.Pop(&b.tasks).(*task) // want `\[relock\]`
}

// Fine: this Less looks at a field.
func (b *Backlog) AddReady(rank int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	heap.Push(&b.ready, &task{b, rank})
}

// Fine: the tasks of another one.
func (b *Backlog) Sort(o *Backlog) {
	b.mu.Lock()
	defer b.mu.Unlock()
	sort.Sort(&o.tasks)
}
