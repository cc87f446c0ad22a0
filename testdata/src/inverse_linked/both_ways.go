package inverse_linked

import "sync"

// A Pipe has two ends that know each other.
type Pipe struct {
	mu   sync.Mutex
	peer *Pipe
}

// NewPipe makes both ends.
func NewPipe() *Pipe {
	p := &Pipe{}
	p.peer = &Pipe{peer: p}
	return p
}

// Deadlocks: the peer of the peer is p.
func (p *Pipe) Drain() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.peer.wake() // want `\[relock\]`
}

func (p *Pipe) wake() {
	p.peer.mu.Lock()
	p.peer.mu.Unlock()
}

// A Jack can be looped back.
type Jack struct {
	mu   sync.Mutex
	peer *Jack
}

// NewJack makes both ends.
func NewJack() *Jack {
	j := &Jack{}
	j.peer = &Jack{peer: j}
	return j
}

// LoopBack leaves the old peer with j, of which it is no peer any more.
func (j *Jack) LoopBack() { j.peer = j }

// Fine: j may be the old peer of a jack that has been looped back.
func (j *Jack) Drain() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.peer.wake()
}

func (j *Jack) wake() {
	j.peer.mu.Lock()
	j.peer.mu.Unlock()
}
