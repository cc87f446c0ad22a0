package sort_callback

import (
	"sort"
	"sync"
)

// A Line sorts its items by what each tells under the line's lock.
type Line struct {
	mu    sync.Mutex
	items byRank
}

type lineItem struct {
	line *Line
	rank int
}

type byRank []*lineItem

func (b byRank) Len() int           { return len(b) }
func (b byRank) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func (b byRank) Less(i, j int) bool { return b[i].order() < b[j].order() }

func (i *lineItem) order() int {
	i.line.mu.Lock()
	defer i.line.mu.Unlock()
	return i.rank
}

// Add adds an item.
func (l *Line) Add(rank int) { l.items = append(l.items, &lineItem{l, rank}) }

// Deadlocks: Less locks the line.
func (l *Line) Sort() {
	l.mu.Lock()
	defer l.mu.Unlock()
	sort.Sort(l.items) // want `\[relock\]`
}

// Fine: the items of another line.
func (l *Line) SortOther(other *Line) {
	l.mu.Lock()
	defer l.mu.Unlock()
	sort.Sort(other.items)
}

// Fine: the lock is released.
func (l *Line) SortUnlocked() {
	l.mu.Lock()
	items := l.items
	l.mu.Unlock()
	sort.Sort(items)
}

// A Clock sorts its timers by what each has under its own lock.
type Clock struct{ timers []*timer }

type timer struct {
	mu   sync.Mutex
	when int
}

// Fine: the two are never the same.
func (c *Clock) Sort() {
	sort.Slice(c.timers, func(i, j int) bool {
		c.timers[i].mu.Lock()
		defer c.timers[i].mu.Unlock()
		c.timers[j].mu.Lock()
		defer c.timers[j].mu.Unlock()
		return c.timers[i].when < c.timers[j].when
	})
}
