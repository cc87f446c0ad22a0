package objects_made_here

import "sync"

// A party is made by its host and shown to a guest, which may be anyone's.
type party struct {
	host  *host
	close func()
	until func()
}

type host struct {
	mu     sync.Mutex
	guests int
}

type guest interface{ greet(*party) error }

func (h *host) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.guests
}

func (p *party) end() {
	p.close()
	p.host.count()
}

func newParty(h *host, g guest) (*party, error) {
	p := &party{host: h, close: func() {}}
	if err := g.greet(p); err != nil {
		return nil, err
	}
	return p, nil
}

// Deadlocks: what the guest gets hold of keeps its host, and how it is closed.
func (h *host) invite(g guest) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	p, err := newParty(h, g)
	if err != nil {
		return err
	}
	p.end() // want `\[relock\]`
	return nil
}

func (p *party) endLater() {
	p.until()
	p.host.count()
}

func (p *party) extend(until func()) { p.until = until }

func newLongParty(h *host, g guest) (*party, error) {
	p := &party{host: h, until: func() {}}
	if err := g.greet(p); err != nil {
		return nil, err
	}
	return p, nil
}

// Unknown: the guest may have extended the party by a function that unlocks.
func (h *host) inviteForLong(g guest) error {
	h.mu.Lock()
	p, err := newLongParty(h, g)
	if err != nil {
		h.mu.Unlock()
		return err
	}
	p.endLater()
	return nil
}

type unlocker struct{ h *host }

func (u unlocker) greet(p *party) error {
	p.extend(u.h.mu.Unlock)
	return nil
}

func (h *host) inviteUnlocker() error { return h.inviteForLong(unlocker{h}) }
