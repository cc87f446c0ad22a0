package inverse_gathered

import (
	"maps"
	"slices"
	"sort"
	"sync"
)

// A Pool has workers by number.
type Pool struct {
	mu      sync.Mutex
	workers map[int]*Worker
	list    []*Worker
}

// A Worker belongs to a pool.
type Worker struct {
	pool *Pool
	id   int
}

// Hire makes a worker.
func (p *Pool) Hire(id int) {
	w := &Worker{pool: p, id: id}
	p.workers[id] = w
	p.list = append(p.list, w)
}

func (w *Worker) fire() {
	w.pool.mu.Lock()
	defer w.pool.mu.Unlock()
	delete(w.pool.workers, w.id)
}

func (w *Worker) load() int {
	w.pool.mu.Lock()
	defer w.pool.mu.Unlock()
	return w.id
}

type byID []*Worker

func (b byID) Len() int           { return len(b) }
func (b byID) Swap(i, k int)      { b[i], b[k] = b[k], b[i] }
func (b byID) Less(i, k int) bool { return b[i].id < b[k].id }

type byLoad []*Worker

func (b byLoad) Len() int           { return len(b) }
func (b byLoad) Swap(i, k int)      { b[i], b[k] = b[k], b[i] }
func (b byLoad) Less(i, k int) bool { return b[i].load() < b[k].load() }

var spare *Worker

type bySpare []*Worker

func (b bySpare) Len() int           { return len(b) }
func (b bySpare) Swap(i, k int)      { b[i] = spare }
func (b bySpare) Less(i, k int) bool { return b[i].id < b[k].id }

// Deadlocks: sorted by a function literal that reads the variable.
func (p *Pool) FireSorted() {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []*Worker
	for _, w := range p.workers {
		all = append(all, w)
	}
	sort.Slice(all, func(i, k int) bool { return all[i].id < all[k].id })
	for _, w := range all {
		w.fire() // want `\[relock\]`
	}
}

// Deadlocks: sorted by another function.
func (p *Pool) FireInOrder() {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]*Worker, 0, len(p.workers))
	for _, w := range p.workers {
		all = append(all, w)
	}
	order(all)
	for i := range all {
		all[i].fire() // want `\[relock\]`
	}
}

func order(l []*Worker) {
	slices.SortFunc(l, func(a, b *Worker) int { return a.id - b.id })
	slices.Reverse(l)
}

// Deadlocks: sorted as another type.
func (p *Pool) FireReversed() {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]*Worker, 0, len(p.workers))
	for _, w := range p.workers {
		all = append(all, w)
	}
	sort.Sort(sort.Reverse(byID(all)))
	for _, w := range all {
		w.fire() // want `\[relock\]`
	}
}

// Deadlocks: what sorts asks the workers.
func (p *Pool) Busiest() *Worker {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]*Worker, 0, len(p.workers))
	for _, w := range p.workers {
		all = append(all, w)
	}
	sort.Sort(byLoad(all)) // want `\[relock\]`
	return all[0]
}

// Deadlocks: the function literals ask the workers.
func (p *Pool) Ask() {
	p.mu.Lock()
	defer p.mu.Unlock()
	slices.SortFunc(p.list, func(a, b *Worker) int { return a.load() - b.load() })       // want `\[relock\]`
	_ = slices.IndexFunc(p.list, func(w *Worker) bool { return w.load() > 1 })           // want `\[relock\]`
	p.list = slices.DeleteFunc(p.list, func(w *Worker) bool { return w.load() > 2 })     // want `\[relock\]`
	maps.DeleteFunc(p.workers, func(_ int, w *Worker) bool { return w.load() > 3 })      // want `\[relock\]`
	sort.Slice(p.list, func(i, k int) bool { return p.list[i].id < p.list[k].load() })   // want `\[relock\]`
	sort.SliceStable(p.list, func(i, k int) bool { return p.list[i].id < p.list[k].id }) // asks nobody
}

// Fine: the workers of another pool.
func (p *Pool) AskOther(o *Pool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	slices.SortFunc(o.list, func(a, b *Worker) int { return a.load() - b.load() })
	sort.Slice(o.list, func(i, k int) bool { return o.list[i].load() < o.list[k].load() })
	sort.Sort(byLoad(o.list))
}

// Fine: sorting puts another worker among them.
func (p *Pool) FireSpare() {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]*Worker, 0, len(p.workers))
	for _, w := range p.workers {
		all = append(all, w)
	}
	sort.Sort(bySpare(all))
	for _, w := range all {
		w.fire()
	}
}

// Fine: a function puts another worker among them.
func (p *Pool) FireMixed(o *Worker) {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]*Worker, 0, len(p.workers))
	for _, w := range p.workers {
		all = append(all, w)
	}
	mix(all, o)
	for _, w := range all {
		w.fire()
	}
}

func mix(l []*Worker, o *Worker) { l[0] = o }

// Fine: the function literal replaces the slice.
func (p *Pool) FireReplaced(o *Pool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []*Worker
	for _, w := range p.workers {
		all = append(all, w)
	}
	replace := func() { all = o.list }
	replace()
	for _, w := range all {
		w.fire()
	}
}

// A List of workers is kept by somebody else, who changes it.
type List struct{ workers []*Worker }

func (l *List) keep(w []*Worker) { l.workers = w }

// Fine: the list may put others among them.
func (p *Pool) FireKept(l *List, o *Worker) {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]*Worker, 0, len(p.workers))
	for _, w := range p.workers {
		all = append(all, w)
	}
	l.keep(all)
	l.workers[0] = o
	for _, w := range all {
		w.fire()
	}
}
