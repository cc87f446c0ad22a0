// Package swarm is a network.
package swarm

import (
	"sync"

	"module_interface/iface"
)

// A Swarm tells notifiees, of which it goes through all for each function.
type Swarm struct {
	mu    sync.RWMutex
	peers int
	list  struct {
		sync.RWMutex
		all map[iface.Notifiee]struct{}
	}
}

// New makes a swarm.
func New() *Swarm {
	s := &Swarm{}
	s.list.all = map[iface.Notifiee]struct{}{}
	return s
}

// Notify adds a notifiee.
func (s *Swarm) Notify(n iface.Notifiee) {
	s.list.Lock()
	defer s.list.Unlock()
	s.list.all[n] = struct{}{}
}

// Peers locks.
func (s *Swarm) Peers() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.peers
}

func (s *Swarm) notifyAll(f func(iface.Notifiee)) {
	s.list.RLock()
	defer s.list.RUnlock()
	for n := range s.list.all {
		f(n)
	}
}

// Connect tells of a peer under the lock.
func (s *Swarm) Connect() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.peers++
	s.notifyAll(func(n iface.Notifiee) { n.Connected(s) })
}

// Close tells without it.
func (s *Swarm) Close() {
	s.notifyAll(func(n iface.Notifiee) { n.Closed(s) })
}
