package base_object

import "sync"

// Hooks are what a service has of its own.
type Hooks interface{ OnStart() }

// An Engine has hooks.
type Engine struct {
	mu      sync.Mutex
	started bool
	hooks   Hooks
}

// NewEngine makes an engine, for importers, too: each of them has its own hooks.
func NewEngine(h Hooks) *Engine { return &Engine{hooks: h} }

// Deadlocks: the car asks its engine.
func (e *Engine) Start() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.started = true
	e.hooks.OnStart() // want `\[relock\]`
}

// Started locks.
func (e *Engine) Started() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.started
}

// Car has a copy of an engine that was made for it.
type Car struct{ Engine }

// NewCar makes a car.
func NewCar() *Car {
	c := &Car{}
	c.Engine = *NewEngine(c)
	return c
}

// OnStart asks the engine.
func (c *Car) OnStart() { c.Started() }

// A Motor has rotors.
type Motor struct {
	mu    sync.Mutex
	rotor rotor
}

type rotor interface{ turn() }

func newMotor(r rotor) *Motor { return &Motor{rotor: r} }

func motorOf(f *Fan) *Motor { return &f.Motor }

// Fine: the fan whose motor has been copied has another one.
func (m *Motor) Run() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rotor.turn()
}

func (m *Motor) touch() {
	m.mu.Lock()
	m.mu.Unlock()
}

// A Fan has a motor by value.
type Fan struct{ Motor }

func (f *Fan) turn() { f.touch() }

func newFan() *Fan {
	f := &Fan{}
	f.Motor = *newMotor(f)
	return f
}

func copyFan(of *Fan) *Fan {
	f := &Fan{}
	f.Motor = *motorOf(of)
	return f
}
