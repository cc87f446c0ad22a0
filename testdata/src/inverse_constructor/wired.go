package inverse_constructor

import "sync"

// A Stack wires its stages by what it has read back from its own fields.
type Stack struct {
	top   *Cache
	names *Names
}

type stage interface{ Find(name string) string }

// A Cache asks the next stage.
type Cache struct {
	mu   sync.Mutex
	next stage
}

// Names asks the top stage for other names.
type Names struct {
	top stage
	of  map[string]string
}

// NewStack makes a stack.
func NewStack() *Stack {
	s := &Stack{}
	s.names = &Names{of: map[string]string{}}
	s.top = &Cache{next: s.names}
	s.names.top = s.top
	return s
}

// Deadlocks: the top of the names of c is c.
func (c *Cache) Find(name string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.next.Find(name) // want `\[relock\]`
}

// Find looks name up.
func (n *Names) Find(name string) string {
	if to, ok := n.of[name]; ok {
		return n.top.Find(to)
	}
	return name
}

// A Chain is wired in the same way, but for the top.
type Chain struct{ top, old *Filter }

// A Filter asks the next one.
type Filter struct {
	mu   sync.Mutex
	next *Back
}

// Back leads back.
type Back struct{ top *Filter }

// NewChain makes a chain.
func NewChain() *Chain {
	c := &Chain{old: &Filter{}}
	c.top = &Filter{next: &Back{}}
	c.top.next.top = c.old
	return c
}

// Fine: the way back leads to another filter.
func (f *Filter) Run() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next.run()
}

func (b *Back) run() {
	b.top.mu.Lock()
	defer b.top.mu.Unlock()
}

// A Relay is set up in turns: what is read back may be of another turn.
type Relay struct{ head *Hop }

// A Hop has the hop before.
type Hop struct {
	mu  sync.Mutex
	tie *Tie
}

// A Tie leads to a hop.
type Tie struct{ hop *Hop }

// NewRelay makes a relay of n hops.
func NewRelay(n int) *Relay {
	r := &Relay{}
	for range n {
		l := &Tie{hop: r.head}
		r.head = &Hop{tie: l}
	}
	return r
}

// Fine: the tie of a hop leads to the hop before.
func (h *Hop) Pass() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tie.pass()
}

func (l *Tie) pass() {
	if l.hop != nil {
		l.hop.mu.Lock()
		defer l.hop.mu.Unlock()
	}
}

// A Swap is given a pair, and another one later.
type Swap struct{ pair *Pair }

// A Pair is linked with a mate.
type Pair struct {
	mu   sync.Mutex
	mate *Mate
}

// A Mate leads back to a pair.
type Mate struct{ pair *Pair }

// NewSwap makes a swap.
func NewSwap() *Swap {
	s := &Swap{}
	s.pair = &Pair{mate: &Mate{}}
	m := s.pair.mate
	s.pair = &Pair{mate: &Mate{}}
	m.pair = s.pair
	return s
}

// Fine: the mate leads to the second pair.
func (p *Pair) Call() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mate.call()
}

func (m *Mate) call() {
	if m.pair != nil {
		m.pair.mu.Lock()
		defer m.pair.mu.Unlock()
	}
}
