// Package indexed_locks holds cases of locks in arrays, slices and maps.
package indexed_locks

import "sync"

// A Shard is a part of a table with its own lock.
type Shard struct {
	mu sync.RWMutex
	m  map[string]int
}

func (s *Shard) get(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.m[k]
}

// A Table is split into shards.
type Table struct {
	fixed  [4]Shard
	shards []*Shard
	byName map[string]*Shard
	locks  [2]sync.Mutex
	rows   int
}

// Deadlocks: the same constant index is the same mutex.
func (t *Table) Compact() {
	t.locks[0].Lock()
	defer t.locks[0].Unlock()
	t.rows--
	t.count() // want `\[relock\]`
}

func (t *Table) count() int {
	t.locks[0].Lock()
	defer t.locks[0].Unlock()
	return t.rows
}

// Fine: another constant index is another mutex.
func (t *Table) Flush() int {
	t.locks[1].Lock()
	defer t.locks[1].Unlock()
	return t.count()
}

// Deadlocks: i is the same in both, and the slice is not stored to.
func (t *Table) Incr(i int, k string) {
	t.shards[i].mu.Lock()
	defer t.shards[i].mu.Unlock()
	t.shards[i].m[k] = t.shards[i].get(k) + 1 // want `\[downgrade\]`
}

func (t *Table) read(i int, k string) int {
	t.fixed[i].mu.RLock()
	defer t.fixed[i].mu.RUnlock()
	return t.fixed[i].m[k]
}

// Deadlocks when a writer waits in between: the index is forwarded unchanged.
func (t *Table) Both(i int, a, b string) int {
	t.fixed[i].mu.RLock()
	defer t.fixed[i].mu.RUnlock()
	return t.fixed[i].m[a] + t.read(i, b) // want `\[recursive-rlock\]`
}

// Fine: two indexes, two shards (or nothing says that they are one).
func (t *Table) Move(i, j int, k string) {
	t.shards[i].mu.Lock()
	defer t.shards[i].mu.Unlock()
	t.shards[i].m[k] = t.shards[j].get(k)
}

// Fine: i+1 is not i.
func (t *Table) Next(i int, k string) int {
	t.fixed[i].mu.RLock()
	defer t.fixed[i].mu.RUnlock()
	return t.read(i+1, k)
}

// Fine: the index changes between the two acquisitions.
func (t *Table) Walk(i int, k string) int {
	s := t.shards[i]
	s.mu.Lock()
	defer s.mu.Unlock()
	i++
	return t.shards[i].get(k)
}

// Deadlocks: one name is one shard, nothing is stored in the map meanwhile.
func (t *Table) Reset(name string) {
	t.byName[name].mu.Lock()
	defer t.byName[name].mu.Unlock()
	if t.byName[name].get("rows") > 0 { // want `\[downgrade\]`
		t.byName[name].m = nil
	}
}

// Deadlocks: sh is the entry of the map that is locked.
func (t *Table) Seal(name string) {
	sh, ok := t.byName[name]
	if !ok {
		return
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if sh.get("rows") > 0 { // want `\[downgrade\]`
		sh.m["sealed"] = 1
	}
}

// Fine: another key is another entry.
func (t *Table) Link(from, to string) {
	t.byName[from].mu.Lock()
	defer t.byName[from].mu.Unlock()
	t.byName[from].m[to] = t.byName[to].get("rows")
}

// Fine: the entry is replaced by a new one before it is read.
func (t *Table) Replace(name string) int {
	t.byName[name].mu.Lock()
	old := t.byName[name]
	defer old.mu.Unlock()
	t.byName[name] = &Shard{m: map[string]int{}}
	return t.byName[name].get("rows")
}

// Fine: every iteration has a shard of its own.
func (t *Table) LockAll() {
	for i := range t.fixed {
		t.fixed[i].mu.Lock()
	}
	t.rows = 0
	for i := range t.fixed {
		t.fixed[i].mu.Unlock()
	}
}

// Deadlocks: element 0 is locked before the loop and in it.
func (t *Table) Sum(k string) (n int) {
	t.locks[0].Lock()
	defer t.locks[0].Unlock()
	for range t.shards {
		n += t.count() // want `\[relock\]`
	}
	return n
}

// Deadlocks: i and j have just been compared.
func (t *Table) Swap(i, j int) int {
	t.shards[i].mu.Lock()
	defer t.shards[i].mu.Unlock()
	if i == j {
		return t.shards[j].get("rows") // want `\[downgrade\]`
	}
	return 0
}

// Fine: i and j differ.
func (t *Table) Shift(i, j int) int {
	t.shards[i].mu.Lock()
	defer t.shards[i].mu.Unlock()
	if i != j {
		return t.shards[j].get("rows")
	}
	return 0
}

// Fine: j is another number by the time it is used.
func (t *Table) Step(i, j int) int {
	t.shards[i].mu.Lock()
	defer t.shards[i].mu.Unlock()
	if i == j {
		j++
	}
	return t.shards[j].get("rows")
}

// Fine: k is what i was in the turn before.
func (t *Table) Turns(k int) (n int) {
	for i := range t.shards {
		if i == k {
			continue
		}
		t.shards[i].mu.Lock()
		n += t.shards[k].get("rows")
		t.shards[i].mu.Unlock()
		k = i
	}
	return n
}

// Deadlocks: both names are the key of the same entry.
func (t *Table) Rename(from, to string) int {
	t.byName[from].mu.Lock()
	defer t.byName[from].mu.Unlock()
	if from == to {
		return t.byName[to].get("rows") // want `\[downgrade\]`
	}
	return 0
}
