// Package inverse_condition asks an object's owner for its state: what the
// owner has just stored there decides whether the object locks the owner.
package inverse_condition

import (
	"errors"
	"sync"
	"sync/atomic"
)

type server struct {
	mu       sync.Mutex
	closing  bool
	phase    int
	draining atomic.Bool
	err      error
	options  struct{ unlocked bool }
	conns    []*conn
	byID     map[int]*conn
	first    *conn
	hook     func()
	notifier notifier
}

type conn struct {
	srv     *server
	streams []*stream
}

type stream struct{ conn *conn }

type notifier interface{ notify() }

type adapter struct{ srv *server }

func newServer() *server {
	s := &server{byID: map[int]*conn{}}
	s.first = &conn{srv: s}
	s.hook = func() {
		if !s.closing {
			s.mu.Lock()
			s.mu.Unlock()
		}
	}
	s.notifier = adapter{s}
	return s
}

func (s *server) accept() *conn {
	c := &conn{srv: s}
	c.streams = append(c.streams, &stream{conn: c})
	s.conns = append(s.conns, c)
	s.byID[len(s.conns)] = c
	return c
}

func (c *conn) close() {
	if c.srv.closing {
		return
	}
	c.srv.mu.Lock()
	c.srv.mu.Unlock()
}

func (s *server) Shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = true
	for _, c := range s.conns {
		c.close() // Fine: it sees that the server is closing.
	}
}

func (s *server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = false
	for _, c := range s.conns {
		c.close() // want `\[relock\]`
	}
}

func (s *server) ShutdownByID() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = true
	for _, c := range s.byID {
		c.close() // Fine
	}
}

func (s *server) CloseByID(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		s.byID[id].close() // Fine
		return
	}
	s.byID[id].close() // want `\[relock\]`
}

func (s *server) CloseFirst() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		s.first.close() // Fine
	}
}

func (s *server) CloseFirstIfOpen() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closing {
		s.first.close() // want `\[relock\]`
	}
}

func (c *conn) finish() {
	if c.srv.phase != 3 {
		c.srv.mu.Lock()
		c.srv.mu.Unlock()
	}
}

func (s *server) Finish() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase = 3
	for _, c := range s.conns {
		c.finish() // Fine
	}
	s.phase = 2
	for _, c := range s.conns {
		c.finish() // want `\[relock\]`
	}
}

func (c *conn) drain() {
	if !c.srv.draining.Load() {
		c.srv.mu.Lock()
		c.srv.mu.Unlock()
	}
}

func (s *server) Drain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.draining.Store(true)
	for _, c := range s.conns {
		c.drain() // Fine
	}
}

func (s *server) Undrain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.draining.Store(false)
	for _, c := range s.conns {
		c.drain() // want `\[relock\]`
	}
}

func (s *server) isClosing() bool { return s.closing }

func (c *conn) closeByGetter() {
	if !c.srv.isClosing() {
		c.srv.mu.Lock()
		c.srv.mu.Unlock()
	}
}

func (s *server) ShutdownByGetter() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		c.closeByGetter() // want `\[relock\]`
	}
	s.closing = true
	for _, c := range s.conns {
		c.closeByGetter() // Fine
	}
}

func (c *conn) closeUnlessFailed() {
	if c.srv.err == nil {
		c.srv.mu.Lock()
		c.srv.mu.Unlock()
	}
}

func (s *server) Fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
	if err == nil {
		return
	}
	for _, c := range s.conns {
		c.closeUnlessFailed() // Fine
	}
}

func (c *conn) closeByOption() {
	if !c.srv.options.unlocked {
		c.srv.mu.Lock()
		c.srv.mu.Unlock()
	}
}

func (s *server) CloseByOption() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.options.unlocked = true
	for _, c := range s.conns {
		c.closeByOption() // Fine
	}
	s.options.unlocked = false
	for _, c := range s.conns {
		c.closeByOption() // want `\[relock\]`
	}
}

func (st *stream) reset() {
	if !st.conn.srv.closing {
		st.conn.srv.mu.Lock()
		st.conn.srv.mu.Unlock()
	}
}

func (s *server) ResetStreams() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		for _, st := range c.streams {
			st.reset() // want `\[relock\]`
		}
	}
	s.closing = true
	for _, c := range s.conns {
		for _, st := range c.streams {
			st.reset() // Fine
		}
	}
}

func (s *server) maybe() {
	if !s.closing {
		s.mu.Lock()
		s.mu.Unlock()
	}
}

func (c *conn) forward() { c.srv.maybe() }

func (s *server) Forward() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		c.forward() // want `\[relock\]`
	}
	s.closing = true
	for _, c := range s.conns {
		c.forward() // Fine
	}
}

func (s *server) Hook() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook() // want `\[relock\]`
	s.closing = true
	s.hook() // Fine
}

func (a adapter) notify() {
	if a.srv.closing {
		return
	}
	a.srv.mu.Lock()
	a.srv.mu.Unlock()
}

func (s *server) Notify() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notifier.notify() // want `\[relock\]`
	s.closing = true
	s.notifier.notify() // Fine
}

func (s *server) Inline() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = true
	for _, c := range s.conns {
		if !c.srv.closing {
			c.srv.mu.Lock() // Fine
			c.srv.mu.Unlock()
		}
	}
}

func (s *server) InlineOpen() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		if !c.srv.closing {
			c.srv.mu.Lock() // want `\[relock\]`
			c.srv.mu.Unlock()
		}
	}
}

func (c *conn) shutdownOwner() {
	s := c.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = true
	for _, d := range s.conns {
		d.close() // Fine
	}
}

func (c *conn) resetOwner() {
	s := c.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.conns {
		d.close() // want `\[relock\]`
	}
}

func (c *conn) mark() { c.srv.closing = true }

func (s *server) ShutdownThroughFirst() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = false
	s.first.mark()
	for _, c := range s.conns {
		c.close() // Fine: the first connection has marked the server.
	}
}

var errClosed = errors.New("closed")

// Fine: the server has an error, the one that it is given or its own.
func (s *server) Abort(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		err = errClosed
	}
	s.err = err
	for _, c := range s.conns {
		c.closeUnlessFailed()
	}
}

// Deadlocks: the server has an error only if it is told to.
func (s *server) AbortIf(failed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = nil
	if failed {
		s.err = errClosed
	}
	for _, c := range s.conns {
		c.closeUnlessFailed() // want `\[relock\]`
	}
}
