// Package shared_object has objects that are linked and share a third one, which has
// the lock.
package shared_object

import (
	"bufio"
	"log"
	"os"
	"sync"
)

// Stats is shared.
type Stats struct {
	mu sync.Mutex
	n  int
}

// Inc counts.
func (s *Stats) Inc() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

// A Server shares its statistics with its handler and its connections.
type Server struct {
	stats   *Stats
	handler *Handler
	conns   map[int]*Conn
}

// A Handler counts.
type Handler struct{ st *Stats }

// Serve counts.
func (h *Handler) Serve() { h.st.Inc() }

// A Conn counts when it is closed.
type Conn struct{ st *Stats }

// Close counts.
func (c *Conn) Close() { c.st.Inc() }

// NewServer makes a server.
func NewServer(st *Stats) *Server {
	s := &Server{stats: st, conns: map[int]*Conn{}}
	s.handler = &Handler{st: s.stats}
	return s
}

// Add adds a connection.
func (s *Server) Add(id int) { s.conns[id] = &Conn{st: s.stats} }

// Deadlocks: the handler has the statistics of the server.
func (s *Server) Report() {
	s.stats.mu.Lock()
	defer s.stats.mu.Unlock()
	s.handler.Serve() // want `\[relock\]`
}

// Deadlocks: so has every connection.
func (s *Server) CloseAll() {
	s.stats.mu.Lock()
	defer s.stats.mu.Unlock()
	for _, c := range s.conns {
		c.Close() // want `\[relock\]`
	}
}

// Fine: unlocked before.
func (s *Server) After() {
	s.stats.mu.Lock()
	s.stats.n = 0
	s.stats.mu.Unlock()
	s.handler.Serve()
}

// Fine: the handler of another server.
func (s *Server) Other(o *Server) {
	s.stats.mu.Lock()
	defer s.stats.mu.Unlock()
	o.handler.Serve()
}

// A Pool has its statistics by value, and its workers point to them.
type Pool struct {
	stats   Stats
	workers []*Worker
}

// A Worker counts.
type Worker struct{ st *Stats }

// Start adds a worker.
func (p *Pool) Start() { p.workers = append(p.workers, &Worker{st: &p.stats}) }

func (w *Worker) stop() { w.st.Inc() }

// Deadlocks: every worker has the statistics of the pool.
func (p *Pool) Stop() {
	p.stats.mu.Lock()
	defer p.stats.mu.Unlock()
	for _, w := range p.workers {
		w.stop() // want `\[relock\]`
	}
}

// A Split server has a handler with statistics of its own.
type Split struct {
	stats   *Stats
	handler *SplitHandler
}

// A SplitHandler counts.
type SplitHandler struct{ st *Stats }

// NewSplit makes one.
func NewSplit(st, other *Stats) *Split {
	return &Split{stats: st, handler: &SplitHandler{st: other}}
}

// Fine, as far as one can know: two statistics.
func (s *Split) Report() {
	s.stats.mu.Lock()
	defer s.stats.mu.Unlock()
	s.handler.st.Inc()
}

// A Reset server gets other statistics.
type Reset struct {
	stats   *Stats
	handler *ResetHandler
}

// A ResetHandler counts.
type ResetHandler struct{ st *Stats }

// NewReset makes one.
func NewReset() *Reset {
	st := &Stats{}
	return &Reset{stats: st, handler: &ResetHandler{st: st}}
}

// Clear leaves the old ones to the handler.
func (r *Reset) Clear() { r.stats = &Stats{} }

// Fine: they may differ by now.
func (r *Reset) Report() {
	r.stats.mu.Lock()
	defer r.stats.mu.Unlock()
	r.handler.st.Inc()
}

// A Lender gives its workers away.
type Lender struct {
	stats   Stats
	workers []*Lent
}

// A Lent worker counts for who has started it.
type Lent struct{ st *Stats }

// Start adds a worker.
func (l *Lender) Start() { l.workers = append(l.workers, &Lent{st: &l.stats}) }

// Lend gives a worker to another lender.
func (l *Lender) Lend(to *Lender) { to.workers = append(to.workers, l.workers[0]) }

// Fine, as far as one can know: the worker may be lent.
func (l *Lender) Stop() {
	l.stats.mu.Lock()
	defer l.stats.mu.Unlock()
	for _, w := range l.workers {
		w.st.Inc()
	}
}

// A Ring keeps what is written.
type Ring struct {
	mu  sync.Mutex
	buf []byte
}

// Write implements io.Writer.
func (r *Ring) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.buf = append(r.buf, p...)
	return len(p), nil
}

// A Session writes to its ring by a logger and by a buffer.
type Session struct {
	ring *Ring
	log  *log.Logger
	out  *bufio.Writer
}

// NewSession makes a session.
func NewSession(r *Ring) *Session {
	return &Session{ring: r, log: log.New(r, "", 0), out: bufio.NewWriter(r)}
}

// Deadlocks: the logger writes to the ring.
func (s *Session) Dump() {
	s.ring.mu.Lock()
	defer s.ring.mu.Unlock()
	s.log.Println(len(s.ring.buf)) // want `\[relock\]`
}

// Deadlocks: so does the buffer.
func (s *Session) Close() {
	s.ring.mu.Lock()
	defer s.ring.mu.Unlock()
	s.out.Flush() // want `\[relock\]`
}

// A Quiet session has a logger that is turned to another writer.
type Quiet struct {
	ring *Ring
	log  *log.Logger
}

// NewQuiet makes a session.
func NewQuiet(r *Ring) *Quiet {
	q := &Quiet{ring: r, log: log.New(r, "", 0)}
	q.log.SetOutput(os.Stderr)
	return q
}

// Fine: it writes to standard error.
func (q *Quiet) Dump() {
	q.ring.mu.Lock()
	defer q.ring.mu.Unlock()
	q.log.Println(len(q.ring.buf))
}

// A Turned session may write to another ring by its logger.
type Turned struct {
	ring *Ring
	log  *log.Logger
}

// NewTurned makes a session whose logger writes to another ring.
func NewTurned(r, other *Ring) *Turned {
	return &Turned{ring: r, log: log.New(other, "", 0)}
}

// Fine, as far as one can know: two rings.
func (t *Turned) Dump() {
	t.ring.mu.Lock()
	defer t.ring.mu.Unlock()
	t.log.Println(len(t.ring.buf))
}
