package lb

import "sync/atomic"

// addBelow adds one to n unless that would exceed limit, and reports whether it
// did.
func addBelow(n *atomic.Int64, limit int64) bool {
	for {
		v := n.Load()
		if v >= limit {
			return false
		}
		if n.CompareAndSwap(v, v+1) {
			return true
		}
	}
}

// full reports whether the listener has no room under its own limit.
func (l *Listener) full() bool {
	limit := l.bind.maxconn.Load()
	return limit > 0 && l.nbconn.Load() >= limit
}

// limited reports whether the listener has no room under a limit that it shares
// with others.
func (l *Listener) limited() bool {
	p := l.bind.frontend
	if p != nil && !(p.hasRoom() && p.keepsRate()) {
		return true
	}
	return usesMaxconn(l) && !processHasRoom()
}

// hasRoom reports whether p may have another connection.
func (p *Proxy) hasRoom() bool {
	return p.feconn.Load() < p.maxconn.Load()
}

// keepsRate reports whether p may have another connection within this second.
func (p *Proxy) keepsRate() bool {
	limit := p.feSpsLim.Load()
	return limit == 0 || p.sps.Remain(limit) > 0
}

// processHasRoom reports whether the process may have another connection.
func processHasRoom() bool {
	return actconn.Load() < globalMaxconn.Load()
}
