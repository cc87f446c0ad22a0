package correlated_branches

import "sync"

// A merged has functions of so many paths that states which tell them apart are merged
// before the flag is tested (nats-server).
type merged struct {
	mu  sync.Mutex
	key func()
	all bool
	g   [12]*int
	n   int
}

func (s *merged) remove(secure bool) {
	if secure && s.key != nil {
		secure = false
	}
	if s.g[0] != nil {
		s.n += *s.g[0]
	}
	if s.g[1] != nil {
		s.n += *s.g[1]
	}
	if s.g[2] != nil {
		s.n += *s.g[2]
	}
	if s.g[3] != nil {
		s.n += *s.g[3]
	}
	if s.g[4] != nil {
		s.n += *s.g[4]
	}
	if s.g[5] != nil {
		s.n += *s.g[5]
	}
	if s.g[6] != nil {
		s.n += *s.g[6]
	}
	if s.g[7] != nil {
		s.n += *s.g[7]
	}
	if s.g[8] != nil {
		s.n += *s.g[8]
	}
	if s.g[9] != nil {
		s.n += *s.g[9]
	}
	if s.g[10] != nil {
		s.n += *s.g[10]
	}
	if s.g[11] != nil {
		s.n += *s.g[11]
	}
	if secure {
		s.mu.Lock()
		s.mu.Unlock()
	}
}

// Fine: without the flag nothing is locked, whatever became of it.
func (s *merged) Remove() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(false)
}

func (s *merged) Erase() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(true) // want `\[relock\]`
}

func (s *merged) put(held bool) {
	if s.all {
		held = true
	}
	if s.g[0] != nil {
		s.n += *s.g[0]
	}
	if s.g[1] != nil {
		s.n += *s.g[1]
	}
	if s.g[2] != nil {
		s.n += *s.g[2]
	}
	if s.g[3] != nil {
		s.n += *s.g[3]
	}
	if s.g[4] != nil {
		s.n += *s.g[4]
	}
	if s.g[5] != nil {
		s.n += *s.g[5]
	}
	if s.g[6] != nil {
		s.n += *s.g[6]
	}
	if s.g[7] != nil {
		s.n += *s.g[7]
	}
	if s.g[8] != nil {
		s.n += *s.g[8]
	}
	if s.g[9] != nil {
		s.n += *s.g[9]
	}
	if s.g[10] != nil {
		s.n += *s.g[10]
	}
	if s.g[11] != nil {
		s.n += *s.g[11]
	}
	if !held {
		s.mu.Lock()
		s.mu.Unlock()
	}
}

// Fine: the flag says so, and is only set further.
func (s *merged) PutHeld() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(true)
}

func (s *merged) PutFree() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(false) // want `\[relock\]`
}
