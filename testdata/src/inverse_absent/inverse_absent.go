// Package inverse_absent holds cases of objects that would lead back to their owner,
// and are not there: another one is, or the container is empty.
package inverse_absent

import "sync"

type writer interface{ write() }

type store struct {
	mu      sync.Mutex
	out     writer
	log     func()
	clients []*client
	byName  map[string]*client
}

type client struct{ store *store }

type echo struct{ store *store }

type discard struct{}

func (e *echo) write()   { e.store.size() }
func (*discard) write()  {}
func nothing()           {}
func forget([]*client)   {}
func (c *client) close() { c.store.size() }

func (s *store) size() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.clients)
}

func (s *store) emit() { s.out.write() }
func (s *store) note() { s.log() }

func (s *store) closeAll() {
	for _, c := range s.clients {
		c.close()
	}
}

func (s *store) closeNamed(name string) {
	if c := s.byName[name]; c != nil {
		c.close()
	}
}

func (s *store) add(name string) {
	c := &client{s}
	s.clients = append(s.clients, c)
	s.byName[name] = c
}

func newStore() *store {
	s := &store{byName: map[string]*client{}}
	s.out = &echo{s}
	s.log = func() { s.size() }
	return s
}

func newQuiet() *store { return &store{out: &discard{}, log: nothing} }

func Emit() {
	s := newStore()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emit() // want `\[relock\]`
}

func EmitQuiet() {
	s := newQuiet()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emit() // Fine: its writer discards.
	s.note() // Fine
}

func EmitLiteral() {
	s := &store{out: &discard{}}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emit() // Fine
}

func (s *store) EmitReplaced() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out = &discard{}
	s.emit() // Fine
}

func (s *store) EmitAsserted() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.out.(*discard); ok {
		s.emit() // Fine
	}
	if _, ok := s.out.(*echo); ok {
		s.emit() // want `\[relock\]`
	}
}

func (s *store) Note() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.note() // want `\[relock\]`
}

func (s *store) NoteSilenced() {
	s.mu.Lock()
	defer s.mu.Unlock()
	log := s.log
	s.log = nothing
	s.note() // Fine
	s.log = log
}

func (s *store) CloseAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closeAll() // want `\[relock\]`
}

func CloseNone() {
	s := &store{}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closeAll() // Fine: it has no clients.
}

func CloseOne() {
	s := &store{byName: map[string]*client{}}
	s.add("one")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closeAll() // want `\[relock\]`
}

func (s *store) CloseRemoved() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clients = nil
	s.closeAll() // Fine
}

func (s *store) CloseIfEmpty() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.clients) == 0 {
		s.closeAll() // Fine
	}
}

func (s *store) CloseLater() {
	s.mu.Lock()
	list := s.clients
	s.clients = nil
	s.closeAll() // Fine
	s.mu.Unlock()
	forget(list)
}

func (s *store) CloseNamed(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closeNamed(name) // want `\[relock\]`
}

func (s *store) CloseMissing(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.byName[name]; !ok {
		s.closeNamed(name) // Fine
	}
}

func (s *store) CloseDeleted(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byName, name)
	s.closeNamed(name) // Fine
}
