// Package inverse_channel holds cases of what is received from a channel and points back to the channel's owner.
package inverse_channel

import "sync"

// A Sink has a channel of jobs and one of free buffers.
type Sink struct {
	mu   sync.Mutex
	jobs chan *Job
	free chan *Buffer
	done int
}

// A Job belongs to a sink.
type Job struct {
	sink *Sink
	n    int
}

// A Buffer belongs to a sink, or to none.
type Buffer struct{ home *Sink }

// NewSink makes a sink with its buffers.
func NewSink() *Sink {
	s := &Sink{jobs: make(chan *Job, 8), free: make(chan *Buffer, 2)}
	for range 2 {
		s.free <- &Buffer{home: s}
	}
	return s
}

// Submit submits a job.
func (s *Sink) Submit(n int) {
	s.jobs <- &Job{sink: s, n: n}
}

func (j *Job) finish() {
	j.sink.mu.Lock()
	defer j.sink.mu.Unlock()
	j.sink.done += j.n
}

func (b *Buffer) put() {
	b.home.mu.Lock()
	b.home.done++
	b.home.mu.Unlock()
	b.home.free <- b
}

// Deadlocks: each job in s.jobs has s as its sink.
func (s *Sink) Flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		select {
		case j := <-s.jobs:
			j.finish() // want `\[relock\]`
		default:
			return
		}
	}
}

// Fine: the job is finished without the lock.
func (s *Sink) Step() int {
	j := <-s.jobs
	j.finish()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done
}

// Deadlocks: a range over the channel.
func (s *Sink) Run() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for j := range s.jobs {
		j.finish() // want `\[relock\]`
	}
}

// Fine: the jobs of another sink.
func (s *Sink) Steal(from *Sink) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if j, ok := <-from.jobs; ok {
		j.finish()
	}
}

// Deadlocks: a buffer is sent back only to the sink it came from.
func (s *Sink) Recycle() {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := <-s.free
	b.put() // want `\[relock\]`
}

// A Relay passes on what it is given.
type Relay struct {
	mu  sync.Mutex
	in  chan *Packet
	out int
}

// A Packet names the relay that is to answer.
type Packet struct{ from *Relay }

// Send breaks the rule: the packet in r.in is from another relay.
func (r *Relay) Send(to *Relay) { to.in <- &Packet{from: r} }

func (p *Packet) ack() {
	p.from.mu.Lock()
	p.from.out++
	p.from.mu.Unlock()
}

// Fine: the packet is from another relay, or nothing says otherwise.
func (r *Relay) Recv() {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := <-r.in
	p.ack()
}

// Fine: the job that the select receives is of another sink.
func (s *Sink) Either(a, b *Sink) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case j := <-a.jobs:
		j.finish()
	case j, ok := <-b.jobs:
		if ok {
			j.finish()
		}
	}
}

// Deadlocks: one of the two channels is that of s.
func (s *Sink) Or(a *Sink) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case j := <-a.jobs:
		j.finish()
	case j := <-s.jobs:
		j.finish() // want `\[relock\]`
	}
}

// A Post has a channel of notes.
type Post struct {
	mu    sync.Mutex
	notes chan *Note
	read  int
}

// A Note is for a post.
type Note struct{ post *Post }

func (p *Post) write() { p.notes <- &Note{post: p} }

// misplace breaks the rule: a note for p is sent to o, if there is room.
func (p *Post) misplace(o *Post) {
	select {
	case o.notes <- &Note{post: p}:
	default:
	}
}

func (n *Note) mark() {
	n.post.mu.Lock()
	n.post.read++
	n.post.mu.Unlock()
}

// Fine, as far as one can know: the note may be for another post.
func (p *Post) Read() {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := <-p.notes
	n.mark()
}
