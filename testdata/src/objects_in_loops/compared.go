package objects_in_loops

import (
	"fmt"
	"sync"
)

// A loop compares its element with an object that has another name, and asks so
// much else that its states are merged: what an unlock releases is not lost.

type peer struct {
	mu    sync.RWMutex
	conns map[int]*peerConn
}

type peerConn struct {
	mu   sync.Mutex
	id   int
	mode string
}

func checker(first, second *peer) func(string, string, bool) func() error {
	collect := func(p *peer) map[int]bool {
		m := map[int]bool{}
		p.mu.RLock()
		defer p.mu.RUnlock()
		for _, c := range p.conns {
			c.mu.Lock()
			m[c.id] = true
			c.mu.Unlock()
		}
		return m
	}
	firstIDs := collect(first)
	secondIDs := collect(second)
	peers := []*peer{first, second}
	return func(firstMode, secondMode string, fresh bool) func() error {
		return func() error {
			for _, p := range peers {
				var err error
				p.mu.RLock()
				for _, c := range p.conns {
					c.mu.Lock()
					var want string
					var ids map[int]bool
					if c.mode == "none" {
						want = "none"
					} else if p == first {
						want = firstMode
					} else {
						want = secondMode
					}
					if p == first {
						ids = firstIDs
					} else {
						ids = secondIDs
					}
					_, present := ids[c.id]
					mode := c.mode
					c.mu.Unlock()
					if mode != want {
						err = fmt.Errorf("conn %v of %s: mode %q, not %q", c, p, mode, want)
					}
					now := fresh
					if want == "none" {
						now = false
					}
					if now && present {
						err = fmt.Errorf("conn %v of %s is an old one", c, p)
					} else if !now && !present {
						err = fmt.Errorf("conn %v of %s is a new one", c, p)
					}
					if err != nil {
						break
					}
				}
				p.mu.RUnlock()
				if err != nil {
					return err
				}
			}
			firstIDs = collect(first)
			secondIDs = collect(second)
			return nil
		}
	}
}

func (p *peer) count() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.conns)
}

func compared(first *peer, peers []*peer) {
	for _, p := range peers {
		p.mu.RLock()
		if p == first {
			first.count() // want `p\.mu is read-locked again while read-locked`
		}
		p.mu.RUnlock()
	}
	first.count()
}
