// Package sort_callback holds cases of functions and methods that sort, search and heap call.
package sort_callback

import (
	"cmp"
	"container/heap"
	"slices"
	"sort"
	"sync"
)

// A Score board has players and their points.
type Board struct {
	mu      sync.RWMutex
	points  map[string]int
	players []string
}

func (b *Board) of(p string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.points[p]
}

func (b *Board) raw(p string) int { return b.points[p] }

// Deadlocks when a writer waits in between: sort.Slice calls the literal here.
func (b *Board) Top() []string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	ps := append([]string(nil), b.players...)
	sort.Slice(ps, func(i, j int) bool { return b.of(ps[i]) > b.of(ps[j]) }) // want `\[recursive-rlock\]`
	return ps
}

// Fine: the literal takes no lock.
func (b *Board) Bottom() []string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	ps := append([]string(nil), b.players...)
	sort.Slice(ps, func(i, j int) bool { return b.raw(ps[i]) < b.raw(ps[j]) })
	return ps
}

// Deadlocks: slices.SortFunc calls the literal here.
func (b *Board) Sort() {
	b.mu.Lock()
	defer b.mu.Unlock()
	slices.SortFunc(b.players, func(p, q string) int { return cmp.Compare(b.of(p), b.of(q)) }) // want `\[downgrade\]`
}

// Fine: sorted after the unlock.
func (b *Board) SortCopy() []string {
	b.mu.RLock()
	ps := slices.Clone(b.players)
	b.mu.RUnlock()
	slices.SortFunc(ps, func(p, q string) int { return cmp.Compare(b.of(p), b.of(q)) })
	return ps
}

// Deadlocks: sort.Search calls the literal here.
func (b *Board) Rank(points int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return sort.Search(len(b.players), func(i int) bool { return b.of(b.players[i]) < points }) // want `\[downgrade\]`
}

type byPoints struct{ b *Board }

func (s byPoints) Len() int           { return len(s.b.players) }
func (s byPoints) Swap(i, j int)      { p := s.b.players; p[i], p[j] = p[j], p[i] }
func (s byPoints) Less(i, j int) bool { return s.b.of(s.b.players[i]) < s.b.of(s.b.players[j]) }

type byName struct{ b *Board }

func (s byName) Len() int           { return len(s.b.players) }
func (s byName) Swap(i, j int)      { p := s.b.players; p[i], p[j] = p[j], p[i] }
func (s byName) Less(i, j int) bool { return s.b.players[i] < s.b.players[j] }

// Deadlocks: sort.Sort calls Less.
func (b *Board) ByPoints() {
	b.mu.Lock()
	defer b.mu.Unlock()
	sort.Sort(byPoints{b}) // want `\[downgrade\]`
}

// Fine: this Less takes no lock.
func (b *Board) ByName() {
	b.mu.Lock()
	defer b.mu.Unlock()
	sort.Sort(byName{b})
}

// Deadlocks: through sort.Reverse.
func (b *Board) Reverse() {
	b.mu.Lock()
	defer b.mu.Unlock()
	sort.Stable(sort.Reverse(byPoints{b})) // want `\[downgrade\]`
}

type queue struct {
	byPoints
	popped []string
}

func (q *queue) Push(x any) { q.b.players = append(q.b.players, x.(string)) }

func (q *queue) Pop() any {
	n := len(q.b.players) - 1
	p := q.b.players[n]
	q.b.players = q.b.players[:n]
	q.popped = append(q.popped, p)
	return p
}

// Deadlocks: heap.Push calls Less.
func (b *Board) Join(p string) {
	q := &queue{byPoints: byPoints{b}}
	b.mu.Lock()
	defer b.mu.Unlock()
	heap.Push(q, p) // want `\[downgrade\]`
}

type nameQueue struct{ byName }

func (q nameQueue) Push(x any) { q.b.players = append(q.b.players, x.(string)) }
func (q nameQueue) Pop() any   { return q.b.players[0] }

// Fine: this Less takes no lock.
func (b *Board) JoinByName(p string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	heap.Push(nameQueue{byName{b}}, p)
}

// Fine: another board is asked.
func (b *Board) As(o *Board) {
	b.mu.Lock()
	defer b.mu.Unlock()
	sort.Slice(b.players, func(i, j int) bool { return o.of(b.players[i]) < o.of(b.players[j]) })
}

// countedQueue counts under the lock.
type countedQueue struct{ byName }

func (q *countedQueue) Push(x any) { q.b.players = append(q.b.players, x.(string)) }
func (q *countedQueue) Pop() any   { return q.b.players[0] }

func (q *countedQueue) Len() int {
	q.b.mu.Lock()
	defer q.b.mu.Unlock()
	return len(q.b.players)
}

// Deadlocks: each of them calls Len.
func (b *Board) Counted(p string) {
	q := &countedQueue{byName{b}}
	b.mu.Lock()
	defer b.mu.Unlock()
	heap.Push(q, p)   // want `\[relock\]`
	heap.Fix(q, 0)    // want `\[relock\]`
	heap.Pop(q)       // want `\[relock\]`
	heap.Remove(q, 0) // want `\[relock\]`
}
