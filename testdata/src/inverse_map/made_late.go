package inverse_map

import "sync"

// A Gate has visitors, in a map that is made when the first one comes in, many calls away.
type Gate struct {
	mu       sync.Mutex
	visitors map[*Visitor]struct{}
}

// A Visitor belongs to a gate.
type Visitor struct {
	gate *Gate
	in   bool
}

func (g *Gate) track(v *Visitor, add bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.visitors == nil {
		g.visitors = make(map[*Visitor]struct{})
	}
	if add {
		g.visitors[v] = struct{}{}
	} else {
		delete(g.visitors, v)
	}
}

func (v *Visitor) set(in bool) {
	v.in = in
	v.gate.track(v, in)
}

func (v *Visitor) leave() { v.set(false) }

func (v *Visitor) stay() {
	v.set(true)
	defer v.leave()
}

func (g *Gate) newVisitor() *Visitor { return &Visitor{gate: g} }

// Open lets visitors in.
func (g *Gate) Open(n int) {
	for range n {
		v := g.newVisitor()
		go v.stay()
	}
}

// Deadlocks: each visitor of the gate leaves it.
func (g *Gate) Close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for v := range g.visitors {
		v.leave() // want `\[relock\]`
	}
}

// Fine: the visitors of another gate.
func (g *Gate) CloseOther(o *Gate) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for v := range o.visitors {
		v.leave()
	}
}
