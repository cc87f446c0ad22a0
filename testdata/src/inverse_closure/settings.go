package inverse_closure

import "sync"

// Settings of a fuse, of which the constructor takes what it needs.
type Settings struct {
	Name   string
	OnBlow func()
}

type Fuse struct {
	mu     sync.Mutex
	onBlow func()
	blown  bool
}

func NewFuse(st Settings) *Fuse {
	f := &Fuse{}
	f.onBlow = st.OnBlow
	if st.OnBlow == nil {
		f.onBlow = func() {}
	}
	return f
}

func (f *Fuse) Blown() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.blown
}

// Deadlocks: the function that the house gives its fuse asks the fuse.
func (f *Fuse) Blow() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.blown = true
	f.onBlow() // want `\[relock\]`
}

type House struct {
	fuse *Fuse
	dark bool
}

func NewHouse() *House {
	h := &House{}
	h.fuse = NewFuse(Settings{Name: "main", OnBlow: func() { h.dark = h.fuse.Blown() }})
	return h
}

// Spare makes a fuse with no function.
func Spare() *Fuse { return NewFuse(Settings{Name: "spare"}) }

// Quiet makes a fuse with a function that a variable has.
func Quiet(more bool) *Fuse {
	f := func() {}
	if none := func() { f = nil }; more {
		none()
	}
	return NewFuse(Settings{OnBlow: f})
}

// Gear is what a winch is made with.
type Gear struct{ OnStop func() }

type Winch struct {
	mu     sync.Mutex
	onStop func()
	turns  int
}

func NewWinch(g *Gear) *Winch { return &Winch{onStop: g.OnStop} }

func (w *Winch) Turns() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.turns
}

// Fine: some winch is told of the other one.
func (w *Winch) Stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.onStop()
}

type Ship struct{ fore, aft *Winch }

func NewShip() *Ship {
	s := &Ship{}
	s.fore = NewWinch(&Gear{})
	s.aft = NewWinch(&Gear{OnStop: func() { s.fore.Turns() }})
	return s
}
