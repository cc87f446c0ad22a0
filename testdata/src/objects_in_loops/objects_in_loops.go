// Package objects_in_loops holds cases of objects that a loop makes, another one in each turn.
package objects_in_loops

import "sync"

// A Stage wraps another one.
type Stage struct {
	mu   sync.Mutex
	next *Stage
}

// Do does the stages one after the other.
func (s *Stage) Do() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next != nil {
		// Fine: each turn of the loop in Stages makes a stage; s.next.next is not s.
		s.next.Do()
	}
}

// Stages makes a chain in a loop.
func Stages(n int) {
	var cur *Stage
	for range n {
		cur = &Stage{next: cur}
	}
	cur.Do()
}

// A Step wraps another one.
type Step struct {
	mu   sync.Mutex
	next *Step
}

// Do does the steps one after the other.
func (s *Step) Do() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next != nil {
		// Fine: a chain again, in a variable that a literal captured.
		s.next.Do()
	}
}

// Steps makes a chain in a loop, by a literal.
func Steps(n int) {
	var cur *Step
	wrap := func() { cur = &Step{next: cur} }
	for range n {
		cur = &Step{next: cur}
	}
	wrap()
	cur.Do()
}

// A Layer gives a number.
type Layer interface{ Get() int }

type leaf struct{}

func (leaf) Get() int { return 1 }

type layer struct {
	mu    sync.Mutex
	inner Layer
}

// Get asks the layer within.
func (l *layer) Get() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	// Fine: layers are put around each other, in a loop.
	return l.inner.Get()
}

// Wrap puts a layer around another one.
func Wrap(in Layer) Layer { return &layer{inner: in} }

// Build makes n layers.
func Build(n int) Layer {
	var l Layer = leaf{}
	for range n {
		l = Wrap(l)
	}
	return l
}

// A Pair is made anew in each turn.
type Pair struct {
	mu    sync.Mutex
	other *Pair
}

// Do does both.
func (p *Pair) Do() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.other != nil {
		// Deadlocks: the two of one turn have each other.
		p.other.Do() // want `\[relock\]`
	}
}

// Pairs makes pairs.
func Pairs(n int) {
	for range n {
		a := &Pair{}
		a.other = &Pair{other: a}
		a.Do()
	}
}
