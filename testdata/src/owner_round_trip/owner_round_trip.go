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

// A Pond has fish, found by their tag, which may be set again.
type Pond struct {
	mu   sync.Mutex
	fish map[int]*fish
	all  []*fish
}

type fish struct {
	mu   sync.Mutex
	pond *Pond
	tag  int
	dead bool
	size int
}

func newFish(p *Pond, tag int) *fish {
	return &fish{pond: p, tag: tag}
}

func (p *Pond) stock(tag int) *fish {
	f := newFish(p, tag)
	p.put(f)
	return f
}

func (p *Pond) put(f *fish) {
	p.all = append(p.all, f)
	p.fish[f.tag] = f
}

func (f *fish) retag(tag int) { f.tag = tag }

func (p *Pond) weigh() (n int) {
	for _, f := range p.all {
		if f.dead {
			continue
		}
		f.mu.Lock()
		n += f.size
		f.mu.Unlock()
	}
	return n
}

func (p *Pond) weighNamed(log func(string)) (n int, err error) {
	log("weigh")
	for _, f := range p.all {
		if err := f.check(); err != nil {
			return 0, err
		}
	}
	return n, nil
}

func (f *fish) check() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return nil
}

func (p *Pond) weighSome(pick func(*fish) bool) (n int) {
	for _, f := range p.all {
		if pick(f) {
			f.mu.Lock()
			n += f.size
			f.mu.Unlock()
		}
	}
	return n
}

func (p *Pond) weighBigger(than int, me int) (n int) {
	for i, f := range p.all {
		if i != me && f.size > than {
			f.mu.Lock()
			n += f.size
			f.mu.Unlock()
		}
	}
	return n
}

func (p *Pond) weighTail() (n int) {
	for _, f := range p.all[1:] {
		f.mu.Lock()
		n += f.size
		f.mu.Unlock()
	}
	return n
}

// Deadlocks: the constructor makes f and put adds it, so f is one of those that weigh locks.
func (f *fish) share() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return 100 * f.size / f.pond.weigh() // want `\[relock\]`
}

// Fine: the dead are left out.
func (f *fish) die() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dead = true
	return f.pond.weigh()
}

// Deadlocks: the check of each fish locks it, and its errors do not choose.
func (f *fish) checkAll() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, err := f.pond.weighNamed(func(string) {}) // want `\[relock\]`
	return err
}

// Fine: a function chooses the fish.
func (f *fish) others() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.pond.weighSome(func(o *fish) bool { return o != f })
}

// Fine: the index of f may be the one that is left out.
func (f *fish) bigger(me int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.pond.weighBigger(f.size, me)
}

// Fine: f may be the first.
func (f *fish) tail() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.pond.weighTail()
}

// Deadlocks: the loop comes to f itself.
func (f *fish) direct() (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, o := range f.pond.all {
		o.mu.Lock() // want `\[relock\]`
		n += o.size
		o.mu.Unlock()
	}
	return n
}

// Fine: f itself is left out.
func (f *fish) directOthers() (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, o := range f.pond.all {
		if o == f {
			continue
		}
		o.mu.Lock()
		n += o.size
		o.mu.Unlock()
	}
	return n
}

// Fine: the loop ends before it locks f.
func (f *fish) before() (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, o := range f.pond.all {
		if o.tag == f.tag {
			break
		}
		o.mu.Lock()
		n += o.size
		o.mu.Unlock()
	}
	return n
}

// Fine: retag has changed the key, another fish may be under it.
func (f *fish) namesake() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	o := f.pond.fish[f.tag]
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.size
}

// Deadlocks: the last fish is one of those that weigh locks.
func (p *Pond) last() int {
	f := p.all[len(p.all)-1]
	f.mu.Lock()
	defer f.mu.Unlock()
	return p.weigh() // want `\[relock\]`
}

// Fine: the lot is taken out before the others are visited.
func (p *Parking) evict(id int) int {
	l := p.lots[id]
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(p.lots, id)
	return p.cars()
}

// Deadlocks: the lot is in the map while cars visits all.
func (p *Parking) inspect(id int) int {
	l := p.lots[id]
	l.mu.Lock()
	defer l.mu.Unlock()
	return p.cars() // want `\[relock\]`
}

// Fine: the lot is of another parking.
func (p *Parking) other(o *Parking, id int) int {
	l := o.lots[id]
	l.mu.Lock()
	defer l.mu.Unlock()
	return p.cars()
}

// A Camp has tents, some of which are never pitched in it.
type Camp struct {
	tents []*tent
	spare *tent
}

type tent struct {
	mu   sync.Mutex
	camp *Camp
	beds int
}

func (c *Camp) pitch(spare bool) *tent {
	t := &tent{camp: c}
	if !spare {
		c.tents = append(c.tents, t)
	}
	return t
}

func (c *Camp) beds() (n int) {
	for _, t := range c.tents {
		t.mu.Lock()
		n += t.beds
		t.mu.Unlock()
	}
	return n
}

// Fine: t may be a spare tent, which is not in the list.
func (t *tent) more() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.camp.beds() > t.beds
}

// A Fleet has ships, which are fitted out before they join.
type Fleet struct{ ships []*ship }

type ship struct {
	mu    sync.Mutex
	fleet *Fleet
	guns  int
}

func (f *Fleet) launch() *ship {
	s := &ship{fleet: f}
	s.fit()
	f.ships = append(f.ships, s)
	return s
}

func (f *Fleet) guns() (n int) {
	for _, s := range f.ships {
		s.mu.Lock()
		n += s.guns
		s.mu.Unlock()
	}
	return n
}

// Fine: the ship has not joined yet.
func (s *ship) fit() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.guns = 10 - s.fleet.guns()
}

// A Hall has seats; the last ones can be taken away.
type Hall struct{ seats []*seat }

type seat struct {
	mu   sync.Mutex
	hall *Hall
	cost int
}

func (h *Hall) add() {
	s := &seat{hall: h}
	h.seats = append(h.seats, s)
}

func (h *Hall) shrink(n int) { h.seats = h.seats[:n] }

func (h *Hall) price() (n int) {
	for _, s := range h.seats {
		s.mu.Lock()
		n += s.cost
		s.mu.Unlock()
	}
	return n
}

// Fine: the seat may have been taken away.
func (s *seat) part() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return float64(s.cost) / float64(s.hall.price())
}

// A Vault has boxes that are closed by storing nil in their place.
type Vault struct{ boxes map[int]*box }

type box struct {
	mu    sync.Mutex
	vault *Vault
	id    int
	coins int
}

func (v *Vault) open(id int) {
	v.boxes[id] = &box{vault: v, id: id}
}

func (v *Vault) coins() (n int) {
	for _, b := range v.boxes {
		if b != nil {
			b.mu.Lock()
			n += b.coins
			b.mu.Unlock()
		}
	}
	return n
}

// Fine: the box has been taken out, so it is not among the others.
func (b *box) close() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.vault.boxes[b.id] = nil
	return b.vault.coins()
}

// Fine, as far as one can know: the box may have been closed.
func (b *box) share() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return 2*b.coins > b.vault.coins()
}
