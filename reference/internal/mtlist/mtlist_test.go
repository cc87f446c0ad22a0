package mtlist

import (
	"sync"
	"sync/atomic"
	"testing"
)

// item is a thing that queues.
type item struct {
	name string
	elem Elem[*item]
}

func (it *item) queue(q *List[*item]) bool { return q.TryAppend(&it.elem, it) }

// drain pops all names.
func drain(q *List[*item]) string {
	names := ""
	for {
		it, ok := q.Pop()
		if !ok {
			return names
		}
		names += it.name
	}
}

func TestOrder(t *testing.T) {
	var q List[*item]
	a, b, c := &item{name: "a"}, &item{name: "b"}, &item{name: "c"}
	for _, it := range []*item{a, b, c} {
		if !it.queue(&q) {
			t.Fatalf("%s is not taken", it.name)
		}
	}
	if q.Empty() || !b.elem.Queued() {
		t.Error("the list has elems but says otherwise")
	}
	if got := drain(&q); got != "abc" {
		t.Errorf("popped %s, want abc", got)
	}
	if !q.Empty() || b.elem.Queued() {
		t.Error("the list has no elems but says otherwise")
	}
}

func TestOneListAtATime(t *testing.T) {
	var q, other List[*item]
	a := &item{name: "a"}
	if !a.queue(&q) || a.queue(&q) || a.queue(&other) {
		t.Error("an elem is in exactly one list once")
	}
	if _, ok := q.Pop(); !ok || !a.queue(&other) {
		t.Error("a popped elem may go into another list")
	}
}

func TestDelete(t *testing.T) {
	for _, victim := range []string{"a", "b", "c"} {
		var q List[*item]
		var gone *item
		want := ""
		for _, name := range []string{"a", "b", "c"} {
			it := &item{name: name}
			it.queue(&q)
			if name == victim {
				gone = it
			} else {
				want += name
			}
		}
		if !Delete(&gone.elem) || Delete(&gone.elem) {
			t.Errorf("%s is deleted exactly once", victim)
		}
		if got := drain(&q); got != want {
			t.Errorf("without %s: popped %s, want %s", victim, got, want)
		}
	}
}

// TestConcurrent moves elems between two lists while others delete and pop
// them. Each elem that goes in comes out once.
func TestConcurrent(t *testing.T) {
	var lists [2]List[*item]
	var in, out atomic.Int64
	items := make([]*item, 16)
	for i := range items {
		items[i] = &item{}
	}

	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for n := range 5000 {
				it := items[(n*7+g)%len(items)]
				if it.queue(&lists[(n+g)%2]) {
					in.Add(1)
				}
				if _, ok := lists[n%2].Pop(); ok {
					out.Add(1)
				}
				if Delete(&items[(n*3+g)%len(items)].elem) {
					out.Add(1)
				}
			}
		})
	}
	wg.Wait()

	for i := range lists {
		for {
			if _, ok := lists[i].Pop(); !ok {
				break
			}
			out.Add(1)
		}
	}
	if in.Load() != out.Load() {
		t.Errorf("%d went in, %d came out", in.Load(), out.Load())
	}
	for _, it := range items {
		if it.elem.Queued() {
			t.Error("an elem is still queued")
		}
	}
}
