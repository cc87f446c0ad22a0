package cond_wait

import "sync"

// A Pipe has one writer at a time if it blocks, which it does or not from the start.
type Pipe struct {
	mu       sync.Mutex
	writing  sync.Mutex
	room     chan struct{}
	blocks   bool
	full     bool
	switched bool
}

// NewPipe makes a pipe.
func NewPipe(blocks, switched bool) *Pipe {
	return &Pipe{blocks: blocks, switched: switched, room: make(chan struct{}, 1)}
}

func (p *Pipe) isBlocking() bool { return p.blocks }

// push waits for room.
func (p *Pipe) push(done chan struct{}) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.blocks && p.full {
		p.mu.Unlock()
		select {
		case <-done:
			p.mu.Lock()
			return false
		case <-p.room:
		}
		p.mu.Lock()
	}
	p.full = true
	return true
}

// Write locks if the pipe blocks, and unlocks then.
func (p *Pipe) Write(done chan struct{}) {
	if p.isBlocking() {
		p.writing.Lock()
	}
	p.push(done)
	if p.isBlocking() {
		p.writing.Unlock()
	}
}

// Fine: whether the pipe blocks does not change while push waits.
func (p *Pipe) WriteTwice(done chan struct{}) {
	p.Write(done)
	p.Write(done)
}

// WriteSome keeps the lock where the pipe is full no more.
func (p *Pipe) WriteSome(done chan struct{}) {
	if p.isBlocking() {
		p.writing.Lock()
	}
	if p.push(done) || !p.isBlocking() {
		if p.isBlocking() {
			p.writing.Unlock()
		}
	}
}

// Deadlocks: push returns false in a pipe that blocks, where the lock is kept.
func (p *Pipe) WriteSomeTwice(done chan struct{}) {
	p.WriteSome(done)
	p.WriteSome(done) // want `\[relock\]`
}

// Toggle switches the pipe.
func (p *Pipe) Toggle() {
	p.mu.Lock()
	p.switched = !p.switched
	p.mu.Unlock()
}

// await returns when the pipe is switched on.
func (p *Pipe) await() {
	for !p.switched {
		<-p.room
	}
}

// Deadlocks: another goroutine may have switched the pipe on while await waits.
func (p *Pipe) WriteSwitched() {
	on := p.switched
	if !on {
		p.writing.Lock()
	}
	p.await()
	if p.switched {
		p.writing.Lock() // want `\[relock\]`
		p.writing.Unlock()
	}
}

// A Box is filled by others.
type Box struct {
	mu    sync.Mutex
	cond  *sync.Cond
	items map[string]int
}

// NewBox makes a box.
func NewBox() *Box {
	b := &Box{items: map[string]int{}}
	b.cond = sync.NewCond(&b.mu)
	return b
}

func (b *Box) empty() bool { return len(b.items) == 0 }

// Put fills the box.
func (b *Box) Put(name string) {
	b.mu.Lock()
	b.items[name]++
	b.mu.Unlock()
	b.cond.Signal()
}

// Deadlocks: the field is set once, and what is in the map is not.
func (b *Box) Take() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.empty() {
		b.cond.Wait()
	}
	if !b.empty() {
		b.Put("") // want `\[relock\]`
	}
}
