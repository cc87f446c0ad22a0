// Package inverse_replaced has objects that get another counterpart: what they
// lead to is not always who led to them.
package inverse_replaced

import "sync"

type handle struct {
	mu sync.Mutex
	st *store
	n  int
}

type store struct {
	mu  sync.Mutex
	cur *handle
}

// Open makes a new handle each time. The old ones still know the store.
func (s *store) Open() *handle {
	h := &handle{st: s}
	s.cur = h
	return h
}

// Close takes the lock of the current handle, which is another one if the store
// has been opened again.
func (h *handle) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.st.cur != h {
		h.st.cur.mu.Lock() // Fine: it is not known which one this is.
		h.st.cur.n++
		h.st.cur.mu.Unlock()
	}
	h.st.last()
}

func (s *store) last() {
	s.cur.mu.Lock() // Fine: it is not known which one this is.
	s.cur.n++
	s.cur.mu.Unlock()
}

// reopened is the current handle of its store, whatever happened to others.
func (s *store) reopened() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cur.flush() // want `\[relock\]`
}

func (h *handle) flush() {
	h.st.mu.Lock()
	h.n = 0
	h.st.mu.Unlock()
}

// A session is wired by its constructor, once.
type session struct {
	mu   sync.Mutex
	conn *conn
}

type conn struct {
	mu sync.Mutex
	of *session
}

func newSession(c *conn) *session {
	s := &session{conn: c}
	c.of = s
	return s
}

func dial() *session { return newSession(&conn{}) }

func (s *session) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conn.drop() // want `\[relock\]`
}

func (c *conn) drop() {
	c.of.mu.Lock()
	c.of.conn = nil
	c.of.mu.Unlock()
}
