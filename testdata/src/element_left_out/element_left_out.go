// Package element_left_out holds cases of a loop that leaves out one element of a
// container, which may be the one that would lock.
package element_left_out

import "sync"

type server struct {
	mu    sync.Mutex
	peers []*peer
	byID  map[int]*peer
	self  *peer
}

type peer struct {
	srv   *server
	id    int
	local bool
	n     int
}

func newServer() *server {
	s := &server{byID: map[int]*peer{}}
	s.self = &peer{srv: s, local: true}
	s.peers = append(s.peers, s.self)
	s.byID[0] = s.self
	return s
}

func (s *server) add(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := &peer{srv: s, id: id}
	s.peers = append(s.peers, p)
	s.byID[id] = p
}

// send locks the server if the peer is local.
func (p *peer) send() {
	if p.local {
		p.srv.mu.Lock()
		defer p.srv.mu.Unlock()
	}
	p.n++
}

func (p *peer) ping() {
	p.srv.mu.Lock()
	defer p.srv.mu.Unlock()
	p.n++
}

// Fine: only the server itself is local, and it is left out.
func (s *server) SendOthers() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.peers {
		if p == s.self {
			continue
		}
		p.send()
	}
}

// Fine: the same in a map.
func (s *server) SendOthersByID() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.byID {
		if p != s.self {
			p.send()
		}
	}
}

// Deadlocks: the server itself is among the peers.
func (s *server) SendAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.peers {
		p.send() // want `\[relock\]`
	}
}

// Deadlocks: every peer locks the server.
func (s *server) PingOthers() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.peers {
		if p == s.self {
			continue
		}
		p.ping() // want `\[relock\]`
	}
}

// Deadlocks: what the loop asks does not depend on the peer.
func (s *server) SendIf(all bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.peers {
		if !all {
			break
		}
		p.send() // want `\[relock\]`
	}
}

// Fine: no local peer is left.
func (s *server) SendRemote() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.peers {
		if p.local {
			continue
		}
		p.send()
	}
}

func (s *server) each(f func(*peer)) {
	for _, p := range s.peers {
		f(p)
	}
}

// Fine: the callback leaves the server itself out.
func (s *server) EachOther() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.each(func(p *peer) {
		if p != s.self {
			p.send()
		}
	})
}

// Deadlocks: the callback leaves none out.
func (s *server) Each() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.each(func(p *peer) { p.send() }) // want `\[relock\]`
}

// Deadlocks: the others lock, too.
func (s *server) PingEach() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.each(func(p *peer) { // want `\[relock\]`
		if p != s.self {
			p.ping()
		}
	})
}

// A hub has spokes, and functions that are told when one ends.
type hub struct {
	mu     sync.Mutex
	spokes map[int]*spoke
	told   []func(*spoke)
	quiet  bool
}

type spoke struct {
	hub   *hub
	id    int
	quiet bool
}

func newHub() *hub {
	h := &hub{spokes: map[int]*spoke{}}
	h.told = append(h.told, h.forget)
	return h
}

func (h *hub) open(id int) { h.spokes[id] = &spoke{hub: h, id: id, quiet: id == 0} }

func (h *hub) forget(s *spoke) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.spokes, s.id)
}

func (s *spoke) end() {
	for _, f := range s.hub.told {
		f(s)
	}
}

func (s *spoke) leave() {
	if !s.hub.quiet {
		s.hub.forget(s)
	}
}

func (s *spoke) slip() {
	if !s.quiet {
		s.hub.forget(s)
	}
}

func noisy(s *spoke) bool { return !s.quiet && s.id > 1 }

// Deadlocks: that there is somebody to tell does not depend on the spoke that is chosen.
func (h *hub) Sweep() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.spokes {
		if noisy(s) {
			s.end() // want `\[relock\]`
		}
	}
}

// Deadlocks: whether the hub is quiet does not depend on it, either.
func (h *hub) SweepNoisy() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.spokes {
		if noisy(s) {
			s.leave() // want `\[relock\]`
		}
	}
}

// Fine: those that would lock may be left out.
func (h *hub) SweepQuiet() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.spokes {
		if !noisy(s) {
			s.slip()
		}
	}
}
