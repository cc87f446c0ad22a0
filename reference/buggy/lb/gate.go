package lb

import (
	"sync/atomic"
	"time"
)

// gate is the door between the socket of a listener and the proxy. The accept
// loop waits at it with the connection it has just accepted, so a listener that
// is not in service lets nothing through. A gate belongs to one socket and ends
// with it.
type gate struct {
	isOpen atomic.Bool
	bell   chan struct{} // rung when the gate opens
	gone   chan struct{} // closed when the socket is
}

func newGate() *gate {
	return &gate{bell: make(chan struct{}, 1), gone: make(chan struct{})}
}

// open lets connections through.
func (g *gate) open() {
	g.isOpen.Store(true)
	select {
	case g.bell <- struct{}{}:
	default: // it rings already
	}
}

// close keeps connections waiting.
func (g *gate) close() {
	g.isOpen.Store(false)
}

// demolish sends away whoever waits, now and later. It is called once.
func (g *gate) demolish() {
	close(g.gone)
}

// pass waits until the gate is open and reports false when it is gone instead.
// While it has to wait it counts in waiting.
func (g *gate) pass(waiting *atomic.Int32) bool {
	if g.demolished() {
		return false
	}
	if g.isOpen.Load() {
		return true
	}
	waiting.Add(1)
	defer waiting.Add(-1)
	for !g.isOpen.Load() {
		select {
		case <-g.bell:
		case <-g.gone:
			return false
		}
	}
	return !g.demolished()
}

// sleep waits for a while and reports false when the gate is gone before.
func (g *gate) sleep(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-g.gone:
		return false
	}
}

func (g *gate) demolished() bool {
	select {
	case <-g.gone:
		return true
	default:
		return false
	}
}
