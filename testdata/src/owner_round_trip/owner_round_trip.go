// Package owner_round_trip holds cases of an object that goes to its owner, which visits all of its objects.
package owner_round_trip

import "sync"

// A FileStore has blocks, and never lets one go.
type FileStore struct {
	mu   sync.RWMutex
	blks []*block
	bim  map[int]*block
	tags map[string]*block
}

// A block belongs to a file store from the moment it is made.
type block struct {
	mu    sync.RWMutex
	fs    *FileStore
	index int
	msgs  int
	bytes int
}

// NewStore makes a file store.
func NewStore() *FileStore { return &FileStore{bim: map[int]*block{}} }

func (fs *FileStore) newBlock(index int) *block {
	mb := &block{fs: fs, index: index}
	fs.blks = append(fs.blks, mb)
	fs.bim[index] = mb
	return mb
}

func (fs *FileStore) total() (n int) {
	for _, b := range fs.blks {
		b.mu.RLock()
		n += b.bytes
		b.mu.RUnlock()
	}
	return n
}

func (fs *FileStore) count() (n int) {
	for _, b := range fs.bim {
		n += b.size()
	}
	return n
}

func (b *block) size() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.msgs
}

func (fs *FileStore) first() int {
	if len(fs.blks) == 0 {
		return 0
	}
	return fs.blks[0].size()
}

func (fs *FileStore) others(but *block) (n int) {
	for _, b := range fs.blks {
		if b != but {
			n += b.size()
		}
	}
	return n
}

func (fs *FileStore) at(i int) int { return fs.bim[i].size() }

// Deadlocks: mb is one of the blocks that total read-locks.
func (mb *block) write(n int) bool {
	mb.mu.Lock()
	defer mb.mu.Unlock()
	mb.bytes += n
	return mb.fs.total() > 1<<20 // want `\[downgrade\]`
}

// Deadlocks when a writer waits in between: through the map, two calls deep.
func (mb *block) share() float64 {
	mb.mu.RLock()
	defer mb.mu.RUnlock()
	return float64(mb.msgs) / float64(mb.fs.count()) // want `\[recursive-rlock\]`
}

// Fine: unlocked before the owner visits all blocks.
func (mb *block) flush() int {
	mb.mu.Lock()
	mb.bytes = 0
	mb.mu.Unlock()
	return mb.fs.total()
}

// Fine: the first block is another one, or nothing says that it is mb.
func (mb *block) head() int {
	mb.mu.Lock()
	defer mb.mu.Unlock()
	return mb.fs.first()
}

// Fine: mb is left out.
func (mb *block) rest() int {
	mb.mu.Lock()
	defer mb.mu.Unlock()
	return mb.fs.others(mb)
}

// Fine: the blocks of another store.
func (mb *block) compare(fs *FileStore) bool {
	mb.mu.Lock()
	defer mb.mu.Unlock()
	return mb.bytes > fs.total()
}

// Deadlocks: the block under its own index is mb.
func (mb *block) self() int {
	mb.mu.Lock()
	defer mb.mu.Unlock()
	return mb.fs.at(mb.index) // want `\[downgrade\]`
}

// Fine: the block under another index.
func (mb *block) next() int {
	mb.mu.Lock()
	defer mb.mu.Unlock()
	return mb.fs.at(mb.index + 1)
}

// A Parking has lots that are closed and taken out of it.
type Parking struct {
	mu   sync.Mutex
	lots map[int]*lot
}

type lot struct {
	mu   sync.Mutex
	p    *Parking
	id   int
	cars int
}

func (p *Parking) open(id int) {
	p.lots[id] = &lot{p: p, id: id}
}

func (p *Parking) cars() (n int) {
	for _, l := range p.lots {
		l.mu.Lock()
		n += l.cars
		l.mu.Unlock()
	}
	return n
}

// Fine: the lot has been taken out before its owner visits the others.
func (l *lot) close() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.p.lots, l.id)
	return l.p.cars()
}
