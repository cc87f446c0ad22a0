// Package lock_all holds cases of functions that lock or unlock every element of a container.
package lock_all

import "sync"

// A Vec has mutexes in an array and in a slice.
type Vec struct {
	mus  [4]sync.Mutex
	list []*sync.Mutex
	rows []*row
	n    int
}

type row struct {
	mu sync.Mutex
	n  int
}

func (v *Vec) unlockAll() {
	for i := range v.mus {
		v.mus[i].Unlock()
	}
}

func (v *Vec) unlockList() {
	for _, m := range v.list {
		m.Unlock()
	}
}

func (v *Vec) unlockRows() {
	for _, r := range v.rows {
		r.mu.Unlock()
	}
}

// Fine: unlockAll unlocks the first mutex, too.
func (v *Vec) First() {
	v.mus[0].Lock()
	for i := range v.mus[1:] {
		v.mus[i+1].Lock()
	}
	v.n++
	v.unlockAll()
	v.mus[0].Lock()
	v.n--
	v.mus[0].Unlock()
}

// Fine: unlockList unlocks the mutex.
func (v *Vec) FirstOfList() {
	v.list[0].Lock()
	v.unlockList()
	v.list[0].Lock()
	v.list[0].Unlock()
}

// Fine: unlockRows unlocks the row.
func (v *Vec) FirstRow() {
	v.rows[0].mu.Lock()
	v.unlockRows()
	v.rows[0].mu.Lock()
	v.rows[0].mu.Unlock()
}

// Deadlocks: the rows are unlocked, and not the mutex.
func (v *Vec) Other() {
	v.mus[1].Lock()
	v.unlockRows()
	v.mus[1].Lock() // want `\[relock\]`
	v.mus[1].Unlock()
}

// A Sharded map holds its shards by value.
type Sharded struct {
	shards [4]shard
	more   []shard
}

type shard struct {
	mu   sync.Mutex
	n    int
	dead bool
}

// Len locks every shard in turn.
func (s *Sharded) Len() (n int) {
	for i := range s.shards {
		s.shards[i].mu.Lock()
		n += s.shards[i].n
		s.shards[i].mu.Unlock()
	}
	return n
}

func (s *Sharded) lenMore() (n int) {
	for i := 0; i < len(s.more); i++ {
		n += s.more[i].size()
	}
	return n
}

func (s *Sharded) lenAlive() (n int) {
	for i := 0; i < 4; i++ {
		if t := &s.shards[i]; !t.dead {
			n += t.size()
		}
	}
	return n
}

func (s *Sharded) lenOthers(but int) (n int) {
	for i := range s.shards {
		if i != but {
			n += s.shards[i].size()
		}
	}
	return n
}

func (s *Sharded) lenTail() (n int) {
	for i := 1; i < len(s.shards); i++ {
		n += s.shards[i].size()
	}
	return n
}

func (s *Sharded) lenHalf() (n int) {
	for i := 0; i < 2; i++ {
		n += s.shards[i].size()
	}
	return n
}

func (s *Sharded) lenEven() (n int) {
	for i := 0; i < len(s.shards); i += 2 {
		n += s.shards[i].size()
	}
	return n
}

func (t *shard) size() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.n
}

// Deadlocks: Len locks every shard, also this one.
func (s *Sharded) Put(i int) {
	s.shards[i].mu.Lock()
	defer s.shards[i].mu.Unlock()
	if s.Len() < 100 { // want `\[relock\]`
		s.shards[i].n++
	}
}

// Deadlocks: the same with a constant index, in a slice of shards.
func (s *Sharded) PutMore() {
	s.more[1].mu.Lock()
	defer s.more[1].mu.Unlock()
	s.more[1].n = s.lenMore() // want `\[relock\]`
}

// Deadlocks: this shard is not known to be dead.
func (s *Sharded) PutAlive(i int) {
	t := &s.shards[i]
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n = s.lenAlive() // want `\[relock\]`
}

// Fine: this shard is dead, and left out.
func (s *Sharded) PutDead(i int) {
	t := &s.shards[i]
	t.mu.Lock()
	defer t.mu.Unlock()
	t.dead = true
	t.n = s.lenAlive()
}

// Fine: this shard is left out.
func (s *Sharded) PutOthers(i int) {
	s.shards[i].mu.Lock()
	defer s.shards[i].mu.Unlock()
	s.shards[i].n = s.lenOthers(i)
}

// Fine: the shards of another map.
func (s *Sharded) PutAbroad(i int, o *Sharded) {
	s.shards[i].mu.Lock()
	defer s.shards[i].mu.Unlock()
	s.shards[i].n = o.Len()
}

// Fine: the first shard is not among those, and any may be left out.
func (s *Sharded) PutFirst(i int) {
	s.shards[0].mu.Lock()
	s.shards[0].n = s.lenTail()
	s.shards[0].mu.Unlock()
	s.shards[i].mu.Lock()
	defer s.shards[i].mu.Unlock()
	s.shards[i].n = s.lenHalf() + s.lenEven()
}

// Fine: the first four and those in the slice are others.
func (s *Sharded) PutBoth(i int) {
	s.more[i].mu.Lock()
	defer s.more[i].mu.Unlock()
	s.more[i].n = s.Len()
}

// Deadlocks: the inner loop comes to the shard of the outer one.
func (s *Sharded) Pairs() (n int) {
	for i := range s.shards {
		s.shards[i].mu.Lock()
		for j := range s.shards {
			s.shards[j].mu.Lock() // want `\[relock\]`
			n += s.shards[j].n
			s.shards[j].mu.Unlock()
		}
		s.shards[i].mu.Unlock()
	}
	return n
}

// Fine: the inner loop leaves out the shard of the outer one, or begins behind it.
func (s *Sharded) OtherPairs() (n int) {
	for i := range s.shards {
		s.shards[i].mu.Lock()
		for j := range s.shards {
			if i == j {
				continue
			}
			s.shards[j].mu.Lock()
			n += s.shards[j].n
			s.shards[j].mu.Unlock()
		}
		for j := i + 1; j < len(s.shards); j++ {
			s.shards[j].mu.Lock()
			n += s.shards[j].n
			s.shards[j].mu.Unlock()
		}
		s.shards[i].mu.Unlock()
	}
	return n
}

// Fine: hand over hand.
func (s *Sharded) Hand() {
	s.shards[0].mu.Lock()
	for i := range s.shards {
		if i > 0 {
			s.shards[i].mu.Lock()
			s.shards[i-1].mu.Unlock()
		}
	}
	s.shards[3].mu.Unlock()
}

func (v *Vec) lockAll() {
	for i := range v.mus {
		v.mus[i].Lock()
	}
}

func (v *Vec) lockRows() {
	for _, r := range v.rows {
		r.mu.Lock()
	}
}

func (v *Vec) lockSome(skip int) {
	for i, r := range v.rows {
		if i != skip {
			r.mu.Lock()
		}
	}
}

func (v *Vec) rlock(s *Sharded) {
	for i := range s.more {
		s.more[i].mu.Lock()
	}
}

func (r *row) inc() {
	r.mu.Lock()
	r.n++
	r.mu.Unlock()
}

// Deadlocks: lockAll has locked the first mutex.
func (v *Vec) ThenOne() {
	v.lockAll()
	v.mus[0].Lock() // want `\[relock\]`
}

// Deadlocks: lockAll locks the same mutexes again.
func (v *Vec) Twice() {
	v.lockAll()
	v.lockAll() // want `\[relock\]`
}

// Deadlocks: lockRows has locked row i.
func (v *Vec) ThenRow(i int) {
	v.lockRows()
	defer v.unlockRows()
	v.rows[i].inc() // want `\[relock\]`
}

// Deadlocks: the second loop locks the rows again.
func (v *Vec) Loops() {
	for _, r := range v.rows {
		r.mu.Lock()
	}
	for _, r := range v.rows {
		r.inc() // want `\[relock\]`
	}
	for _, r := range v.rows {
		r.mu.Unlock()
	}
}

// Fine: each loop unlocks what it has locked, or the next one does.
func (v *Vec) Rounds() {
	for range 2 {
		for _, r := range v.rows {
			r.mu.Lock()
		}
		for _, r := range v.rows {
			r.n++
			r.mu.Unlock()
		}
		for _, r := range v.rows {
			r.inc()
		}
	}
	for _, r := range v.rows {
		r.inc()
	}
}

// Fine: unlocked in between, by the function or in the reverse order.
func (v *Vec) Again() {
	v.lockRows()
	v.unlockRows()
	v.lockRows()
	for i := len(v.rows) - 1; i >= 0; i-- {
		v.rows[i].mu.Unlock()
	}
	v.lockRows()
	v.unlockRows()
	v.lockAll()
	v.unlockAll()
	v.lockAll()
	v.unlockAll()
}

// Fine: the same with deferred calls.
func (v *Vec) Deferred(n int) {
	v.deferred()
	v.deferred()
	v.rows[n].inc()
}

func (v *Vec) deferred() {
	v.lockRows()
	defer v.unlockRows()
	v.n++
}

// Fine: the row is unlocked alone before it is locked.
func (v *Vec) Release(i int) {
	v.lockRows()
	v.rows[i].mu.Unlock()
	v.rows[i].inc()
	v.rows[i].mu.Lock()
	v.unlockRows()
}

// Fine: the skipped row is not locked.
func (v *Vec) Skip(i int) {
	v.lockSome(i)
	v.rows[i].inc()
}

// Fine: the loop may have stopped before it comes to the row.
func (v *Vec) Until(n, i int) {
	for _, r := range v.rows {
		if r.n > n {
			break
		}
		r.mu.Lock()
	}
	v.rows[i].inc()
}

// Fine: not all turns leave the row locked.
func (v *Vec) Busy(i int) {
	for _, r := range v.rows {
		r.mu.Lock()
		if r.n == 0 {
			r.mu.Unlock()
		}
	}
	v.rows[i].mu.Lock()
}

// Fine: the new row is not one of those that were locked.
func (v *Vec) Grow() {
	v.lockRows()
	r := &row{}
	v.rows = append(v.rows, r)
	r.inc()
	v.rows[len(v.rows)-1].inc()
}

// Fine: the rows of another vector, and the elements of another slice.
func (v *Vec) Abroad(o *Vec, s *Sharded) {
	v.lockRows()
	o.rows[0].inc()
	v.rlock(s)
	s.shards[0].size()
	v.unlockRows()
}

// Fine: what has been locked has been unlocked where it is locked again.
func (v *Vec) Try(ok bool) {
	if ok {
		v.lockRows()
	}
	v.n++
	if ok {
		v.unlockRows()
	}
	v.rows[0].inc()
}

// Fine: every row is locked for its own turn.
func (v *Vec) Chain() {
	var last *row
	for _, r := range v.rows {
		r.mu.Lock()
		if last != nil {
			last.mu.Unlock()
		}
		last = r
	}
	v.rows[0].inc()
}

// Registry has its entries in a map.
type Registry struct{ m map[string]*row }

func (g *Registry) lock() {
	for _, r := range g.m {
		r.mu.Lock()
	}
}

func (g *Registry) unlock() {
	for _, r := range g.m {
		r.mu.Unlock()
	}
}

// Deadlocks: the entry is one of those that are locked.
func (g *Registry) Get(k string) int {
	g.lock()
	defer g.unlock()
	g.m[k].inc() // want `\[relock\]`
	return g.m[k].n
}

// Fine: the entry is new.
func (g *Registry) Set(k string) {
	g.lock()
	defer g.unlock()
	g.m[k] = &row{}
	g.m[k].inc()
}

// Fine: unlocked before.
func (g *Registry) Cycle(k string) {
	g.lock()
	g.unlock()
	g.m[k].inc()
	g.lock()
	g.unlock()
}

// Fine: the loop has passed the first row when it is locked.
func (v *Vec) Passed() {
	for i, r := range v.rows {
		r.inc()
		if i == 0 {
			v.rows[0].mu.Lock()
			defer v.rows[0].mu.Unlock()
		}
	}
}
