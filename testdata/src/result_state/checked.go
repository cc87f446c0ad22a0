package result_state

import (
	"errors"
	"fmt"
	"sync"
)

// A check returns an error by the fields of the object, in more than one case.

type gate struct {
	mu     sync.Mutex
	closed bool
	n, max int
	posts  []*post
}

type post struct{ gate *gate }

var errGate = errors.New("closed")

func (g *gate) add() { g.posts = append(g.posts, &post{gate: g}) }

func (g *gate) check() error {
	if g.closed {
		return errGate
	}
	if g.n > g.max {
		return fmt.Errorf("more than %d", g.max)
	}
	return nil
}

func (p *post) pass() error {
	if err := p.gate.check(); err != nil {
		return err
	}
	p.gate.mu.Lock()
	defer p.gate.mu.Unlock()
	p.gate.n++
	return nil
}

// Fine: they are not let through.
func (g *gate) Close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	for _, p := range g.posts {
		if err := p.pass(); err != nil {
			g.n--
		}
	}
}

// Deadlocks: they are.
func (g *gate) Open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = false
	for _, p := range g.posts {
		p.pass() // want `\[relock\]`
	}
}
